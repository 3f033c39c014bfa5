package dev.troupe.models.task;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file that a task may work on: named, typed and measured, but not yet read. Plans and prompts carry handles, never
 * what the files hold.
 *
 * @param name by which a plan refers to it
 * @param bytes its size
 */
public record Handle(String name, ValueType type, Path file, long bytes) {
    private static final long MIB = 1L << 20;
    /** Bytes that a file of each type may have: what decodes within a fraction of the heap. */
    private static final Map<ValueType, Long> LIMITS = Map.of(
            ValueType.TEXT, MIB, ValueType.IMAGE, 32 * MIB, ValueType.AUDIO, 64 * MIB, ValueType.TABLE, 32 * MIB);

    private static final Map<String, ValueType> ENDINGS = Map.ofEntries(
            Map.entry("txt", ValueType.TEXT),
            Map.entry("md", ValueType.TEXT),
            Map.entry("png", ValueType.IMAGE),
            Map.entry("jpg", ValueType.IMAGE),
            Map.entry("jpeg", ValueType.IMAGE),
            Map.entry("gif", ValueType.IMAGE),
            Map.entry("bmp", ValueType.IMAGE),
            Map.entry("tif", ValueType.IMAGE),
            Map.entry("tiff", ValueType.IMAGE),
            Map.entry("wav", ValueType.AUDIO),
            Map.entry("aif", ValueType.AUDIO),
            Map.entry("aiff", ValueType.AUDIO),
            Map.entry("au", ValueType.AUDIO),
            Map.entry("csv", ValueType.TABLE),
            Map.entry("tsv", ValueType.TABLE));

    /**
     * Looks at a file's name and size.
     *
     * @throws TroupeException {@code NOT_FOUND} when there is no such file; {@code INPUT_INVALID} when its type cannot be
     *     told, it is empty or it is above the limit of its type
     */
    public static Handle of(Path file) {
        ValueType type = typeOf(file).orElseThrow(() -> unknown(file));
        return of(file, type);
    }

    /** As {@link #of(Path)}, for a file whose type is known from elsewhere. */
    public static Handle of(Path file, ValueType type) {
        String name = nameOf(file);
        if (!Files.isRegularFile(file)) {
            throw new TroupeException(ErrorCode.NOT_FOUND, "file: " + file + " (expected: a file that exists)", null);
        }
        long bytes = size(file);
        long limit = LIMITS.getOrDefault(type, MIB);
        if (bytes == 0 || bytes > limit) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "%s: %d bytes (expected: 1 to %d for %s)".formatted(name, bytes, limit, type.label()),
                    bytes == 0 ? "the file is empty; was it written to its end?" : "give a smaller or a shorter one");
        }
        return new Handle(name, type, file, bytes);
    }

    /** By the ending of its name. */
    public static Optional<ValueType> typeOf(Path file) {
        String name = nameOf(file).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(ENDINGS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static TroupeException unknown(Path file) {
        String known = ENDINGS.keySet().stream().sorted().collect(Collectors.joining(", "));
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                "%s: a type that cannot be told by its name (expected: one of %s)".formatted(nameOf(file), known),
                "rename or convert the file");
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, file + ": " + e.getMessage(), null, e);
        }
    }
}
