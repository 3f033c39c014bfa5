package dev.troupe.runtime.cli;

/** What a model writes, as it writes it: fenced blocks in one colour, everything else dim. */
final class ModelText {
    private static final String FENCE = "```";
    private static final int MOST_LINES = 400;

    private final LiveText text;
    private final Style style;
    /** The beginning of a line that may become a fence. */
    private final StringBuilder held = new StringBuilder();

    private boolean atLineStart = true;
    private boolean onFence;
    private boolean inCode;

    ModelText(java.io.PrintStream out, String margin, Style style) {
        this.text = new LiveText(out, margin, MOST_LINES);
        this.style = style;
    }

    void append(String piece) {
        StringBuilder ready = new StringBuilder();
        for (int at = 0; at < piece.length(); at++) {
            char c = piece.charAt(at);
            if (atLineStart && FENCE.startsWith(held.toString() + c)) {
                held.append(c);
                if (held.length() == FENCE.length()) {
                    show(ready);
                    onFence = true;
                    atLineStart = false;
                    ready.append(held);
                    held.setLength(0);
                }
                continue;
            }
            ready.append(held).append(c);
            held.setLength(0);
            atLineStart = c == '\n';
            if (atLineStart && onFence) {
                show(ready);
                onFence = false;
                inCode = !inCode;
            }
        }
        show(ready);
    }

    private void show(StringBuilder ready) {
        if (!ready.isEmpty()) {
            text.append(ready.toString(), inCode && !onFence ? style::cyan : style::dim);
            ready.setLength(0);
        }
    }

    /** The answer is over; the next one begins outside a block. */
    void end() {
        if (!held.isEmpty()) {
            show(new StringBuilder(held));
        }
        text.end();
        held.setLength(0);
        atLineStart = true;
        onFence = false;
        inCode = false;
    }
}
