package dev.troupe.agents.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.expert.ExpertLimits;
import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
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
import dev.troupe.planner.graph.TaskState;
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
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs over experts that fail in every way, and over agents. */
class GraphRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ExpertLimits LIMITS = new ExpertLimits(
            1,
            Duration.ZERO,
            1_000,
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            3);
    private static final String LABEL = "{\"id\": \"t1\", \"task\": \"text-classification\", \"text\": \"a.txt\"}";

    private static ActorTestKit kit;

    private final NativeThreads threads = new NativeThreads(4);
    private final WordExpert.Script one = new WordExpert.Script();
    private final WordExpert.Script two = new WordExpert.Script();
    private final List<GraphRun.Progress> progress = new CopyOnWriteArrayList<>();
    private final List<AgentAsker.Question> questions = new CopyOnWriteArrayList<>();
    private final Semaphore cancelled = new Semaphore(0);
    private volatile AgentAsker agents = answering("42");

    @TempDir
    private Path folder;

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

    private AgentAsker answering(String text) {
        return (question, then) -> {
            questions.add(question);
            then.accept(new AgentAsker.Reply(null, text, new Usage(10, 0, 5), new Money(7)));
            return () -> {};
        };
    }

    private AgentAsker silent() {
        return (question, then) -> {
            questions.add(question);
            return cancelled::release;
        };
    }

    private GraphFiles files(String... names) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(Files.writeString(folder.resolve(name), name.replace(".txt", "") + " and more words"));
        }
        return GraphFiles.NONE.with(paths);
    }

    private static TaskGraph graph(String tasks, List<Resource> resources) {
        Scope scope = new Scope(
                List.of(
                        Capabilities.of(Task.TEXT_CLASSIFICATION),
                        Capabilities.TEXT_GENERATION,
                        Capabilities.TABLE_QUESTION_ANSWERING),
                resources,
                Map.of("t9", new Typed(ValueType.TEXT, false)));
        return ((PlanReader.Plan) PlanReader.read("{\"do\": \"tasks\", \"tasks\": [" + tasks + "]}", scope)).graph();
    }

    private static Candidate expert(String name) {
        return new Candidate(name, false, List.of("text-classification"), "", "MIT", null);
    }

    private static Candidate agent() {
        return new Candidate("writer", true, List.of("text-generation", "table-question-answering"), "", null, null);
    }

    private static GraphLimits limits(Duration taskTime) {
        return new GraphLimits(8, 4, 100, 8, taskTime, Duration.ofMillis(20));
    }

    /** A graph that runs, and what comes of it. */
    private record Going(ActorRef<GraphRun.Command> actor, CompletableFuture<List<TaskResult>> results) {
        List<TaskResult> await() throws Exception {
            return results.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Going go(String tasks, GraphFiles files, GraphLimits limits, Duration time, Candidate... able) {
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

    private Going go(GraphRequest request, GraphFiles files, GraphLimits limits, Duration time) {
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

    private TaskResult single(GraphLimits limits, Candidate... able) throws Exception {
        return go(LABEL, files("a.txt"), limits, PATIENCE, able).await().getFirst();
    }

    private static String label(TaskResult result) {
        return ((Value.Labels) result.values().getFirst().value())
                .scores()
                .getFirst()
                .label();
    }

    @Test
    void task_isDone_andItsProgressIsTold() throws Exception {
        TaskResult result = single(limits(PATIENCE), expert("one"));
        assertThat(label(result)).isEqualTo("a");
        assertThat(result.candidate()).isEqualTo("one");
        assertThat(progress).extracting(GraphRun.Progress::state).containsExactly(TaskState.RUNNING, TaskState.DONE);
    }

    @Test
    void expertThatCannotBeLoaded_isReplacedByTheNext() throws Exception {
        one.fault = "load";
        TaskResult result = single(limits(PATIENCE), expert("one"), expert("two"));
        assertThat(result.candidate()).isEqualTo("two");
        assertThat(result.tried()).containsExactly("one");
        assertThat(progress)
                .anySatisfy(
                        change -> assertThat(change.why()).contains("model.onnx: truncated (expected: a whole file)"));
    }

    @Test
    void crashes_wrongNumbers_andMemoryThatRunsOut_areContained() throws Exception {
        for (String fault : List.of("crash", "wrong", "memory")) {
            one.fault = fault;
            TaskResult result = single(limits(PATIENCE), expert("one"), expert("two"));
            assertThat(result.candidate()).as(fault).isEqualTo("two");
        }
    }

    @Test
    void onlyCandidate_isTriedOnceMore() throws Exception {
        one.fault = "crash";
        one.faults = 1;
        TaskResult result = single(limits(PATIENCE), expert("one"));
        assertThat(result.isDone()).isTrue();
        assertThat(result.tried()).containsExactly("one");
        assertThat(one.runs).hasValue(2);
    }

    @Test
    void expertThatHangs_isLeftAtItsShareOfTheTime() throws Exception {
        one.fault = "hang";
        TaskResult result = single(limits(Duration.ofSeconds(2)), expert("one"), expert("two"));
        assertThat(result.candidate()).isEqualTo("two");
        assertThat(result.wallMillis()).isBetween(500L, 4_000L);
    }

    @Test
    void nothing_hangsPastTheDeadline() throws Exception {
        one.fault = "hang";
        agents = silent();
        long start = System.nanoTime();
        Going going = go(
                LABEL + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Write.\", \"about\": []}",
                files("a.txt"),
                limits(PATIENCE),
                Duration.ofMillis(700),
                expert("one"),
                agent());
        List<TaskResult> results = going.await();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(results).extracting(TaskResult::code).containsExactly(ErrorCode.TIMEOUT, ErrorCode.TIMEOUT);
        assertThat(cancelled.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatNeedsATaskThatFailed_isSkipped_andSaysWhy() throws Exception {
        one.fault = "crash";
        List<TaskResult> results = go(
                        LABEL
                                + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Say it.\", \"about\": [\"t1\"]}",
                        files("a.txt"),
                        limits(PATIENCE),
                        PATIENCE,
                        expert("one"),
                        agent())
                .await();
        assertThat(results.get(0).state()).isEqualTo(TaskState.FAILED);
        assertThat(results.get(0).why()).startsWith("expert one: ");
        assertThat(results.get(1).state()).isEqualTo(TaskState.SKIPPED);
        assertThat(results.get(1).why()).isEqualTo("t1 was not done");
        assertThat(questions).isEmpty();
    }

    @Test
    void list_isWorkedOnEachByItself_inOrder() throws Exception {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 10; i < 40; i++) {
            Files.writeString(many.resolve("n" + i + ".txt"), "word" + i + " and more");
        }
        GraphFiles files = GraphFiles.ofTeam(Map.of("many", many));
        TaskResult result = go(LABEL.replace("a.txt", "many"), files, limits(PATIENCE), PATIENCE, expert("one"))
                .await()
                .getFirst();
        assertThat(result.values()).hasSize(30);
        assertThat(result.values().get(7).name()).isEqualTo("n17.txt");
        assertThat(((Value.Labels) result.values().get(7).value())
                        .scores()
                        .getFirst()
                        .label())
                .isEqualTo("word17");
        TaskResult few = go(
                        LABEL.replace("a.txt", "many"),
                        files,
                        new GraphLimits(8, 4, 20, 8, PATIENCE, Duration.ofMillis(20)),
                        PATIENCE,
                        expert("one"))
                .await()
                .getFirst();
        assertThat(few.code()).isEqualTo(ErrorCode.INPUT_INVALID);
        assertThat(few.why()).isEqualTo("30 values (expected: at most 20 for one)");
    }

    @Test
    void agent_isToldTheResults_andPaidFromItsShare() throws Exception {
        List<TaskResult> results = go(
                        LABEL
                                + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Say it.\", \"about\": [\"t1\", \"a.txt\"]}"
                                + ", {\"id\": \"t3\", \"task\": \"text-generation\", \"instruction\": \"Say more.\", \"about\": []}",
                        files("a.txt"),
                        limits(PATIENCE),
                        PATIENCE,
                        expert("one"),
                        agent())
                .await();
        assertThat(results.get(1).values().getFirst().value()).isEqualTo(new Value.Text("42"));
        assertThat(results.get(1).cost()).isEqualTo(new Money(7));
        AgentAsker.Question second = questions.stream()
                .filter(question -> question.part().equals("t2"))
                .findFirst()
                .orElseThrow();
        assertThat(second.text()).isEqualTo("Say it.\n\nt1:\na (0.90)\n\na.txt:\na and more words");
        // Half for each of the two; the second one was started when the other one was over or under way.
        assertThat(questions)
                .allSatisfy(
                        question -> assertThat(question.money().picodollars()).isBetween(400L, 1_000L));
        assertThat(questions.stream()
                        .mapToLong(question -> question.money().picodollars())
                        .sum())
                .isLessThanOrEqualTo(1_500);
    }

    @Test
    void table_goesToAnAgentAsAFile() throws Exception {
        Path table = Files.writeString(folder.resolve("sales.csv"), "month,new\nMay,3\n");
        GraphFiles files = GraphFiles.NONE.with(List.of(table));
        go(
                        "{\"id\": \"t1\", \"task\": \"table-question-answering\", \"question\": \"How many in May?\", \"table\": \"sales.csv\"}",
                        files,
                        limits(PATIENCE),
                        PATIENCE,
                        agent())
                .await();
        assertThat(questions.getFirst().files())
                .extracting(handle -> handle.file())
                .containsExactly(table);
        assertThat(questions.getFirst().text())
                .isEqualTo("How many in May?\n\nThe table is the file sales.csv in the current folder.");
    }

    @Test
    void cancel_reachesAgentsAndExperts_andGivesWhatIsThere() throws Exception {
        one.fault = "hang";
        agents = silent();
        Going going = go(
                LABEL + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Write.\", \"about\": []}",
                files("a.txt"),
                limits(PATIENCE),
                PATIENCE,
                expert("one"),
                agent());
        assertThat(one.begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        TestProbe<Object> probe = kit.createTestProbe();
        going.actor().tell(new GraphRun.Cancel("the client has left"));
        List<TaskResult> results = going.await();
        assertThat(results).extracting(TaskResult::state).containsOnly(TaskState.CANCELLED);
        assertThat(results.getFirst().why()).isEqualTo("the client has left");
        probe.expectTerminated(going.actor(), PATIENCE);
        assertThat(cancelled.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void taskThatNobodyCanDo_saysWhy() throws Exception {
        GraphFiles files = files("a.txt");
        GraphRequest request = new GraphRequest(
                graph(LABEL, files.resources()),
                Map.of("t1", List.of()),
                Map.of("t1", "nobody can do it now: one, is down"),
                List.of(),
                Money.ZERO,
                0);
        TaskResult result =
                go(request, files, limits(PATIENCE), PATIENCE).await().getFirst();
        assertThat(result.state()).isEqualTo(TaskState.FAILED);
        assertThat(result.why()).isEqualTo("nobody can do it now: one, is down");
    }

    @Test
    void fiveHundredGraphsAtOnce_areAllAnswered() throws Exception {
        GraphFiles files = files("a.txt");
        ActorRef<ExpertPool.Command> experts = kit.spawn(ExpertPool.create(
                Map.of("one", new HostedExpert("one", Task.TEXT_CLASSIFICATION, one::open, LIMITS)), () -> threads));
        TaskGraph graph = graph(LABEL, files.resources());
        List<CompletableFuture<List<TaskResult>>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            CompletableFuture<List<TaskResult>> results = new CompletableFuture<>();
            all.add(results);
            Consumer<List<TaskResult>> whenOver = results::complete;
            kit.spawn(GraphRun.create(
                    new GraphRequest(graph, Map.of("t1", List.of(expert("one"))), Map.of(), List.of(), Money.ZERO, 0),
                    new GraphRun.Means(experts, agents, files, limits(PATIENCE), "local", change -> {}),
                    Deadline.after(PATIENCE),
                    whenOver));
        }
        for (CompletableFuture<List<TaskResult>> results : all) {
            assertThat(results.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .getFirst()
                            .isDone())
                    .isTrue();
        }
    }
}
