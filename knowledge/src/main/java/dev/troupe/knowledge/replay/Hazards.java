package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Place;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a new value could do in a program beside being a value: end a parameter of an address that the program puts
 * together by hand, become a word or an order of a shell's command, lead out of a folder. A value that could is refused,
 * unless the program encodes as many values as it puts into addresses.
 */
final class Hazards {
    private static final Pattern RESERVED = Pattern.compile("[&#%+?=/\\\\;]");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");
    private static final Pattern SHELL = Pattern.compile(
            "\\bshell\\s*=\\s*(?!False)\\w|\\bos\\s*\\.\\s*(?:system|popen)\\b"
                    + "|\\bget(?:status)?output\\b|\\bcreate_subprocess_shell\\b|\\b(?:ba|z|da|k)?sh[\"'],\\s*[\"']-\\w*c\\b|\\b(?:ba|z|da|k)?sh -\\w*c\\b");
    private static final Pattern ENCODES = Pattern.compile("\\b(?:quote|quote_plus)\\s*\\(");
    private static final Pattern HALF_OF_ADDRESS =
            Pattern.compile("(?s)(?:.*[?&]|(?:.*[?&/])?[\\w.-]+=|.*://.*[/=?&]|.*://.*(?:%s|\\{\\w*}).*)$");
    private static final Pattern FILES = Pattern.compile(
            "\\bopen\\s*\\(|\\bread_(?:csv|excel|json|parquet|table|text|bytes)\\b"
                    + "|\\bPath\\s*\\(|\\bpathlib\\b|\\bos\\s*\\.\\s*(?:path|listdir|walk|remove|rename)\\b|\\bglob\\b|\\bshutil\\b");

    private final boolean byHand;
    private final boolean shell;
    private final boolean files;

    Hazards(String code, List<Piece> pieces) {
        long halves = pieces.stream().filter(Hazards::isHalfOfAddress).count();
        long encoded = ENCODES.matcher(code).results().count();
        this.byHand = !code.contains("urlencode(") && encoded < halves;
        boolean inShell = pieces.stream().anyMatch(piece -> piece.prefix().equals(Piece.SHELL));
        this.shell = SHELL.matcher(code).find();
        this.files = inShell || shell || FILES.matcher(code).find();
    }

    /** The program writes what follows behind it. */
    private static boolean isHalfOfAddress(Piece piece) {
        return !piece.isNumber()
                && piece.place() == Place.VALUE
                && !piece.value().isEmpty()
                && HALF_OF_ADDRESS.matcher(piece.value()).matches();
    }

    /** @throws Abstention when the new value could be more than a value at that place */
    void check(Occurrence found, String fresh) {
        Piece piece = found.piece();
        String old = piece.value().substring(found.from(), found.to());
        boolean unquoted = piece.prefix().equals(Piece.SHELL) && piece.quote() == ' ';
        if ((shell || unquoted) && !PLAIN.matcher(fresh).matches()) {
            throw new Abstention(quoted(fresh) + " is more than a plain word, and stands in a shell's command");
        }
        if (byHand && RESERVED.matcher(fresh).find() && !Edit.isInUrl(found)) {
            throw new Abstention(
                    quoted(fresh) + " may end its parameter in an address that the program puts together by hand");
        }
        if (files && (leavesFolder(fresh) || folders(fresh) > folders(old))) {
            throw new Abstention(quoted(fresh) + " leads to another folder than " + quoted(old));
        }
    }

    private static boolean leavesFolder(String path) {
        return path.matches("(?s)(?:[/\\\\~]|\\w:).*|(?:.*[/\\\\])?\\.\\.(?:[/\\\\].*)?");
    }

    private static long folders(String path) {
        return path.chars().filter(c -> c == '/' || c == '\\').count();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
