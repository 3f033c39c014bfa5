package dev.troupe.planner.graph;

import dev.troupe.models.task.ValueType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An argument that a task takes.
 *
 * @param types what it may be, at least one
 * @param many whether it is a list
 * @param words who may put words of a request here
 * @param optional whether it may be left empty; only a list
 */
public record Parameter(String name, Set<ValueType> types, boolean many, Words words, boolean optional) {
    /** Whether an argument may be written out, or must name a file or a task. */
    public enum Words {
        /** It names a file or a task. */
        NONE,
        /** It may be written out. */
        SOME,
        /** It may be written out, and the request as a whole does too. */
        REQUEST
    }

    public Parameter {
        types = Set.copyOf(types);
        if (types.isEmpty() || (optional && !many)) {
            throw new IllegalArgumentException(
                    "parameter " + name + ": " + types + " (expected: a type; a list if optional)");
        }
    }

    static Parameter one(String name, ValueType type, Words words) {
        return new Parameter(name, Set.of(type), false, words, false);
    }

    static Parameter list(String name, Set<ValueType> types, Words words, boolean optional) {
        return new Parameter(name, types, true, words, optional);
    }

    boolean takes(ValueType type) {
        return types.contains(type);
    }

    boolean takesWords() {
        return words != Words.NONE;
    }

    /** For prompts: {@code image}, {@code text or words}, {@code [text]}. */
    public String told() {
        String of = new TreeSet<>(types).stream().map(ValueType::label).collect(Collectors.joining(" or "));
        String either = takesWords() ? of + " or words" : of;
        return many ? "[" + either + "]" : either;
    }

    /** {@code image}, {@code text or table, a list}. */
    String kind() {
        String of = new TreeSet<>(types).stream().map(ValueType::label).collect(Collectors.joining(" or "));
        return many ? "a list of " + of : of;
    }
}
