package dev.troupe.planner.ladder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an interpreter prints when a program fails. */
final class PythonError {
    private static final Pattern LAST_LINE =
            Pattern.compile("(?m)^(?:[a-z_][\\w.]*\\.)?([A-Z]\\w*(?:Error|Exception|Interrupt|Exit|Iteration|Warning))"
                    + "(?:: ?(.*))?$");
    private static final Pattern FRAME = Pattern.compile("File \"([^\"]*)\", line (\\d+)");
    private static final Pattern SHELL_LINE = Pattern.compile("(?m)^[^:\\n]*: (?:line )?(\\d+): ");
    private static final int BRIEF = 80;

    private PythonError() {}

    /** {@code KeyError 'region_name'}: the last exception named, or null. */
    static @Nullable String brief(String output) {
        String brief = null;
        Matcher matcher = LAST_LINE.matcher(output);
        while (matcher.find()) {
            String rest = matcher.group(2);
            brief = matcher.group(1) + (rest == null || rest.isBlank() ? "" : " " + Excerpt.line(rest, BRIEF));
        }
        return brief;
    }

    /** The line of {@code source} that the innermost frame of the program itself names, or null. */
    static @Nullable String lineAt(String output, String source) {
        int number = 0;
        Matcher frame = FRAME.matcher(output);
        while (frame.find()) {
            if (!isForeign(frame.group(1))) {
                number = number(frame.group(2));
            }
        }
        if (number == 0) {
            Matcher shell = SHELL_LINE.matcher(output);
            number = shell.find() ? number(shell.group(1)) : 0;
        }
        String[] lines = source.split("\n", -1);
        if (number < 1 || number > lines.length || lines[number - 1].isBlank()) {
            return null;
        }
        return Excerpt.line(lines[number - 1], 200);
    }

    private static int number(String digits) {
        return digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    /** Whether a frame is of a library, of text that was evaluated, or of what runs before the program. */
    private static boolean isForeign(String file) {
        return file.startsWith("<")
                || file.endsWith("/prelude.py")
                || file.contains("site-packages")
                || file.contains("dist-packages")
                || file.contains("/lib/python");
    }

    /** Whether the error says that something was looked up by a name that is not there. */
    static boolean isLookup(String type) {
        return switch (type) {
            case "KeyError", "FileNotFoundError", "AttributeError", "IndexError", "UndefinedVariableError" -> true;
            default -> false;
        };
    }

    static @Nullable String meaning(String type) {
        return switch (type) {
            case "KeyError" -> "there is no column or key of that name. Use only names that the files really have.";
            case "FileNotFoundError" -> "there is no such file. Open the files by exactly the paths given above.";
            case "ModuleNotFoundError", "ImportError" -> "that package is not installed. Do without it.";
            case "NameError", "UnboundLocalError" -> "a name is used before it is defined or imported.";
            case "AttributeError" -> "the object has no such attribute. Check what type it is.";
            case "TypeError" ->
                "a value has another type than the operation needs. Convert it first, for example with pd.to_datetime"
                        + " or pd.to_numeric, float() or str().";
            case "ValueError" -> "a value cannot be converted or compared as written. Look at the values' format.";
            case "IndexError" -> "the selection is empty or shorter than expected. Check the filter.";
            case "ZeroDivisionError" -> "the divisor is zero, probably because a selection is empty.";
            case "PermissionError", "OSError" ->
                "programs may read only the files given above and write only in their own folder.";
            case "ConnectionError", "URLError", "gaierror" -> "there is no network here.";
            case "EOFError" -> "programs get no input. Do not call input().";
            case "RecursionError" -> "the recursion is too deep. Use a loop.";
            case "MemoryError" -> "it needs too much memory. Keep less at once.";
            default -> null;
        };
    }
}
