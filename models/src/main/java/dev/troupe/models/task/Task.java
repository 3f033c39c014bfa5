package dev.troupe.models.task;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an expert can do, by the name that Hugging Face gives it, with the types of its arguments and of its result. */
public enum Task {
    FEATURE_EXTRACTION("feature-extraction", ValueType.VECTOR, one("text", ValueType.TEXT)),
    SENTENCE_SIMILARITY(
            "sentence-similarity", ValueType.LABELS, one("text", ValueType.TEXT), many("sentences", ValueType.TEXT)),
    TEXT_CLASSIFICATION("text-classification", ValueType.LABELS, one("text", ValueType.TEXT)),
    ZERO_SHOT_CLASSIFICATION(
            "zero-shot-classification", ValueType.LABELS, one("text", ValueType.TEXT), many("labels", ValueType.TEXT)),
    TOKEN_CLASSIFICATION("token-classification", ValueType.SPANS, one("text", ValueType.TEXT)),
    QUESTION_ANSWERING(
            "question-answering", ValueType.SPANS, one("question", ValueType.TEXT), one("context", ValueType.TEXT)),
    TEXT_RANKING("text-ranking", ValueType.LABELS, one("query", ValueType.TEXT), many("texts", ValueType.TEXT)),
    IMAGE_CLASSIFICATION("image-classification", ValueType.LABELS, one("image", ValueType.IMAGE)),
    IMAGE_TO_TEXT("image-to-text", ValueType.TEXT, one("image", ValueType.IMAGE)),
    OBJECT_DETECTION("object-detection", ValueType.SPANS, one("image", ValueType.IMAGE)),
    VOICE_ACTIVITY_DETECTION("voice-activity-detection", ValueType.SPANS, one("audio", ValueType.AUDIO)),
    AUTOMATIC_SPEECH_RECOGNITION("automatic-speech-recognition", ValueType.TEXT, one("audio", ValueType.AUDIO));

    private final String label;
    private final ValueType result;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Parameter> parameters;

    Task(String label, ValueType result, Parameter... parameters) {
        this.label = label;
        this.result = result;
        this.parameters = List.of(parameters);
    }

    /**
     * An argument that a task takes.
     *
     * @param many whether it is a list of at least one value
     */
    public record Parameter(String name, ValueType type, boolean many) {
        @Override
        public String toString() {
            return name + ": " + type.label() + (many ? "[]" : "");
        }
    }

    private static Parameter one(String name, ValueType type) {
        return new Parameter(name, type, false);
    }

    private static Parameter many(String name, ValueType type) {
        return new Parameter(name, type, true);
    }

    /** The Hugging Face name: {@code image-to-text}. */
    public String label() {
        return label;
    }

    public ValueType result() {
        return result;
    }

    /** In the order in which a command line gives them. */
    public List<Parameter> parameters() {
        return parameters;
    }

    public static Optional<Task> find(String label) {
        return Arrays.stream(values()).filter(task -> task.label.equals(label)).findFirst();
    }

    /** @throws TroupeException {@code NOT_FOUND} with all names */
    public static Task of(String label) {
        return find(label)
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.NOT_FOUND, "task: %s (expected: one of %s)".formatted(label, labels()), null));
    }

    /** All names, with commas. */
    public static String labels() {
        return Arrays.stream(values()).map(Task::label).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return label;
    }
}
