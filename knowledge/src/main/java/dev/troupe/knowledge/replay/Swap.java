package dev.troupe.knowledge.replay;

/**
 * One literal that was exchanged, and why.
 *
 * @param kind of the slot: {@code name}, {@code date}, …
 * @param said what the demonstration's question says
 * @param asked what the new question says
 * @param old what stood in the program
 * @param fresh what stands there now
 */
public record Swap(String kind, String said, String asked, String old, String fresh) {
    /** {@code Paris for London}, with the literals where they are others. */
    public String text() {
        String plain = kind + " " + asked + " for " + said;
        return fresh.equals(asked) && old.equals(said) ? plain : plain + " (" + fresh + " for " + old + ")";
    }
}
