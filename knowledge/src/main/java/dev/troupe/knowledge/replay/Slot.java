package dev.troupe.knowledge.replay;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A part of a question that may change without changing what is asked.
 *
 * @param text as it is written
 * @param when of a date
 * @param number of a number
 * @param unit the word after a number, or empty
 * @param article whether "the" stands before a name
 * @param code of a currency in ISO 4217, or what stands in brackets after a name: {@code AAPL}
 */
record Slot(
        Kind kind,
        String text,
        @Nullable When when,
        @Nullable BigDecimal number,
        String unit,
        boolean article,
        @Nullable String code) {
    enum Kind {
        NAME('N'),
        CURRENCY('C'),
        DATE('D'),
        NUMBER('#'),
        QUOTE('Q'),
        CATEGORY('K'),
        /** Latitude and longitude. */
        POSITION('P');

        final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static Slot name(String text, @Nullable String code, boolean article) {
        return new Slot(Kind.NAME, text, null, null, "", article, code);
    }

    static Slot plain(Kind kind, String text) {
        return new Slot(kind, text, null, null, "", false, null);
    }

    static Slot currency(String text, String code) {
        return new Slot(Kind.CURRENCY, text, null, null, "", false, code);
    }

    static Slot date(String text, When when) {
        return new Slot(Kind.DATE, text, when, null, "", false, null);
    }

    static Slot number(String text, BigDecimal number, String unit) {
        return new Slot(Kind.NUMBER, text, null, number, unit, false, null);
    }

    /** In a template: dates of different units are different kinds. */
    char letter() {
        return when == null ? kind.letter : when.unit().letter;
    }
}
