package dev.troupe.runtime.team.yaml;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a file with its place. Each reading method gives the value, or null after it has recorded a problem that
 * quotes the file (never what the environment put there).
 */
public final class Value {
    /** The form of a name. */
    public static final String NAME = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    private static final String EXPECTED_NAME = "a name of letters, digits, '.', '-' and '_', at most 64 long";
    private static final int LONGEST_QUOTE = 60;
    private final Problems problems;
    private final Environment environment;
    private final String path;
    private final Node node;
    private final Node place;

    private Value(Problems problems, Environment environment, String path, Node node, Node place) {
        this.problems = problems;
        this.environment = environment;
        this.path = path;
        this.node = node;
        this.place = place;
    }

    /** The root of a file. */
    public static Value root(Node node, Problems problems, Environment environment) {
        return new Value(problems, environment, "", node, node);
    }

    Value at(String otherPath, Node other, Node otherPlace) {
        return new Value(problems, environment, otherPath, other, otherPlace);
    }

    String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Problems problems() {
        return problems;
    }

    /** Where it stands in the file: {@code agents.analyst.ladder[1].model}. */
    public String path() {
        return path;
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The keys of a mapping in their order, read before anything is checked; empty for what is none. */
    public List<String> keyNames() {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(ScalarNode.class::isInstance)
                        .map(key -> ((ScalarNode) key).getValue())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** The value of a key, looked at before the section is read as a whole; null where there is none. */
    public @Nullable Value peek(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return at(child(key), tuple.getValueNode(), name);
                }
            }
        }
        return null;
    }

    /** The text as the file has it, before references are replaced; empty for what is no scalar. */
    public String raw() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Records a problem with this value, which the message quotes. */
    public void refuse(String expected) {
        problem(quote(shown()), expected, null);
    }

    public void problem(String message, @Nullable String expected, @Nullable String suggestion) {
        problems.add(node, path, message, expected, suggestion);
    }

    /** Records a problem with this value at its key: for what is missing in it, or about it as a whole. */
    public void problemAtStart(String otherPath, String message, @Nullable String expected) {
        problems.add(place, otherPath, message, expected, null);
    }

    /** A text of the file as messages show it: on one line, cut when it is long. */
    public static String quote(String text) {
        String line = Redaction.hide(text.strip()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (line.codePointCount(0, line.length()) > LONGEST_QUOTE) {
            line = line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE - 1)) + "…";
        }
        return line.isEmpty() ? "empty" : '"' + line + '"';
    }

    private String shown() {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            default -> raw();
        };
    }

    private void refuseKind(String expected) {
        problem(node instanceof ScalarNode ? quote(raw()) : shown(), expected, null);
    }

    /** The scalar with its references replaced; null, with a problem, for lists, mappings and unset variables. */
    private @Nullable String scalar(String expected) {
        if (!(node instanceof ScalarNode scalar)
                || scalar.getValue().isBlank()
                || node.getTag().equals(Tag.NULL)) {
            refuseKind(expected);
            return null;
        }
        List<String> faults = new ArrayList<>();
        String text = environment.expand(scalar.getValue(), faults::add);
        faults.forEach(fault ->
                problem(fault, "an environment variable: ${NAME}, or ${NAME:-default}; $${ for a literal ${", null));
        return faults.isEmpty() ? text : null;
    }

    /** A text, a number, true or false, as text. */
    public @Nullable String plain(String expected) {
        return scalar(expected);
    }

    /** Text that is not empty. A number or true or false is none unless it is in quotes. */
    public @Nullable String text(String expected) {
        String text = scalar(expected);
        if (text != null && !node.getTag().equals(Tag.STR)) {
            problem(raw(), expected + ", in quotes", null);
            return null;
        }
        if (text != null && text.isBlank()) {
            refuse(expected);
            return null;
        }
        return text;
    }

    /** A name: letters, digits, dot, dash, underscore; at most 64. */
    public @Nullable String name() {
        String name = text(EXPECTED_NAME);
        if (name != null && !name.matches(NAME)) {
            refuse(EXPECTED_NAME);
            return null;
        }
        return name;
    }

    /** One of some names. */
    public @Nullable String oneOf(List<String> allowed) {
        String expected = String.join(" or ", allowed);
        String name = text(expected);
        if (name != null && !allowed.contains(name)) {
            problem(quote(raw()), expected, Suggestions.nearest(name, allowed));
            return null;
        }
        return name;
    }

    public @Nullable Integer integer(int least, int most) {
        String expected = "a whole number, " + least + " to " + most;
        String text = scalar(expected);
        if (text == null) {
            return null;
        }
        if (text.matches("-?[0-9]{1,10}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        refuse(expected);
        return null;
    }

    public @Nullable Double number(double least, double most) {
        String expected =
                "a number, " + BigDecimal.valueOf(least).stripTrailingZeros().toPlainString() + " to "
                        + BigDecimal.valueOf(most).stripTrailingZeros().toPlainString();
        String text = scalar(expected);
        if (text == null) {
            return null;
        }
        if (text.matches("-?[0-9]{1,10}(\\.[0-9]{1,17})?")) {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        refuse(expected);
        return null;
    }

    public @Nullable Boolean flag() {
        String text = scalar("true or false");
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            refuse("true or false");
            return null;
        }
        return text.equals("true");
    }

    public @Nullable Duration duration(Duration least, Duration most) {
        String expected =
                "a duration with its unit, ms, s, m or h: " + Units.format(least) + " to " + Units.format(most);
        String text = scalar(expected);
        Duration duration = text == null ? null : Units.duration(text);
        if (duration != null && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
            return duration;
        }
        if (text != null) {
            refuse(expected);
        }
        return null;
    }

    public @Nullable Long bytes(long least, long most) {
        String expected = "a size with its unit, KiB, MiB, GiB, KB, MB, GB or B: " + Units.format(least) + " to "
                + Units.format(most);
        String text = scalar(expected);
        Long bytes = text == null ? null : Units.bytes(text);
        if (bytes != null && bytes >= least && bytes <= most) {
            return bytes;
        }
        if (text != null) {
            refuse(expected);
        }
        return null;
    }

    public Units.@Nullable Rate rate() {
        String expected = "so many in a time, such as 60/min: 1 or more in s, min or h";
        String text = scalar(expected);
        Units.Rate rate = text == null ? null : Units.rate(text);
        if (rate != null && rate.calls() > 0) {
            return rate;
        }
        if (text != null) {
            refuse(expected);
        }
        return null;
    }

    /** An amount of money, zero or more. */
    public @Nullable Money money() {
        String expected = "0 USD or more, such as 0.05 USD";
        String text = scalar(expected);
        if (text == null) {
            return null;
        }
        try {
            Money money = text.length() > 40 || text.matches(".*[eE].*") ? null : Money.parse(text);
            if (money != null && !money.isNegative()) {
                return money;
            }
        } catch (TroupeException e) {
            // Falls through: the problem is recorded with its place.
        }
        refuse(expected);
        return null;
    }

    /** A secret from the environment. Its value is never quoted, nor accepted in the file itself. */
    public Environment.@Nullable Reference secret() {
        String expected = "a reference to the environment, \"${NAME}\" or \"${NAME:-}\"";
        Environment.Reference reference = null;
        List<String> faults = new ArrayList<>();
        if (node instanceof ScalarNode scalar) {
            reference = environment.secret(scalar.getValue(), faults::add);
        }
        if (reference == null) {
            problem("a secret that is written in the file", expected, null);
            return null;
        }
        faults.forEach(fault -> problem(fault, "an environment variable with the secret", null));
        return faults.isEmpty() ? reference : null;
    }

    /** The items of a list. */
    public List<Value> list(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            refuseKind(expected);
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(at(path + "[" + items.size() + "]", item, item));
        }
        return items;
    }

    /** The entries of a mapping whose keys are names that the file chooses; at least one. */
    public Map<String, Value> entries(String expected) {
        return entries(expected, NAME, EXPECTED_NAME);
    }

    /** The same for keys of another form. */
    public Map<String, Value> entries(String expected, String form, String expectedKey) {
        if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            refuseKind(expected);
            return Map.of();
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        Fields.entries(this, mapping).forEach((name, value) -> {
            if (name.matches(form)) {
                entries.put(name, value);
            } else {
                problems.add(value.place, path, quote(name), expectedKey, null);
            }
        });
        return entries;
    }

    /** The fields of a mapping with declared keys; null, with a problem, when it is none. */
    public @Nullable Fields fields(Keys keys) {
        if (!(node instanceof MappingNode mapping)) {
            refuseKind("a mapping with " + String.join(", ", keys.known()));
            return null;
        }
        return Fields.of(this, mapping, keys);
    }
}
