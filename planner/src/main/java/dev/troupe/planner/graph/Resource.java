package dev.troupe.planner.graph;

/**
 * A file, or a folder of files of one type, that tasks may work on: a name with a type. What it holds is in no plan and
 * in no prompt.
 *
 * @param name by which plans refer to it
 * @param attached whether it came with the request; else it is the team's
 * @param note for who plans: {@code 12 files}; may be empty
 */
public record Resource(String name, Typed type, boolean attached, String note) {
    /** {@code receipt.png: image}. */
    public String line() {
        return name + ": " + type + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
