package dev.troupe.tools.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the head and the tail of a program's output and passes it on as it comes. The first half of the limit is passed
 * on at once; what comes after it waits in a ring until the end, when the mark of the cut and the tail are passed on, so
 * that the pieces together are exactly {@link #finish}'s text. Bytes that are not UTF-8 become U+FFFD. One thread
 * appends; {@code finish} may be called from another.
 */
final class OutputCollector {
    private static final Logger LOG = LoggerFactory.getLogger(OutputCollector.class);

    private final Consumer<String> onOutput;
    private final int headLimit;
    private final byte[] ring;
    private final StringBuilder head = new StringBuilder();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] undecoded = new byte[0];
    private long total;
    private boolean finished;

    OutputCollector(int limit, Consumer<String> onOutput) {
        this.onOutput = onOutput;
        this.headLimit = limit / 2;
        this.ring = new byte[limit - headLimit];
    }

    /** How much the program has printed so far, in bytes. */
    synchronized long total() {
        return total;
    }

    void append(byte[] bytes, int length) {
        String piece;
        synchronized (this) {
            if (finished) {
                return;
            }
            int intoHead = Math.clamp(headLimit - total, 0, length);
            piece = decode(bytes, intoHead);
            head.append(piece);
            for (int i = intoHead; i < length; i++) {
                ring[(int) ((total + i - headLimit) % ring.length)] = bytes[i];
            }
            total += length;
        }
        pass(piece);
    }

    /** Ends the collection and returns what is kept. Later appends are ignored. */
    String finish() {
        String rest;
        String all;
        synchronized (this) {
            if (finished) {
                return head.toString();
            }
            finished = true;
            rest = tail();
            head.append(rest);
            all = head.toString();
        }
        pass(rest);
        return all;
    }

    private String decode(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.allocate(undecoded.length + length)
                .put(undecoded)
                .put(bytes, 0, length)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        undecoded = new byte[in.remaining()];
        in.get(undecoded);
        return out.flip().toString();
    }

    private String tail() {
        long beyond = total - headLimit;
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        if (beyond <= ring.length) {
            kept.writeBytes(undecoded);
            kept.write(ring, 0, (int) Math.max(0, beyond));
            return kept.toString(StandardCharsets.UTF_8);
        }
        int start = (int) (beyond % ring.length);
        kept.write(ring, start, ring.length - start);
        kept.write(ring, 0, start);
        byte[] bytes = kept.toByteArray();
        int skip = 0; // The ring may begin in the middle of a character: at most three bytes go on one.
        while (skip < 3 && skip < bytes.length && (bytes[skip] & 0xC0) == 0x80) {
            skip++;
        }
        long gone = beyond - ring.length + skip + undecoded.length;
        return "\n[... " + gone + " bytes cut ...]\n"
                + new String(bytes, skip, bytes.length - skip, StandardCharsets.UTF_8);
    }

    private void pass(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        try {
            onOutput.accept(piece);
        } catch (RuntimeException e) {
            LOG.warn("whoever watches a program's output failed; the program goes on", e);
        }
    }
}
