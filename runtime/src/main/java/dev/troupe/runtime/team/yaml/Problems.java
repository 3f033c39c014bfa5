package dev.troupe.runtime.team.yaml;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file, each thing once. Not thread-safe. */
public final class Problems {
    private final Set<Problem> found = new TreeSet<>();

    /** About the file as a whole. */
    public void addWhole(String message, String expected, @Nullable String suggestion) {
        add(new Problem(0, 0, "", message, expected, suggestion));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    void add(Node node, String path, String message, @Nullable String expected, @Nullable String suggestion) {
        add(node.getStartMark().orElse(null), path, message, expected, suggestion);
    }

    void add(@Nullable Mark mark, String path, String message, @Nullable String expected, @Nullable String suggestion) {
        int line = mark == null ? 0 : mark.getLine() + 1;
        int column = mark == null ? 0 : mark.getColumn() + 1;
        add(new Problem(line, column, path, message, expected, suggestion));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, sorted by place. */
    public List<Problem> sorted() {
        return List.copyOf(found);
    }
}
