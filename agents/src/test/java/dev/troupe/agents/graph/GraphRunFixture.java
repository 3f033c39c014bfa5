package dev.troupe.agents.graph;

import dev.troupe.agents.expert.ExpertLimits;
import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.planner.graph.GraphRequest;
import dev.troupe.planner.graph.PlanReader;
import dev.troupe.planner.graph.PlannedTask;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of tasks that are run over two experts, which do as they are told, and an agent. */
abstract class GraphRunFixture {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final ExpertLimits LIMITS = new ExpertLimits(
            1,
            Duration.ZERO,
            1_000,
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            3);
    static final String LABEL = "{\"id\": \"t1\", \"task\": \"text-classification\", \"text\": \"a.txt\"}";

    static ActorTestKit kit;

    final NativeThreads threads = new NativeThreads(4);
    final WordExpert.Script one = new WordExpert.Script();
    final WordExpert.Script two = new WordExpert.Script();
    final List<GraphRun.Progress> progress = new CopyOnWriteArrayList<>();
    final List<AgentAsker.Question> questions = new CopyOnWriteArrayList<>();
    final Semaphore cancelled = new Semaphore(0);
    volatile AgentAsker agents = answering("42");

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void release() {
        one.release.countDown();
        two.release.countDown();
        threads.close();
    }

    AgentAsker answering(String text) {
        return (question, then) -> {
            questions.add(question);
            then.accept(new AgentAsker.Reply(null, text, new Usage(10, 0, 5), new Money(7)));
            return () -> {};
        };
    }

    AgentAsker silent() {
        return (question, then) -> {
            questions.add(question);
            return cancelled::release;
        };
    }

    GraphFiles files(String... names) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(Files.writeString(folder.resolve(name), name.replace(".txt", "") + " and more words"));
        }
        return GraphFiles.NONE.with(paths);
    }

    static TaskGraph graph(String tasks, List<Resource> resources) {
        Scope scope = new Scope(
                List.of(
                        Capabilities.of(Task.TEXT_CLASSIFICATION),
                        Capabilities.TEXT_GENERATION,
                        Capabilities.TABLE_QUESTION_ANSWERING),
                resources,
                Map.of("t9", new Typed(ValueType.TEXT, false)));
        return ((PlanReader.Plan) PlanReader.read("{\"do\": \"tasks\", \"tasks\": [" + tasks + "]}", scope)).graph();
    }

    static Candidate expert(String name) {
        return new Candidate(name, false, List.of("text-classification"), "", "MIT", null);
    }

    static Candidate agent() {
        return new Candidate("writer", true, List.of("text-generation", "table-question-answering"), "", null, null);
    }

    static GraphLimits limits(Duration taskTime) {
        return new GraphLimits(8, 4, 100, 8, taskTime, Duration.ofMillis(20));
    }

    /** A graph that runs, and what comes of it. */
    record Going(ActorRef<GraphRun.Command> actor, CompletableFuture<List<TaskResult>> results) {
        List<TaskResult> await() throws Exception {
            return results.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    Going go(String tasks, GraphFiles files, GraphLimits limits, Duration time, Candidate... able) {
        TaskGraph graph = graph(tasks, files.resources());
        Map<String, List<Candidate>> candidates = new HashMap<>();
        for (PlannedTask task : graph.tasks()) {
            candidates.put(
                    task.id(),
                    List.of(able).stream()
                            .filter(candidate -> candidate.does(task.capability()))
                            .toList());
        }
        return go(
                new GraphRequest(graph, candidates, Map.of(), List.of(), new Money(1_000), 1_000), files, limits, time);
    }

    Going go(GraphRequest request, GraphFiles files, GraphLimits limits, Duration time) {
        ActorRef<ExpertPool.Command> experts = kit.spawn(ExpertPool.create(
                Map.of(
                        "one", new HostedExpert("one", Task.TEXT_CLASSIFICATION, one::open, LIMITS),
                        "two", new HostedExpert("two", Task.TEXT_CLASSIFICATION, two::open, LIMITS)),
                () -> threads));
        CompletableFuture<List<TaskResult>> results = new CompletableFuture<>();
        Consumer<List<TaskResult>> whenOver = results::complete;
        return new Going(
                kit.spawn(GraphRun.create(
                        request,
                        new GraphRun.Means(experts, agents, files, limits, "local", progress::add),
                        Deadline.after(time),
                        whenOver)),
                results);
    }

    TaskResult single(GraphLimits limits, Candidate... able) throws Exception {
        return go(LABEL, files("a.txt"), limits, PATIENCE, able).await().getFirst();
    }

    static String label(TaskResult result) {
        return ((Value.Labels) result.values().getFirst().value())
                .scores()
                .getFirst()
                .label();
    }
}
