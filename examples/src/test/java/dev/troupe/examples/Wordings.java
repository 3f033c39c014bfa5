package dev.troupe.examples;

import dev.troupe.runtime.bench.Check;
import java.util.List;
import java.util.stream.Collectors;

/** Answers that a check was made for. */
final class Wordings {
    private Wordings() {}

    static List<String> of(Check check) {
        return switch (check) {
            case Check.Numeric numeric -> List.of("" + numeric.number(), String.format("%,.3f EUR", numeric.number()));
            case Check.Text text -> text.text();
            case Check.SetOf set ->
                List.of(String.join(", ", set.set()), set.set().reversed().toString());
            case Check.Regex regex -> List.of(literal(regex));
            case Check.Values values ->
                List.of(values.values().stream()
                        .map(value -> plain(value.any().getFirst()) + " units")
                        .collect(Collectors.joining("; on 2023-09-15 ")));
            case Check.Names names ->
                List.of(String.join(", ", names.names().subList(0, names.least())), String.join("\n", names.names()));
            case Check.Unanswerable unanswerable ->
                List.of("This cannot be told from the API.", "The API does not provide it.");
            case Check.Any any ->
                any.any().stream().flatMap(one -> of(one).stream()).toList();
            case Check.All all ->
                List.of(all.all().stream().map(one -> of(one).getFirst()).collect(Collectors.joining("\n")));
        };
    }

    private static String plain(double number) {
        return new java.math.BigDecimal(String.valueOf(number)).toPlainString();
    }

    /** What stands between the optional beginning and the optional end of the regular expression. */
    private static String literal(Check.Regex regex) {
        String pattern = regex.regex().pattern();
        if (pattern.startsWith("(?i)")) {
            return pattern.substring(4, pattern.indexOf("\\.?"));
        }
        return pattern.substring(pattern.indexOf(")?") + 2, pattern.lastIndexOf("(["));
    }
}
