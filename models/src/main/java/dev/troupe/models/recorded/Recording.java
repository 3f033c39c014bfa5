package dev.troupe.models.recorded;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file of exchanges with models: a first line that says so, then one exchange a line, as JSON. It is only ever added
 * to, and an exchange is on the disk when {@link #add} returns. Equal requests are answered in the order in which they
 * were recorded, counted from the opening. Thread-safe.
 */
public final class Recording {
    /** The first line. The number is the format's. */
    static final String HEADER = "{\"troupe_recording\":1}";

    private final Path file;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<String, List<Exchange>> byKey = new HashMap<>();
    private final Map<String, Integer> given = new HashMap<>();
    private final Map<String, Long> promptTokens = new HashMap<>();
    private boolean failed;

    private Recording(Path file) {
        this.file = file;
    }

    /**
     * Opens a recording to answer from.
     *
     * @throws TroupeException {@code NOT_FOUND} when there is no such file, {@code INPUT_INVALID}, naming the line, when
     *     it is no recording or ends in the middle of an exchange, {@code STORAGE} when it cannot be read
     */
    public static Recording open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "recording: " + file + " (expected: a file)",
                    "record it first, with `mode: record`");
        }
        Recording recording = new Recording(file);
        String text = recording.text();
        if (!text.endsWith("\n")) {
            recording.requireHeader(text);
            throw recording.invalid(
                    (int) text.lines().count(),
                    "the line ends in the middle (expected: a whole exchange)",
                    "whoever wrote it was killed; delete the line, or go on with `mode: auto`, which drops it");
        }
        recording.read(text);
        return recording;
    }

    /**
     * Opens a recording to add to, or begins one. What a crash left of a line at its end is cut off.
     *
     * @throws TroupeException as {@link #open}
     */
    public static Recording openToAdd(Path file) {
        Recording recording = new Recording(file);
        String text = Files.exists(file) ? recording.text() : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!HEADER.startsWith(text)) {
            recording.requireHeader(text);
            recording.read(whole);
        }
        if (whole.length() < text.length()) {
            recording.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        }
        return recording;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw invalid(1, "no UTF-8 (expected: a recording)", null);
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private void requireHeader(String text) {
        if (!text.startsWith(HEADER + "\n")) {
            throw invalid(1, "not a recording (expected: " + HEADER + ")", "was another file meant?");
        }
    }

    private void read(String text) {
        requireHeader(text);
        List<String> lines = text.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            try {
                remember(Exchange.ofLine(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw invalid(i + 1, String.valueOf(e.getMessage()), null);
            }
        }
    }

    private void truncate(long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private void remember(Exchange exchange) {
        exchanges.add(exchange);
        byKey.computeIfAbsent(exchange.request().key(), key -> new ArrayList<>())
                .add(exchange);
        promptTokens.putIfAbsent(exchange.request().promptKey(), exchange.promptTokens());
    }

    /** The next answer to this request; empty when there is none, or none is left. */
    synchronized Optional<Exchange> take(CanonicalRequest request) {
        String key = request.key();
        List<Exchange> answers = byKey.getOrDefault(key, List.of());
        int next = given.getOrDefault(key, 0);
        if (next >= answers.size()) {
            return Optional.empty();
        }
        given.put(key, next + 1);
        return Optional.of(answers.get(next));
    }

    /** How many tokens the model counted in that prompt, whatever the sampling. */
    synchronized OptionalLong promptTokens(CanonicalRequest request) {
        @Nullable Long counted = promptTokens.get(request.promptKey());
        return counted == null ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    /**
     * Adds an exchange; it is on the disk when this returns, and counts as given. Nothing follows one that could not be
     * written: what there is of its line has to stay at the end.
     *
     * @throws TroupeException {@code STORAGE}
     */
    synchronized void add(Exchange exchange) {
        if (failed) {
            throw new TroupeException(ErrorCode.STORAGE, "recording: " + file + ": a write has failed before", null);
        }
        boolean first = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String lines = (channel.size() == 0 ? HEADER + "\n" : "") + exchange.toLine() + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(first);
        } catch (IOException e) {
            failed = true;
            throw storage(e);
        }
        remember(exchange);
        given.merge(exchange.request().key(), 1, Integer::sum);
    }

    /** Why there is no answer to this request, and in what the nearest one that was recorded differs. */
    synchronized TroupeException missing(CanonicalRequest request) {
        int recorded = byKey.getOrDefault(request.key(), List.of()).size();
        if (recorded > 0) {
            return new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "recording " + file + ": asked the same " + (recorded + 1) + " times (expected: at most " + recorded
                            + ", as recorded)",
                    "record it again, or go on with `mode: auto`");
        }
        String hint = exchanges.stream()
                .min(Comparator.comparingInt(exchange -> Difference.distance(request, exchange.request())))
                .map(nearest -> "the nearest, on line " + (exchanges.indexOf(nearest) + 2) + ", differs: "
                        + Difference.between(request, nearest.request()))
                .orElse("it is empty");
        return new TroupeException(
                ErrorCode.NOT_FOUND,
                "recording " + file + ": no answer to this request of " + request.model() + " (expected: one of the "
                        + exchanges.size() + " recorded)",
                hint);
    }

    private TroupeException invalid(int line, String what, @Nullable String hint) {
        return new TroupeException(ErrorCode.INPUT_INVALID, "recording: " + file + ":" + line + ": " + what, hint);
    }

    private TroupeException storage(IOException e) {
        return new TroupeException(ErrorCode.STORAGE, "recording: " + file + ": " + e.getMessage(), null, e);
    }
}
