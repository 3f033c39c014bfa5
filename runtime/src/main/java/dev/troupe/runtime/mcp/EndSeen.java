package dev.troupe.runtime.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Tells when a stream has come to its end. */
final class EndSeen extends FilterInputStream {
    private final CompletableFuture<Void> end;

    EndSeen(InputStream in, CompletableFuture<Void> end) {
        super(in);
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        return seen(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return seen(super.read(bytes, offset, length));
    }

    private int seen(int read) {
        if (read < 0) {
            end.complete(null);
        }
        return read;
    }
}
