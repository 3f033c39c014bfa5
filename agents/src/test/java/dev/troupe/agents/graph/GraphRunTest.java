package dev.troupe.agents.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.planner.graph.GraphRequest;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Graphs over experts and agents, from the first task to the last. */
class GraphRunTest extends GraphRunFixture {
    @Test
    void task_isDone_andItsProgressIsTold() throws Exception {
        TaskResult result = single(limits(PATIENCE), expert("one"));
        assertThat(label(result)).isEqualTo("a");
        assertThat(result.candidate()).isEqualTo("one");
        assertThat(progress).extracting(GraphRun.Progress::state).containsExactly(TaskState.RUNNING, TaskState.DONE);
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
