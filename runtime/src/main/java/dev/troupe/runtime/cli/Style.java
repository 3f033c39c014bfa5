package dev.troupe.runtime.cli;

/** Colours for one stream, or none: each method gives the text back as it is when colours are off. */
public final class Style {
    /** Never any colour. */
    public static final Style PLAIN = new Style(false);

    private static final String RESET = "\u001b[0m";
    private final boolean colours;

    Style(boolean colours) {
        this.colours = colours;
    }

    /** Whether the stream is a screen that shows colours. */
    public boolean colours() {
        return colours;
    }

    public String bold(String text) {
        return in("1", text);
    }

    public String dim(String text) {
        return in("2", text);
    }

    public String red(String text) {
        return in("31", text);
    }

    public String green(String text) {
        return in("32", text);
    }

    public String yellow(String text) {
        return in("33", text);
    }

    public String cyan(String text) {
        return in("36", text);
    }

    private String in(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
