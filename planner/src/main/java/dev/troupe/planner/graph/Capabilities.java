package dev.troupe.planner.graph;

import dev.troupe.models.task.Task;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Parameter.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All types of tasks that can be planned with: those of experts, and those that agents can do. */
public final class Capabilities {
    /** What plans and prompts may pass on to an agent. */
    private static final Set<ValueType> TELLABLE =
            Set.of(ValueType.TEXT, ValueType.LABELS, ValueType.SPANS, ValueType.TABLE);

    /** Writes or rewrites; an agent's. */
    public static final Capability TEXT_GENERATION = new Capability(
            "text-generation",
            "writes, rewrites, compares, translates or works something out as told, from what is given",
            List.of(
                    Parameter.one("instruction", ValueType.TEXT, Words.REQUEST),
                    Parameter.list("about", TELLABLE, Words.NONE, true)),
            ValueType.TEXT,
            false,
            true);

    /** Shortens; an agent's. */
    public static final Capability SUMMARIZATION = new Capability(
            "summarization",
            "says in a few sentences what a text says",
            List.of(Parameter.one("text", ValueType.TEXT, Words.NONE)),
            ValueType.TEXT,
            false,
            true);

    /** Computes from a table; an agent's that can run programs. */
    public static final Capability TABLE_QUESTION_ANSWERING = new Capability(
            "table-question-answering",
            "computes an answer from the rows of a table",
            List.of(
                    Parameter.one("question", ValueType.TEXT, Words.REQUEST),
                    Parameter.one("table", ValueType.TABLE, Words.NONE)),
            ValueType.TEXT,
            false,
            true);

    private static final Map<Task, Capability> OF_EXPERTS = ofExperts();

    private Capabilities() {}

    /** What an expert of this task can be asked for. */
    public static Capability of(Task task) {
        Capability found = OF_EXPERTS.get(task);
        if (found == null) {
            throw new IllegalArgumentException("task: " + task + " (expected: one with a capability)");
        }
        return found;
    }

    /** The expert's task that a capability is, empty for one that only agents have. */
    public static Optional<Task> task(Capability capability) {
        return Task.find(capability.name());
    }

    public static Optional<Capability> find(String name) {
        return all().filter(capability -> capability.name().equals(name)).findFirst();
    }

    /** All, in the order in which prompts list them. */
    public static Stream<Capability> all() {
        return Stream.concat(
                Stream.of(Task.values()).map(Capabilities::of),
                Stream.of(SUMMARIZATION, TABLE_QUESTION_ANSWERING, TEXT_GENERATION));
    }

    private static Map<Task, Capability> ofExperts() {
        Map<Task, Capability> all = new EnumMap<>(Task.class);
        for (Task task : Task.values()) {
            all.put(
                    task,
                    new Capability(
                            task.label(),
                            description(task),
                            parameters(task),
                            // What it finds are words of the text, and these are wanted.
                            task == Task.QUESTION_ANSWERING ? ValueType.TEXT : task.result(),
                            task != Task.QUESTION_ANSWERING,
                            answers(task)));
        }
        return all;
    }

    private static List<Parameter> parameters(Task task) {
        List<Parameter> parameters = new ArrayList<>();
        for (Task.Parameter parameter : task.parameters()) {
            Words words = parameter.type() == ValueType.TEXT ? words(task, parameter.name()) : Words.NONE;
            parameters.add(new Parameter(parameter.name(), Set.of(parameter.type()), parameter.many(), words, false));
        }
        return parameters;
    }

    private static Words words(Task task, String parameter) {
        return switch (parameter) {
            case "question", "query" -> Words.REQUEST;
            case "labels" -> Words.SOME;
            case "text" -> task == Task.FEATURE_EXTRACTION ? Words.NONE : Words.SOME;
            default -> Words.NONE;
        };
    }

    private static boolean answers(Task task) {
        return switch (task) {
            case TEXT_CLASSIFICATION,
                    ZERO_SHOT_CLASSIFICATION,
                    QUESTION_ANSWERING,
                    IMAGE_CLASSIFICATION,
                    IMAGE_TO_TEXT,
                    AUTOMATIC_SPEECH_RECOGNITION,
                    SENTENCE_SIMILARITY,
                    TEXT_RANKING -> true;
            case FEATURE_EXTRACTION, TOKEN_CLASSIFICATION, OBJECT_DETECTION, VOICE_ACTIVITY_DETECTION -> false;
        };
    }

    private static String description(Task task) {
        return switch (task) {
            case FEATURE_EXTRACTION -> "turns a text into a vector";
            case SENTENCE_SIMILARITY -> "says how alike in meaning a text is to each of several";
            case TEXT_CLASSIFICATION -> "says which of its own classes a text belongs to";
            case ZERO_SHOT_CLASSIFICATION -> "says which of the given labels fits a text best";
            case TOKEN_CLASSIFICATION -> "finds names of people, places and organisations in a text";
            case QUESTION_ANSWERING -> "finds the answer to a question in a text";
            case TEXT_RANKING -> "puts texts in order of how well they answer a query";
            case IMAGE_CLASSIFICATION -> "says which of its own classes a picture belongs to: fit for all eyes or not";
            case IMAGE_TO_TEXT -> "reads the text in a picture";
            case OBJECT_DETECTION -> "finds things in a picture and where they are";
            case VOICE_ACTIVITY_DETECTION -> "finds when somebody speaks in a sound";
            case AUTOMATIC_SPEECH_RECOGNITION -> "writes down what is said in a sound";
        };
    }
}
