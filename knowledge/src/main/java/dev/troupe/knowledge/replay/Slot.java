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
 * @param code of a currency in ISO 4217, or what stands in brackets after a name: {@code AAPL}
 */
record Slot(
        Kind kind,
        String text,
        @Nullable When when,
        @Nullable BigDecimal number,
        String unit,
        @Nullable String code) {
    enum Kind {
        NAME('N'),
        CURRENCY('C'),
        DATE('D'),
        NUMBER('#'),
        QUOTE('Q'),
        CATEGORY('K');

        final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static Slot name(String text, @Nullable String code) {
        return new Slot(Kind.NAME, text, null, null, "", code);
    }

    static Slot plain(Kind kind, String text) {
        return new Slot(kind, text, null, null, "", null);
    }

    static Slot currency(String text, String code) {
        return new Slot(Kind.CURRENCY, text, null, null, "", code);
    }

    static Slot date(String text, When when) {
        return new Slot(Kind.DATE, text, when, null, "", null);
    }

    static Slot number(String text, BigDecimal number, String unit) {
        return new Slot(Kind.NUMBER, text, null, number, unit, null);
    }

    /** In a template: dates of different units are different kinds. */
    char letter() {
        return when == null ? kind.letter : when.unit().letter;
    }
}
