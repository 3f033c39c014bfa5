package dev.troupe.knowledge.journal;

/** A judgement of an answer: who gave it and whether it was found right. */
public record Verdict(Judge judge, boolean right) {
    /** Who judges. A later one in this list outranks an earlier one; {@code NONE} means that only an exit code spoke. */
    public enum Judge {
        NONE,
        JUDGE,
        RULE,
        PERSON;

        /** The one that outranks the other. */
        public Judge or(Judge other) {
            return compareTo(other) >= 0 ? this : other;
        }

        /** As receipts and JSON name it. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
