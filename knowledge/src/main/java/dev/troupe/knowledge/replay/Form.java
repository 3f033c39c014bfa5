package dev.troupe.knowledge.replay;

/**
 * A way in which a program can write a slot's old value, and the new one in the same way.
 *
 * @param slot index of the slot
 * @param old as it would stand in the program
 * @param fresh what would stand there instead
 * @param where it may stand
 * @param part which part of the slot it is
 */
record Form(int slot, String old, String fresh, Where where, Part part) {
    enum Where {
        /** Anywhere. */
        ANYWHERE,
        /** Only in words for people. */
        MESSAGE,
        /** Only where a program names a security. */
        TICKER,
        /** As a whole literal or after a comma. */
        CODE,
        /** Only where the name beside it says year, month, day or quarter. */
        CALENDAR
    }

    enum Part {
        /** All of it. */
        ALL,
        /** The last day of a period: a bound, which means nothing without the first. */
        LAST,
        /** The first day after a period: reckoned from it, or a date of its own. */
        NEXT,
        YEAR,
        QUARTER,
        MONTH,
        DAY
    }

    static Form all(int slot, String old, String fresh) {
        return new Form(slot, old, fresh, Where.ANYWHERE, Part.ALL);
    }

    boolean isPart() {
        return where == Where.CALENDAR;
    }
}
