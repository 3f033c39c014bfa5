package dev.troupe.models.expert.catalogue;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.image.ImageClassifier;
import dev.troupe.models.expert.image.ObjectDetector;
import dev.troupe.models.expert.image.OcrExpert;
import dev.troupe.models.expert.isolated.IsolatedExpert;
import dev.troupe.models.expert.sound.SpeechRecognizer;
import dev.troupe.models.expert.sound.VoiceActivityExpert;
import dev.troupe.models.expert.text.EmbeddingExpert;
import dev.troupe.models.expert.text.QuestionAnswerer;
import dev.troupe.models.expert.text.TextClassifier;
import dev.troupe.models.expert.text.TokenClassifier;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.store.ModelStore;
import dev.troupe.models.store.PullProgress;
import dev.troupe.models.store.StoredModel;
import dev.troupe.models.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds, fetches and loads experts: those of the catalogue by name, others from a folder. Thread-safe. */
public final class Experts {
    private final Path cache;
    private final ExpertCatalogue catalogue;
    private final ModelStore store;
    private final Map<String, String> environment;

    private Experts(Path cache, ExpertCatalogue catalogue, Map<String, String> environment) {
        this.cache = cache.toAbsolutePath();
        this.catalogue = catalogue;
        this.store = ModelStore.open(cache, catalogue.fetched(), environment);
        this.environment = Map.copyOf(environment);
    }

    /**
     * The catalogue that comes with Troupe.
     *
     * @param cache the user's cache folder
     * @param environment as the store takes it
     */
    public static Experts of(Path cache, Map<String, String> environment) {
        return new Experts(cache, ExpertCatalogue.builtIn(), environment);
    }

    public ExpertCatalogue catalogue() {
        return catalogue;
    }

    /** How a model of the catalogue stands on this machine; what comes with Troupe is always there. */
    public StoredModel.State state(CatalogueExpert expert) {
        return expert.fetched().isEmpty()
                ? StoredModel.State.INSTALLED
                : store.look(expert.name()).state();
    }

    /**
     * Fetches what a model of the catalogue needs, unless it is there.
     *
     * @throws TroupeException as {@link ModelStore#pull}
     */
    public void pull(String model, Consumer<PullProgress> listener, CallContext context) {
        CatalogueExpert expert = catalogue.find(model);
        if (expert.fetched().isPresent()) {
            store.pull(expert.name(), listener, context);
        }
    }

    /**
     * Checks, without loading anything, that a model can do a task.
     *
     * @param model a name of the catalogue, or a folder in the standard export layout
     * @throws TroupeException {@code NOT_FOUND} for an unknown name, {@code INPUT_INVALID} when it is of another task
     */
    public void check(Task task, String model) {
        if (isFolder(model)) {
            return;
        }
        CatalogueExpert expert = catalogue.find(model);
        if (!expert.tasks().contains(task)) {
            List<CatalogueExpert> able = catalogue.candidates(task);
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "model %s: its tasks are %s (expected: %s)"
                            .formatted(expert.name(), String.join(", ", expert.taskLabels()), task),
                    able.isEmpty()
                            ? "name a folder with a model of yours: model: ./models/mine"
                            : task + " is done by " + ExpertCatalogue.names(able));
        }
    }

    /** Whether a model is a user's own, by the form of its name: a path has a slash, a name of the catalogue has none. */
    public static boolean isFolder(String model) {
        return model.contains("/");
    }

    /**
     * Loads an expert: one of the catalogue in this process, another one in a process of its own, which may die without
     * harm.
     *
     * @param model a name of the catalogue, or a folder in the standard export layout
     * @throws TroupeException {@code NOT_FOUND}, {@code INPUT_INVALID}, or {@code MODEL_UNAVAILABLE} naming the file that is
     *     missing, broken or of another task, and the mend
     */
    public Expert open(Task task, String model, Device.Wish wish, CallContext context) {
        if (isFolder(model)) {
            return openIsolated(task, model, wish, context);
        }
        check(task, model);
        return load(task, files(model, context), wish);
    }

    /** As {@link #open}, in a process of its own wherever it comes from. */
    public Expert openIsolated(Task task, String model, Device.Wish wish, CallContext context) {
        check(task, model);
        // What is missing is told here, without a process.
        ModelFiles files = files(model, context);
        String named = isFolder(model) ? Path.of(model).toAbsolutePath() + "/" : files.name();
        List<String> arguments = List.of(task.label(), named, wish.name(), cache.toString());
        return IsolatedExpert.start(task, model, ExpertWorker.class, arguments, environment, context);
    }

    /** Where the files of a model are; they are looked for, but not read. */
    public ModelFiles files(String model, CallContext context) {
        if (isFolder(model)) {
            Path folder = Path.of(model);
            if (!Files.isDirectory(folder)) {
                throw new TroupeException(
                        ErrorCode.NOT_FOUND, "model: " + model + " (expected: a folder that exists)", null);
            }
            return ModelFiles.inFolder(folder);
        }
        CatalogueExpert expert = catalogue.find(model);
        Map<String, ModelFiles.Source> sources = new LinkedHashMap<>();
        expert.files()
                .forEach((file, entry) -> sources.put(
                        file,
                        switch (entry) {
                            case CatalogueExpert.OnClassPath here -> new ModelFiles.OnClassPath(here.resource());
                            case CatalogueExpert.Inline inline ->
                                new ModelFiles.Inline(inline.content().toString());
                            case CatalogueExpert.Fetched fetched ->
                                new ModelFiles.OnDisk(store.path(expert.name(), context));
                        }));
        return new ModelFiles(expert.name(), "./troupe experts pull " + expert.name(), sources);
    }

    /** The pipeline of a task over a model's files. */
    public static Expert load(Task task, ModelFiles files, Device.Wish wish) {
        return switch (task) {
            case FEATURE_EXTRACTION, SENTENCE_SIMILARITY, TEXT_RANKING, ZERO_SHOT_CLASSIFICATION ->
                EmbeddingExpert.load(task, files, wish);
            case IMAGE_CLASSIFICATION -> ImageClassifier.load(files, wish);
            case IMAGE_TO_TEXT -> OcrExpert.load(files, wish);
            case VOICE_ACTIVITY_DETECTION -> VoiceActivityExpert.load(files, wish);
            case TEXT_CLASSIFICATION -> TextClassifier.load(files, wish);
            case TOKEN_CLASSIFICATION -> TokenClassifier.load(files, wish);
            case QUESTION_ANSWERING -> QuestionAnswerer.load(files, wish);
            case OBJECT_DETECTION -> ObjectDetector.load(files, wish);
            case AUTOMATIC_SPEECH_RECOGNITION -> SpeechRecognizer.load(files, wish);
        };
    }
}
