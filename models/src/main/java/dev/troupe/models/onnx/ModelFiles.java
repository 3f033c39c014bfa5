package dev.troupe.models.onnx;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one model, by the names of the standard export layout: {@code model.onnx}, {@code tokenizer.json},
 * {@code config.json}, {@code preprocessor_config.json}. Each is in a folder, on the class path or given as text.
 *
 * @param name of the model, for messages
 * @param mend what to do when one is missing or broken
 */
public record ModelFiles(String name, String mend, Map<String, Source> sources) {
    private static final List<String> STANDARD = List.of(
            "model.onnx",
            "tokenizer.json",
            "config.json",
            "preprocessor_config.json",
            "vocab.json",
            "detection.onnx",
            "orientation.onnx",
            "recognition.onnx",
            "characters.txt");

    public ModelFiles {
        sources = Map.copyOf(sources);
    }

    /** Where one file is. */
    public sealed interface Source {}

    /** On this machine's disk. */
    public record OnDisk(Path path) implements Source {}

    /** On the class path, by its absolute name. */
    public record OnClassPath(String resource) implements Source {}

    /** Written where the model is described. */
    public record Inline(String content) implements Source {}

    /** A user's own folder in the standard layout. Nothing is read yet. */
    public static ModelFiles inFolder(Path folder) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String file : STANDARD) {
            if (Files.exists(folder.resolve(file))) {
                sources.put(file, new OnDisk(folder.resolve(file)));
            }
        }
        return new ModelFiles(
                folder.toString(), "export the model anew: optimum-cli export onnx --model NAME " + folder, sources);
    }

    public boolean has(String file) {
        return sources.containsKey(file);
    }

    /** What an error calls a file: its path where it has one. */
    public String describe(String file) {
        return sources.get(file) instanceof OnDisk disk ? disk.path().toString() : name + "/" + file;
    }

    /** The path of a file on disk, so that weights need not go through the heap. */
    public Optional<Path> path(String file) {
        return sources.get(file) instanceof OnDisk disk ? Optional.of(disk.path()) : Optional.empty();
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when it is missing or cannot be read, with the mend */
    public InputStream open(String file) {
        try {
            return switch (sources.get(file)) {
                case null -> throw broken(file, "missing", "the file", null);
                case OnDisk disk -> Files.newInputStream(disk.path());
                case Inline inline ->
                    new java.io.ByteArrayInputStream(inline.content().getBytes(StandardCharsets.UTF_8));
                case OnClassPath onClassPath -> {
                    InputStream in = ModelFiles.class.getResourceAsStream(onClassPath.resource());
                    if (in == null) {
                        throw broken(file, "not on the class path", onClassPath.resource(), null);
                    }
                    yield in;
                }
            };
        } catch (IOException e) {
            throw broken(file, String.valueOf(e.getMessage()), "a file that can be read", e);
        }
    }

    /** As {@link #open}, all of it. */
    public byte[] read(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw broken(file, String.valueOf(e.getMessage()), "a file that can be read", e);
        }
    }

    /** An error that names the file and the mend. */
    public TroupeException broken(
            String file, String found, String expected, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TroupeException(
                ErrorCode.MODEL_UNAVAILABLE,
                "%s: %s (expected: %s)".formatted(describe(file), found, expected),
                mend,
                cause);
    }
}
