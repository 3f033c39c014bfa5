package dev.troupe.runtime.team.yaml;

import dev.troupe.models.call.Secret;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a file may refer to: <code>${NAME}</code>, or <code>${NAME:-default}</code> where the default also
 * replaces an empty value, as in a shell. <code>$${</code> stands for a literal <code>${</code>.
 */
public final class Environment {
    private static final Pattern REFERENCE =
            Pattern.compile("(\\$\\$\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|(\\$\\{)");
    private final Map<String, String> variables;

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Whether the text refers to a variable. */
    static boolean refers(String raw) {
        return REFERENCE.matcher(raw).results().anyMatch(match -> match.group(1) == null);
    }

    /**
     * The text with its references replaced.
     *
     * @param problem gets what is wrong with each reference
     */
    String expand(String raw, Consumer<String> problem) {
        Matcher matcher = REFERENCE.matcher(raw);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String replacement = "";
            if (matcher.group(1) != null) {
                replacement = "${";
            } else if (matcher.group(2) == null) {
                problem.accept("a reference that is not complete");
            } else {
                replacement = value(matcher, problem);
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(expanded).toString();
    }

    private String value(Matcher reference, Consumer<String> problem) {
        String name = reference.group(2);
        String fallback = reference.group(3);
        String value = variables.get(name);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            problem.accept(name + " is not set");
            return "";
        }
        return value;
    }

    /**
     * A secret that the whole text refers to, or null when the text is anything but one reference.
     *
     * @param problem gets what is wrong with the reference
     */
    @Nullable
    Reference secret(String raw, Consumer<String> problem) {
        Matcher matcher = REFERENCE.matcher(raw.strip());
        if (!matcher.matches() || matcher.group(2) == null) {
            return null;
        }
        String value = value(matcher, problem);
        if (value.isEmpty() && matcher.group(3) == null && variables.containsKey(matcher.group(2))) {
            problem.accept(matcher.group(2) + " is empty");
        }
        return new Reference(matcher.group(2), new Secret(value.strip()));
    }

    /**
     * A secret and where it came from.
     *
     * @param variable the name of the environment variable
     * @param secret empty when the variable is and the file allows that
     */
    public record Reference(String variable, Secret secret) {}
}
