package dev.troupe.tools.function;

import java.io.IOException;
import java.io.Writer;

/** Takes so many characters and no more: a result that is too large is not written out first. */
final class BoundedWriter extends Writer {
    private final int most;
    private final StringBuilder text = new StringBuilder();
    private boolean over;

    BoundedWriter(int most) {
        this.most = most;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        if (text.length() + length > most) {
            over = true;
            throw new IOException("more than " + most + " characters");
        }
        text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
