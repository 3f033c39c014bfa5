package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.expert.ExpertLimits;
import dev.troupe.agents.expert.HostedExpert;
import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.agents.graph.GraphLimits;
import dev.troupe.agents.graph.PlanningSetup;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.PlanStep;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.MeteredChatModel;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.task.Task;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Requirements;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.stages.StagesPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planner of a team over real experts and a chat agent; its models are scripts. */
class PlannerTeamTest {
    private static final Experts EXPERTS = Experts.of(CacheFolder.of(System.getenv()), System.getenv());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String LETTER = "The ferry was late again, I have missed my train. This is a disgrace.";
    private static final String LABEL = "{\"do\": \"tasks\", \"tasks\": [{\"id\": \"t1\", \"task\":"
            + " \"zero-shot-classification\", \"text\": \"letter.txt\", \"labels\": [\"complaint\", \"praise\"]}]}";
    private static final String ASK =
            "{\"do\": \"tasks\", \"tasks\": [{\"id\": \"t1\", \"task\": \"question-answering\","
                    + " \"question\": \"What was late?\", \"context\": \"letter.txt\"}]}";

    private final List<TaskEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Journal journal;
    private DemonstrationLibrary library;
    private ScriptedModel controller;
    private ScriptedModel writer;
    private NativeThreads threads;
    private Team team;
    private volatile String plan = LABEL;
    private Path letter;

    @BeforeEach
    void open() throws IOException {
        letter = Files.writeString(folder.resolve("letter.txt"), LETTER);
        controller = new ScriptedModel("local/small", (request, context) -> controls(request));
        writer = new ScriptedModel("test/large", (request, context) -> "The ferry");
        journal = Journal.open(folder.resolve("data"));
        library = DemonstrationLibrary.open(journal, new FakeEmbedder());
        JournalLedger ledger = new JournalLedger(journal, "newsroom", Limits.NONE);
        threads = new NativeThreads(2);
        // 2 dollars a million tokens in, 8 out: a call of the script's costs 0.0002 + 0.00008 USD.
        ModelPrice price = ModelPrice.perMillion(BigDecimal.valueOf(2), null, BigDecimal.valueOf(8));
        Map<String, HostedExpert> experts = new LinkedHashMap<>();
        experts.put("sorter", hosted("sorter", "all-minilm-l6-v2"));
        experts.put("sorter-2", hosted("sorter-2", "bge-small-en-v1.5"));
        team = Team.open(new TeamSetup(
                        "newsroom",
                        "desk",
                        agents(),
                        Map.of(
                                "small", new MeteredChatModel(controller, ModelPrice.FREE, ledger, 500),
                                "large", new MeteredChatModel(writer, price, ledger, 500)),
                        new FakeExecutor(),
                        library,
                        journal,
                        PriceTable.published().with(Map.of("test/large", price)),
                        "test/large",
                        WorkFolders.under(folder.resolve("work")),
                        TestTeam.BOUNDS,
                        true,
                        Clock.systemUTC(),
                        Verdicts.NOBODY)
                .withPlanning(new PlanningSetup(
                        experts, () -> threads, new FakeEmbedder(), List.of(), GraphFiles.NONE, GraphLimits.DEFAULT)));
    }

    private static HostedExpert hosted(String name, String model) {
        Task task = Task.ZERO_SHOT_CLASSIFICATION;
        return new HostedExpert(
                name,
                task,
                () -> EXPERTS.open(task, model, Device.Wish.CPU, CallContext.standalone(MINUTE)),
                ExpertLimits.DEFAULT);
    }

