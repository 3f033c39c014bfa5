package dev.troupe.tools.function;

import java.util.List;

/** A function that cannot be described. */
public final class BadFunctions implements Functions {
    /** A type within itself. */
    public record Tree(List<Tree> children) {}

    @Function("Walks.")
    public int walk(Tree tree) {
        return tree.children().size();
    }
}
