package dev.troupe.planner.ladder;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a program is about its own question. Small models copy an example's values along with its shape, and forget
 * a condition: such programs end with exit code 0 and a plausible answer. Both show in the text alone, so looking for
 * them costs no call.
 */
final class Grounding {
    private static final int LEAST_NUMBER = 10;

    // "==" of Python, "=" and "-eq" of a shell's test; ordering; Python's isin and in with a list.
    private static final Pattern COMPARED = Pattern.compile(
            "(?:==|!=|<=|>=|<|>|-(?:eq|ne|lt|le|gt|ge)\\b)\\s*(?:\"([^\"\\n]*)\"|'([^'\\n]*)'|(-?\\d+(?:\\.\\d+)?))");
    private static final Pattern LISTED = Pattern.compile("\\b(?:isin\\(|in\\s*)\\[([^\\]\\n]*)]");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]{2,})\"");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:,\\d{3})*(?:\\.\\d+)?(?!\\w)");
    private static final Pattern IN_PROGRAM = Pattern.compile("\\d+(?:_\\d{3})*(?:\\.\\d+)?");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\d,] )\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}*)*");

    private Grounding() {}

    /** Values that the program compares with and that stand in an example's code, but not in the question. */
    static List<String> foreign(String program, String question, List<String> examples) {
        Set<String> asked = numbers(question);
        Set<String> found = new LinkedHashSet<>();
        for (String value : compared(program)) {
            boolean number = NUMBER.matcher(value).matches();
            boolean isAsked = number
                    ? asked.contains(digits(value)) || value.length() == 1
                    : words(question).contains(words(value).strip());
            Pattern copied = number
                    ? Pattern.compile("(?<![\\w.])" + Pattern.quote(value) + "(?![\\w.])")
                    : Pattern.compile("[\"']" + Pattern.quote(value) + "[\"']");
            if (!isAsked
                    && examples.stream()
                            .anyMatch(example -> copied.matcher(example).find())) {
                found.add(value);
            }
        }
        return List.copyOf(found);
    }

    /**
     * What the question names and the program does not: numbers of two digits and more (also in other units of ten:
     * 2.5 for 2,500, and one more or less, as ranges need), text in quotation marks, and names that the documentation knows.
     *
     * @param documentation what the program's author was told about the data, in which values are listed
     */
    static List<String> missing(String program, String question, String documentation) {
        Set<String> found = new LinkedHashSet<>();
        String lower = words(program);
        Set<String> used = new LinkedHashSet<>();
        Matcher number = IN_PROGRAM.matcher(program);
        while (number.find()) {
            used.add(digits(number.group()));
        }
        Matcher asked = NUMBER.matcher(question);
        while (asked.find()) {
            String value = asked.group().replace(",", "");
            if (Double.parseDouble(value) >= LEAST_NUMBER
                    && !program.contains(value)
                    && !used.contains(digits(value))
                    && !used.contains(digits(neighbour(value, 1)))
                    && !used.contains(digits(neighbour(value, -1)))) {
                found.add(asked.group());
            }
        }
        Matcher quoted = QUOTED.matcher(question);
        while (quoted.find()) {
            if (!lower.contains(words(quoted.group(1)).strip())) {
                found.add(quoted.group(1));
            }
        }
        Matcher name = NAME.matcher(question);
        while (name.find()) {
            if (documentation.contains(name.group())
                    && !lower.contains(words(name.group()).strip())) {
                found.add(name.group());
            }
        }
        return List.copyOf(found);
    }

    private static List<String> compared(String program) {
        List<String> values = new ArrayList<>();
        Matcher compared = COMPARED.matcher(program);
        while (compared.find()) {
            for (int group = 1; group <= compared.groupCount(); group++) {
                if (compared.group(group) != null && !compared.group(group).isBlank()) {
                    values.add(compared.group(group));
                }
            }
        }
        Matcher listed = LISTED.matcher(program);
        while (listed.find()) {
            for (String item : listed.group(1).split(",", -1)) {
                String value = item.strip().replaceAll("^[\"']|[\"']$", "");
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new LinkedHashSet<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(digits(matcher.group()));
        }
        return numbers;
    }

    /** Ranges end one before or after what the question says. */
    private static String neighbour(String number, int by) {
        return number.contains(".")
                ? number
                : new BigInteger(number).add(BigInteger.valueOf(by)).toString();
    }

    /** The digits that do not change with the unit: {@code 25} of 2,500 and of 0.25. */
    private static String digits(String number) {
        return number.replaceAll("[,_.-]", "").replaceAll("^0+|0+$", "");
    }

    /** Lower case, with single blanks for everything but letters and digits, and blanks around. */
    private static String words(String text) {
        return " "
                + text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }
}