    private static Map<String, AgentPlan> agents() {
        List<String> label = List.of("zero-shot-classification");
        StagesPlan desk = new StagesPlan(
                "You help.",
                "small",
                Sampling.DEFAULT,
                List.of(
                        new Candidate("sorter", false, label, "", "Apache-2.0", Device.Wish.CPU),
                        new Candidate("sorter-2", false, label, "", "MIT", Device.Wish.CPU),
                        new Candidate("writer", true, List.of("question-answering"), "answers", null, null)),
                Requirements.NONE,
                StagesPlan.Options.DEFAULT,
                1_000,
                List.of());
        return Map.of("desk", desk, "writer", new ChatPlan("You answer.", "large", Sampling.DEFAULT, 1_000));
    }

    private String controls(ChatRequest request) {
        return request.responseFormat() != null
                        && request.responseFormat().name().equals("plan")
                ? plan
                : "";
    }

    @AfterEach
    void close() {
        team.close();
        threads.close();
        library.close();
        journal.close();
    }

    private Team.Asked ask(String question, Path... files) {
        return team.ask(
                new Team.Question(
                        "local", null, null, question, MINUTE, Allowance.UNLIMITED, ChatOptions.NONE, List.of(files)),
                events::add);
    }

    private static TaskRecord answered(Team.Asked asked) {
        Agent.Outcome outcome = asked.await();
        assertThat(outcome).isInstanceOf(Agent.Answered.class);
        return ((Agent.Answered) outcome).record();
    }

    @Test
    void request_isPlannedAndDoneByARealExpert() {
        TaskRecord record = answered(ask("Is letter.txt a complaint or praise?", letter));
        assertThat(record.answer()).startsWith("complaint (");
        PlanStep step = record.plan().getFirst();
        assertThat(step.expert()).isEqualTo("sorter");
        assertThat(step.state()).isEqualTo("done");
        assertThat(step.inputs().get("labels")).containsExactly("complaint", "praise");
        assertThat(record.receipt().steps())
                .extracting(Receipt.Step::stage)
                .containsExactly("plan", "select", "execute", "respond");
        assertThat(events).extracting(TaskEvent::what).anyMatch(TaskEvent.PlanDrawn.class::isInstance);
        assertThat(events)
                .filteredOn(event -> event.what() instanceof TaskEvent.PlanTask)
                .extracting(event -> ((TaskEvent.PlanTask) event.what()).state())
                .containsExactly("running", "done");
        assertThat(controller.requests).hasSize(1);
    }

    @Test
    void part_isOnTheWholesReceipt_andNotInTheJournal() {
        plan = ASK;
        TaskRecord record = answered(ask("What was late, by letter.txt?", letter));
        assertThat(record.answer()).isEqualTo("The ferry");
        // 80 tokens in at 2, 20 cached in at 2, and 10 out at 8 dollars a million.
        assertThat(record.receipt().cost()).isEqualTo(Money.parse("0.00028"));
        // One for the plan, one of the agent.
        assertThat(record.receipt().modelCalls()).isEqualTo(2);
        assertThat(writer.requests.getFirst().messages().getLast().text())
                .startsWith("What was late?")
                .contains(LETTER);
        assertThat(new Tasks(journal).recent("local", 10))
                .extracting(TaskRecord::task)
                .containsExactly(record.task());
        assertThat(new Tasks(journal)
                        .byDay("local", LocalDate.EPOCH, LocalDate.MAX.withYear(9999))
                        .getFirst()
                        .cost())
                .isEqualTo(record.receipt().cost());
    }

    @Test
    void planThatAPersonFoundRight_isDoneAgainForAnotherFile_withoutAModel() throws IOException {
        TaskRecord first = answered(ask("Is letter.txt a complaint or praise?", letter));
        assertThat(first.learned()).isNotNull();
        team.feedback("local", first.task(), true, null, null).join();
        Path other = Files.writeString(folder.resolve("mail.txt"), "Thank you, what a splendid and lovely paper!");
        controller.requests.clear();
        TaskRecord second = answered(ask("Is mail.txt a complaint or praise?", other));
        assertThat(second.answer()).startsWith("praise (");
        assertThat(controller.requests).isEmpty();
        assertThat(second.receipt().modelCalls()).isZero();
        assertThat(second.receipt().steps().getFirst().outcome()).startsWith("as in " + first.learned());
    }

