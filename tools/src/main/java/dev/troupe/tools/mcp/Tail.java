package dev.troupe.tools.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The end of what a process says on standard error. All of it is read, so that nothing blocks; little is kept. */
final class Tail {
    private static final int KEPT = 2_000;
    private static final int SHOWN = 300;

    private final StringBuilder kept = new StringBuilder();

    void drain(InputStream in) {
        byte[] buffer = new byte[8 << 10];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // It is gone.
        }
    }

    private synchronized void append(String piece) {
        kept.append(piece);
        if (kept.length() > KEPT) {
            kept.delete(0, kept.length() - KEPT);
        }
    }

    /** On one line. */
    synchronized String text() {
        String line = kept.toString().strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : "…" + line.substring(line.length() - SHOWN + 1);
    }
}
