package dev.troupe.runtime.bench;

import java.util.regex.Pattern;

/** Dates and times of day in a text, as programs and people write them. */
final class Dates {
    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
                    + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";

    private static final Pattern DATE_OR_TIME = Pattern.compile(
            "\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2})?)?\\b"
                    + "|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b"
                    + "|\\b\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s*[ap]\\.?m\\b\\.?)?"
                    + "|\\b\\d{1,2}\\s*[ap]\\.?m\\b\\.?"
                    + "|\\b" + MONTH + "\\s+\\d{1,2}(?:st|nd|rd|th)?(?:\\s*,?\\s+\\d{4}\\b)?"
                    + "|\\b\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?" + MONTH + "(?:\\s*,?\\s+\\d{4}\\b)?"
                    + "|\\b" + MONTH + "\\s*,?\\s+\\d{4}\\b",
            Pattern.CASE_INSENSITIVE);

    private Dates() {}

    /** The text with a sign in place of each, so that what stood beside it does not run together. */
    static String without(String text) {
        return DATE_OR_TIME.matcher(text).replaceAll(";");
    }
}
