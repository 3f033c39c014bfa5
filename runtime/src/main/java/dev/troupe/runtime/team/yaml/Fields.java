package dev.troupe.runtime.team.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping whose keys are declared: unknown, duplicate and too early ones are problems from the start. */
public final class Fields {
    private final Value owner;
    private final Keys keys;
    private final Map<String, Value> values;

    private Fields(Value owner, Keys keys, Map<String, Value> values) {
        this.owner = owner;
        this.keys = keys;
        this.values = values;
    }

    static Fields of(Value owner, MappingNode node, Keys keys) {
        Map<String, Value> values = entries(owner, node);
        values.keySet().removeIf(key -> !keys.known().contains(key));
        return new Fields(owner, keys, refuseOthers(owner, node, keys, values));
    }

    private static Map<String, Value> refuseOthers(
            Value owner, MappingNode node, Keys keys, Map<String, Value> values) {
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || keys.known().contains(key.getValue())) {
                continue;
            }
            String name = key.getValue();
            if (keys.later().contains(name)) {
                owner.problems().add(key, owner.child(name), "not in this version", null, null);
            } else {
                String near = Suggestions.nearest(name, keys.known());
                String expected = near == null ? String.join(", ", keys.known()) : null;
                owner.problems().add(key, owner.path(), "unknown key " + Value.quote(name), expected, near);
            }
        }
        return values;
    }

    /** All entries in their order; a key that is not a name, or that was there before, is a problem. */
    static Map<String, Value> entries(Value owner, MappingNode node) {
        Map<String, Value> entries = new LinkedHashMap<>();
        Map<String, Node> places = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                owner.problems().add(tuple.getKeyNode(), owner.path(), "a key that is no text", "a name", null);
                continue;
            }
            String name = key.getValue();
            Node first = places.putIfAbsent(name, key);
            if (first != null) {
                String where = first.getStartMark()
                        .map(mark -> "first on line " + (mark.getLine() + 1))
                        .orElse("");
                owner.problems()
                        .add(
                                key,
                                owner.path(),
                                "duplicate key " + Value.quote(name) + ", " + where,
                                "each key once",
                                null);
            } else {
                entries.put(name, owner.at(owner.child(name), tuple.getValueNode(), key));
            }
        }
        return entries;
    }

    /** The value of a declared key, or null when the file leaves it out. */
    public @Nullable Value get(String key) {
        if (!keys.known().contains(key)) {
            throw new IllegalArgumentException(
                    "key: " + key + " (expected: one that section " + keys.section() + " declares)");
        }
        return values.get(key);
    }

    /** The value of a key that must be there; null, with a problem, when it is not. */
    public @Nullable Value require(String key, String expected) {
        Value value = get(key);
        if (value == null) {
            owner.problemAtStart(owner.child(key), "missing", expected);
        }
        return value;
    }

    public boolean has(String key) {
        return get(key) != null;
    }
}