    @Test
    void workFoundWrong_changesTheChoice() {
        TaskRecord first = answered(ask("Is letter.txt a complaint or praise?", letter));
        assertThat(first.plan().getFirst().expert()).isEqualTo("sorter");
        team.feedback("local", first.task(), false, null, null).join();
        TaskRecord record = answered(ask("Is letter.txt a complaint or praise? Say it.", letter));
        assertThat(record.plan().getFirst().expert()).isEqualTo("sorter-2");
    }

    @Test
    void damagedFile_isTold_beforeAModelIsAsked() throws IOException {
        Path picture = Files.writeString(folder.resolve("scan.png"), "no picture");
        assertThat(ask("What does scan.png say?", picture).await())
                .isInstanceOfSatisfying(Agent.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo(ErrorCode.INPUT_INVALID);
                    assertThat(failed.message())
                            .startsWith("scan.png: no picture")
                            .contains("convert it to PNG");
                    assertThat(failed.record()).isNotNull();
                });
        assertThat(ask("What does gone.txt say?", folder.resolve("gone.txt")).await())
                .isInstanceOfSatisfying(
                        Agent.Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(controller.requests).isEmpty();
        assertThat(answered(ask("Is letter.txt a complaint or praise?", letter)).answer())
                .startsWith("complaint");
    }

    @Test
    void controllerThatRefuses_orWritesNonsense_orNothing_endsExplained_andTheNextRequestWorks() {
        for (String reply :
                List.of("", "I'm sorry, but I can't help with that.", "{\"do\": \"tasks\", \"tasks\": [{}]}")) {
            plan = reply;
            assertThat(ask("Is letter.txt a complaint or praise?", letter).await())
                    .isInstanceOfSatisfying(
                            Agent.Failed.class,
                            failed -> assertThat(failed.message()).startsWith("plan: "));
        }
        plan = LABEL;
        assertThat(answered(ask("Is letter.txt a complaint or praise?", letter)).answer())
                .startsWith("complaint");
    }

    @Test
    void clientThatLeaves_endsTheAgentsPartToo() throws InterruptedException {
        plan = ASK;
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        writer.now((request, context) -> {
            try (var registration = context.cancellation().onCancel(stopped::countDown)) {
                return ScriptedModel.after(never, "late").reply(request, context);
            }
        });
        Team.Asked asked = ask("What was late, by letter.txt?", letter);
        assertThat(writer.begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        team.cancel(asked.task(), "the client has left");
        assertThat(asked.await())
                .isInstanceOfSatisfying(
                        Agent.Cancelled.class,
                        cancelled -> assertThat(cancelled.record()).isNotNull());
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        writer.now((request, context) -> "The ferry");
        assertThat(answered(ask("What was late, by letter.txt?", letter)).answer())
                .isEqualTo("The ferry");
    }

    @Test
    void manyAtOnce_areAnsweredOrTurnedAway_andPartsNeedNoPlaceOfTheirOwn() {
        plan = ASK;
        // Two run and two wait, by the test's bounds: planners that held all places would wait for their parts for
        // ever.
        List<Team.Asked> all = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(ask("What was late, by letter.txt? " + i, letter));
        }
        List<Agent.Outcome> outcomes = all.stream().map(Team.Asked::await).toList();
        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof Agent.Answered || outcome instanceof Agent.Overloaded);
        assertThat(outcomes).anyMatch(Agent.Answered.class::isInstance);
    }

    @Test
    void fileForAnAgentThatTakesNone_isRejected() {
        Agent.Outcome outcome = team.ask(
                        new Team.Question(
                                "local",
                                "writer",
                                null,
                                "What does it say?",
                                MINUTE,
                                Allowance.UNLIMITED,
                                ChatOptions.NONE,
                                List.of(letter)),
                        events::add)
                .await();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Agent.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains("agent writer takes no files"));
    }
}
