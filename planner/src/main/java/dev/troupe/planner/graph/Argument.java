package dev.troupe.planner.graph;

/** What a task is given for a parameter, or a part of it. */
public sealed interface Argument {
    /** As a plan writes it. */
    String written();

    /** A file, or all files of a folder. */
    record OfFile(String name) implements Argument {
        @Override
        public String written() {
            return name;
        }
    }

    /** What another task gives. */
    record OfTask(String id) implements Argument {
        @Override
        public String written() {
            return id;
        }
    }

    /** Words that the plan spells out. */
    record Words(String text) implements Argument {
        @Override
        public String written() {
            return text;
        }
    }
}
