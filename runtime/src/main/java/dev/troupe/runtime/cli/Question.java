package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The question that a command was given: as an argument, from standard input ({@code -}) or from a file. It is UTF-8, not
 * blank, and at most {@value #MAX_BYTES} bytes.
 */
public final class Question {
    /** More than any model's context holds, and little enough to be kept in memory and in the journal. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String HOW = "give it as an argument, with --question-file, or as - on standard input";
    /** What Java puts where an argument's bytes are no UTF-8. */
    private static final char REPLACEMENT = '\ufffd';

    private Question() {}

    /**
     * Reads the question.
     *
     * @param argument the question itself, {@code -} for standard input, or null
     * @param file a file that holds it, or null
     * @throws TroupeException {@code INPUT_INVALID} when there is none, or two, or it cannot be taken;
     *     {@code NOT_FOUND} when the file does not exist; {@code CANCELLED}
     */
    public static String read(Invocation invocation, @Nullable String argument, @Nullable Path file) {
        if (argument == null ? file == null : file != null) {
            throw invalid((argument == null ? "none" : "two") + " (expected: one)");
        }
        if (file != null) {
            return ofFile(file);
        }
        if ("-".equals(argument)) {
            return text(standardInput(invocation));
        }
        return checked(String.valueOf(argument));
    }

    private static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return text(in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw new TroupeException(ErrorCode.NOT_FOUND, "question file: " + file + " does not exist", HOW, e);
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "question file: " + file + " cannot be read: " + e.getMessage(), HOW, e);
        }
    }

    /** Reading cannot be interrupted, so it is left to a thread that does not keep the process alive. */
    private static byte[] standardInput(Invocation invocation) {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("standard-input").start(() -> {
            try {
                bytes.complete(invocation.terminal().in().readNBytes(MAX_BYTES + 1));
            } catch (IOException e) {
                bytes.completeExceptionally(e);
            }
        });
        try (Cancellation.Registration ignored = invocation.cancellation().onCancel(() -> bytes.cancel(true))) {
            return bytes.join();
        } catch (CancellationException e) {
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } catch (CompletionException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "standard input: cannot be read: " + e.getCause(), HOW, e);
        }
    }

    private static String text(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw tooLong("more than " + MAX_BYTES);
        }
        try {
            return checked(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw invalid("not valid UTF-8 (expected: text in UTF-8)");
        }
    }

    private static String checked(String question) {
        if (question.isBlank()) {
            throw invalid("empty (expected: text)");
        }
        if (question.indexOf(REPLACEMENT) >= 0) {
            throw invalid("not valid UTF-8 (expected: text in UTF-8)");
        }
        int bytes = question.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw tooLong(Integer.toString(bytes));
        }
        return question.strip();
    }

    private static TroupeException tooLong(String bytes) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "question: " + bytes + " bytes (expected: at most " + MAX_BYTES + ")",
                "put long data into a file in the team's folder and grant it under tools.python.files");
    }

    private static TroupeException invalid(String what) {
        return new TroupeException(ErrorCode.INPUT_INVALID, "question: " + what, HOW);
    }
}
