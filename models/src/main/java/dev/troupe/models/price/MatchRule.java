package dev.troupe.models.price;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Says whether an entry of the table is meant by a name; the letters' case does not matter. */
@FunctionalInterface
interface MatchRule {
    MatchRule NOTHING = name -> false;

    /** @param name in lower case */
    boolean matches(String name);

    /**
     * Reads {@code {"equals": "gpt-5"}}, {@code starts_with}, {@code ends_with}, {@code contains}, {@code regex}, and
     * {@code or} and {@code and} of such rules.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static MatchRule read(JsonNode rule) {
        if (!rule.isObject() || rule.size() != 1) {
            throw new IllegalArgumentException("match: " + rule + " (expected: one rule)");
        }
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode value = only.getValue();
        String text = value.asText().toLowerCase(Locale.ROOT);
        return switch (only.getKey()) {
            case "equals" -> name -> name.equals(text);
            case "starts_with" -> name -> name.startsWith(text);
            case "ends_with" -> name -> name.endsWith(text);
            case "contains" -> name -> name.contains(text);
            case "regex" -> {
                Pattern pattern = Pattern.compile(value.asText(), Pattern.CASE_INSENSITIVE);
                yield name -> pattern.matcher(name).find();
            }
            case "or" -> {
                List<MatchRule> rules = readAll(value);
                yield name -> rules.stream().anyMatch(each -> each.matches(name));
            }
            case "and" -> {
                List<MatchRule> rules = readAll(value);
                yield name -> rules.stream().allMatch(each -> each.matches(name));
            }
            default ->
                throw new IllegalArgumentException("match: " + only.getKey()
                        + " (expected: equals, starts_with, ends_with, contains, regex, or, and)");
        };
    }

    private static List<MatchRule> readAll(JsonNode rules) {
        List<MatchRule> read = new ArrayList<>();
        rules.forEach(rule -> read.add(read(rule)));
        return read;
    }
}
