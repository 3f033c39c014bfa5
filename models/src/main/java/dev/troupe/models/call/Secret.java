package dev.troupe.models.call;

/**
 * A value that must never be seen in a log, a trace, a prompt, an error or the sandbox. It has no accessor but
 * {@link #reveal()}, so that each place that uses the value can be found; {@code toString} and {@code equals} give
 * nothing away.
 */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the moment of its use. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return "***";
    }
}
