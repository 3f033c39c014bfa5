package dev.troupe.planner.graph;

import dev.troupe.models.task.Task;
import dev.troupe.models.task.ValueType;
import java.util.List;
import java.util.Map;

/** Files and types of tasks that tests plan with. */
public final class Scopes {
    public static final Resource RECEIPT = new Resource("receipt.png", new Typed(ValueType.IMAGE, false), true, "");
    public static final Resource OTHER = new Resource("other.png", new Typed(ValueType.IMAGE, false), true, "");
    public static final Resource CALL = new Resource("call.wav", new Typed(ValueType.AUDIO, false), true, "");
    public static final Resource NOTE = new Resource("note.txt", new Typed(ValueType.TEXT, false), true, "");
    public static final Resource SCANS = new Resource("scans", new Typed(ValueType.IMAGE, true), false, "12 files");

    public static final Capability READ = Capabilities.of(Task.IMAGE_TO_TEXT);
    public static final Capability ANSWER = Capabilities.of(Task.QUESTION_ANSWERING);
    public static final Capability COMPARE = Capabilities.of(Task.SENTENCE_SIMILARITY);
    public static final Capability LABEL = Capabilities.of(Task.ZERO_SHOT_CLASSIFICATION);
    public static final Capability LISTEN = Capabilities.of(Task.VOICE_ACTIVITY_DETECTION);
    public static final List<Capability> ALL =
            List.of(READ, ANSWER, COMPARE, LABEL, LISTEN, Capabilities.TEXT_GENERATION);

    private Scopes() {}

    public static Scope of(Resource... resources) {
        return new Scope(ALL, List.of(resources), Map.of());
    }

    public static TaskGraph graph(String tasks, Resource... resources) {
        PlanReader.Reading reading = PlanReader.read("{\"do\": \"tasks\", \"tasks\": [" + tasks + "]}", of(resources));
        return ((PlanReader.Plan) reading).graph();
    }
}
