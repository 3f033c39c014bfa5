package dev.troupe.models.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data of server-sent events, one after the other (WHATWG HTML, section 9.2.6), with a bound on their size.
 * Comments and other fields are skipped.
 */
final class SseReader {
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean skipLineFeed;
    private boolean ended;

    /** @param maxBytes the longest line and the longest event */
    SseReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next event's data, or null at the end. An event that the end cuts off is given too: some servers forget the
     * empty line after the last one.
     *
     * @throws TooLarge when an event is longer than allowed
     */
    @Nullable
    String next() throws IOException {
        StringBuilder data = null;
        String line = line();
        while (line != null) {
            if (line.isEmpty() && data != null) {
                return data.toString();
            }
            if (line.startsWith("data:")) {
                String value = line.substring(line.startsWith("data: ") ? 6 : 5);
                data = data == null
                        ? new StringBuilder(value)
                        : data.append('\n').append(value);
                if (data.length() > maxBytes) {
                    throw new TooLarge();
                }
            }
            line = line();
        }
        return data == null ? null : data.toString();
    }

    /** A line without its end (LF, CR or both), or null after the last one. */
    private @Nullable String line() throws IOException {
        if (ended) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = read();
            if (next == '\n' && skipLineFeed) {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = next == '\r';
            if (next < 0) {
                ended = true;
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (next == '\n' || next == '\r') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
            if (line.size() > maxBytes) {
                throw new TooLarge();
            }
        }
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = in.read(buffer, 0, BUFFER);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    /** An event is longer than anything that a model writes. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("event too long");
        }
    }
}
