package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Lines of a file or of another program, in UTF-8. */
final class PipedInput implements ChatInput {
    private static final String HOW =
            "give one question a line, in UTF-8; a line that ends with \\ goes on in the next";

    private final InputStream in;
    private final Cancellation cancellation;

    PipedInput(InputStream in, Cancellation cancellation) {
        this.in = new BufferedInputStream(in);
        this.cancellation = cancellation;
    }

    @Override
    public @Nullable String next() {
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = line();
            if (line == null) {
                return text.isEmpty() ? null : ChatInput.joined(text.toString());
            }
            text.append(text.isEmpty() ? "" : "\n").append(line);
            if (text.length() > Question.MAX_BYTES) {
                throw tooLong();
            }
            if (!ChatInput.unfinished(text.toString())) {
                return ChatInput.joined(text.toString());
            }
        }
    }

    /** Reading cannot be interrupted, so it is left to a thread that does not keep the process alive. */
    private @Nullable String line() {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("standard-input").start(() -> {
            try {
                line.complete(read());
            } catch (IOException | RuntimeException e) {
                line.completeExceptionally(e);
            }
        });
        try (Cancellation.Registration ignored = cancellation.onCancel(() -> line.cancel(true))) {
            return line.join();
        } catch (CancellationException e) {
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof TroupeException known) {
                throw known;
            }
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "standard input: cannot be read: " + e.getCause(), HOW, e);
        }
    }

    private @Nullable String read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            bytes.write(next);
            if (bytes.size() > Question.MAX_BYTES) {
                throw tooLong();
            }
            next = in.read();
        }
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        } catch (CharacterCodingException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "standard input: not valid UTF-8 (expected: text in UTF-8)", HOW, e);
        }
    }

    private static TroupeException tooLong() {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "question: more than " + Question.MAX_BYTES + " bytes (expected: at most " + Question.MAX_BYTES + ")",
                HOW);
    }

    @Override
    public boolean interrupt() {
        return false;
    }

    @Override
    public void close() {}
}
