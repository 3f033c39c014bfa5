package dev.troupe.models.task;

import java.util.Locale;

/** The types of what goes into and comes out of a task. */
public enum ValueType {
    TEXT,
    IMAGE,
    AUDIO,
    TABLE,
    /** Names with scores, best first. */
    LABELS,
    /** Stretches of a text or of a sound, or areas of a picture, each with a label and a score. */
    SPANS,
    VECTOR;

    /** As plans and error messages write it: {@code text}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
