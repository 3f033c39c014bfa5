package dev.troupe.tools.sandbox;

import java.io.ByteArrayOutputStream;

/**
 * Takes the first {@link Prelude#MARK} out of an output that comes in pieces, and remembers that it was there. For one
 * thread at a time.
 */
final class PreludeMark {
    private static final byte[] MARK = Prelude.MARK;

    /** How much of the mark the output ends with so far. */
    private int held;

    private volatile boolean seen;

    boolean wasSeen() {
        return seen;
    }

    /** The piece without the mark, and with what an earlier one ended with if that was none. */
    byte[] without(byte[] bytes, int length) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(length + MARK.length);
        int i = 0;
        for (; i < length && !seen; i++) {
            // The mark begins with a byte that comes again only at its end, so a mismatch can only be a new beginning.
            if (bytes[i] != MARK[held]) {
                rest.write(MARK, 0, held);
                held = 0;
            }
            if (bytes[i] == MARK[held]) {
                held++;
            } else {
                rest.write(bytes[i]);
            }
            seen = held == MARK.length;
        }
        rest.write(bytes, i, length - i);
        return rest.toByteArray();
    }

    /** What is left when the output has ended. */
    byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        if (!seen) {
            rest.write(MARK, 0, held);
            held = 0;
        }
        return rest.toByteArray();
    }
}
