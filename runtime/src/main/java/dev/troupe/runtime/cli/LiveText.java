package dev.troupe.runtime.cli;

import java.io.PrintStream;
import java.util.function.UnaryOperator;

/** Text that arrives in pieces, each of its lines behind a margin; after a number of lines the rest is left out. */
final class LiveText {
    private final PrintStream out;
    private final String margin;
    private final int mostLines;
    private boolean lineBegun;
    private int lines;
    private boolean cut;

    LiveText(PrintStream out, String margin, int mostLines) {
        this.out = out;
        this.margin = margin;
        this.mostLines = mostLines;
    }

    /** @param colour of this piece */
    void append(String piece, UnaryOperator<String> colour) {
        String[] parts = SafeText.of(piece.replace("\r\n", "\n")).split("\n", -1);
        for (int at = 0; at < parts.length && !cut; at++) {
            if (at > 0) {
                endLine();
            }
            if (!parts[at].isEmpty()) {
                begin(colour.apply(parts[at]));
            }
        }
        out.flush();
    }

    private void begin(String text) {
        if (!lineBegun) {
            if (lines == mostLines) {
                out.println(margin + "…");
                cut = true;
                return;
            }
            out.print(margin);
            lineBegun = true;
        }
        out.print(text);
    }

    private void endLine() {
        if (lineBegun) {
            out.println();
            lines++;
        }
        lineBegun = false;
    }

    /** Ends the last line; the next piece begins anew. */
    void end() {
        endLine();
        lines = 0;
        cut = false;
        out.flush();
    }
}
