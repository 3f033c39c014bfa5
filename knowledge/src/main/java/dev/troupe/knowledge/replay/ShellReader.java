package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Kind;
import dev.troupe.knowledge.replay.Piece.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is data in a shell program: quoted text outside of expansions, and words. Programs with here-documents,
 * {@code $'…'} or substitutions inside quotes are not read.
 */
final class ShellReader {
    private static final Pattern UNREADABLE = Pattern.compile("<<|\\$'|\\$\"|\"[^\"\\n]*(?:\\$\\(|`)");
    private static final Pattern PART = Pattern.compile(
            "(?<comment>(?<=^|\\s)#[^\\n]*)|'(?<single>[^']*)'|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|(?<end>[;|&\\n(){}]+)"
                    + "|(?<word>[^\\s;|&(){}'\"#<>]+)",
            Pattern.MULTILINE);
    private static final Pattern EXPANSION = Pattern.compile("\\$(?:\\{[^}]*}|\\w+|[?#@*$!])");

    private final List<Piece> pieces = new ArrayList<>();
    private String command = "";
    private String before = "";

    private ShellReader() {}

    static @Nullable List<Piece> read(String code) {
        if (UNREADABLE.matcher(code).find()) {
            return null;
        }
        ShellReader reader = new ShellReader();
        Matcher part = PART.matcher(code);
        while (part.find()) {
            reader.part(part);
        }
        return List.copyOf(reader.pieces);
    }

    private void part(Matcher part) {
        if (part.group("end") != null) {
            command = "";
            before = "";
        } else if (part.group("single") != null) {
            add(part.start("single"), part.end("single"), part.group("single"), '\'', true);
        } else if (part.group("double") != null) {
            quoted(part.start("double"), part.group("double"));
        } else if (part.group("word") != null) {
            word(part);
        }
    }

    private void word(Matcher part) {
        String word = part.group("word");
        int value = word.matches("\\w+=.*") ? word.indexOf('=') + 1 : 0;
        if (value > 0) {
            before = word.substring(0, value - 1);
        }
        if (command.isEmpty() && value == 0) {
            command = word;
        } else if (!word.substring(value).isEmpty() && word.indexOf('$') < 0 && word.indexOf('\\') < 0) {
            Kind kind = word.substring(value).matches("-?\\d+(?:\\.\\d+)?") ? Kind.NUMBER : Kind.WORD;
            piece(kind, part.start() + value, part.end(), word.substring(value), ' ', true);
        }
        before = value > 0 && word.length() == value ? before : word;
    }

    private void quoted(int start, String text) {
        Matcher expansion = EXPANSION.matcher(text);
        int from = 0;
        boolean whole = true;
        while (expansion.find()) {
            whole = false;
            if (expansion.start() > from) {
                add(start + from, start + expansion.start(), text.substring(from, expansion.start()), '"', false);
            }
            from = expansion.end();
        }
        if (from < text.length() || whole) {
            add(start + from, start + text.length(), text.substring(from), '"', whole);
        }
    }

    private void add(int from, int to, String value, char quote, boolean whole) {
        piece(Kind.TEXT, from, to, value, quote, whole);
    }

    private void piece(Kind kind, int from, int to, String value, char quote, boolean whole) {
        boolean message = command.equals("echo") || command.equals("printf");
        String role =
                before.startsWith("-") || !before.equals(command) ? before.replaceAll("^-+", "") : "cmp:" + command;
        pieces.add(new Piece(
                kind, from, to, value, value, whole, quote, Piece.SHELL, role, message ? Place.MESSAGE : Place.VALUE));
    }
}
