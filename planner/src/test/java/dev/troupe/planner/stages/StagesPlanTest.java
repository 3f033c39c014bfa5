package dev.troupe.planner.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Value;
import dev.troupe.planner.draft.Draft;
import dev.troupe.planner.draft.TaskPlan;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Item;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.PlannedTask;
import dev.troupe.planner.graph.Requirements;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Scopes;
import dev.troupe.planner.graph.Standing;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagesPlanTest {
    private static final String QUESTION = "What is the total of receipt.png?";
    private static final String READ = "{\"id\": \"t1\", \"task\": \"image-to-text\", \"image\": \"receipt.png\"}";
    private static final String CHAIN = "{\"do\": \"tasks\", \"tasks\": [" + READ
            + ", {\"id\": \"t2\", \"task\": \"question-answering\", \"question\": \"What is the total?\","
            + " \"context\": \"t1\"}]}";

    private final List<Happened> history = new ArrayList<>();
    private final Map<String, Function<PlannedTask, TaskResult>> work = new HashMap<>();
    private final List<String> replies = new ArrayList<>();
    private final List<Effect.CallModel> calls = new ArrayList<>();
    private Happened.Recalled recalled = new Happened.Recalled(null, 0, List.of());
    private Map<String, Standing> standings = Map.of();
    private Allowance lease = Allowance.UNLIMITED;

    private static StagesPlan plan(Resource... resources) {
        return new StagesPlan(
                        "You help at a newsroom.",
                        "small",
                        Sampling.DEFAULT,
                        List.of(
                                expert("reader", "image-to-text"),
                                expert("minilm", "sentence-similarity"),
                                expert("ear", "voice-activity-detection"),
                                agent("writer", "text-generation", "question-answering"),
                                agent("clerk", "question-answering")),
                        Requirements.NONE,
                        StagesPlan.Options.DEFAULT,
                        1_000,
                        List.of())
                .withResources(List.of(resources));
    }

    private static Candidate expert(String name, String... capabilities) {
        return new Candidate(name, false, List.of(capabilities), "", "MIT", Device.Wish.AUTO);
    }

    private static Candidate agent(String name, String... capabilities) {
        return new Candidate(name, true, List.of(capabilities), "does what a " + name + " does", null, null);
    }

    private static TaskResult done(PlannedTask task, String text) {
        return new TaskResult(
                task,
                TaskState.DONE,
                "somebody",
                List.of(new Item(task.id(), new Value.Text(text))),
                List.of(),
                null,
                "",
                5,
                Usage.NONE,
                Money.ZERO);
    }

    private static TaskResult failed(PlannedTask task, ErrorCode code, String who, String why) {
        return new TaskResult(
                task, TaskState.FAILED, who, List.of(), List.of(who), code, why, 5, Usage.NONE, Money.ZERO);
    }

    private static TaskResult skipped(PlannedTask task) {
        return new TaskResult(
                task,
                TaskState.SKIPPED,
                null,
                List.of(),
                List.of(),
                null,
                "t1 was not done",
                0,
                Usage.NONE,
                Money.ZERO);
    }

    /** Does what is decided until it is over. */
    private Outcome run(StagesPlan plan) {
        for (int i = 0; i < 20; i++) {
            Decision decision = plan.next(QUESTION, history, lease, Duration.ofMinutes(1));
            switch (decision.effect()) {
                case Effect.Finish finish -> {
                    return finish.outcome();
                }
                case Effect.Recall recall -> history.add(recalled);
                case Effect.Survey survey -> history.add(new Happened.Surveyed(standings));
                case Effect.RunGraph run -> {
                    List<TaskResult> results = new ArrayList<>();
                    for (PlannedTask task : run.request().graph().tasks()) {
                        results.add(work.getOrDefault(task.id(), done -> done(done, "23.40"))
                                .apply(task));
                    }
                    history.add(new Happened.GraphRan(run, results, List.of()));
                }
                case Effect.CallModel call -> {
                    calls.add(call);
                    history.add(answer(call));
                }
                default -> throw new AssertionError(decision.effect());
            }
        }
        throw new AssertionError("it does not end: " + history);
    }

    private Happened answer(Effect.CallModel call) {
        String reply = replies.isEmpty() ? "" : replies.removeFirst();
        if (reply.startsWith("fails ")) {
            return new Happened.ModelFailed(call, ErrorCode.valueOf(reply.substring(6)), "model: " + reply);
        }
        return new Happened.ModelAnswered(
                call,
                new ChatResponse(
                        reply, List.of(), FinishReason.STOP, new Usage(100, 0, 20), "local/small", new Money(1_000)));
    }

    private static String answered(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Solved.class);
        return ((Outcome.Solved) outcome).answer();
    }

    private String receipt(StagesPlan plan, String stage) {
        return plan.accounts(QUESTION, history).stream()
                .filter(account -> account.stage().equals(stage))
                .map(Account::outcome)
                .findFirst()
                .orElse("");
    }

    @Test
    void chain_endsWithTheResultOfItsLastTask_withoutAnotherCall() {
        StagesPlan plan = plan(Scopes.RECEIPT);
        replies.addAll(List.of(CHAIN, "{\"t2\": \"clerk\"}"));
        assertThat(answered(run(plan))).isEqualTo("23.40");
        assertThat(calls).extracting(Effect.CallModel::rung).containsExactly("plan", "select");
        assertThat(receipt(plan, "plan")).isEqualTo("the model planned t1 image-to-text, t2 question-answering");
        assertThat(receipt(plan, "select")).isEqualTo("t1 reader, t2 clerk, chosen by the model");
        assertThat(receipt(plan, "respond")).isEqualTo("the result of t2 is the answer");
        assertThat(plan.planned(QUESTION, history))
                .extracting(result -> result.task().id())
                .containsExactly("t1", "t2");
    }

    @Test
    void whatIsLearned_isThePlanWithItsFiles() {
        StagesPlan plan = plan(Scopes.RECEIPT);
        replies.addAll(List.of(CHAIN, "{}"));
        Outcome.Solved solved = (Outcome.Solved) run(plan);
        assertThat(solved.language()).isEqualTo("plan");
        Lesson lesson = Lesson.read(String.valueOf(solved.code())).orElseThrow();
        assertThat(lesson.resources()).containsExactly(Scopes.RECEIPT);
        assertThat(lesson.plan()).contains("question-answering");
    }

    @Test
    void solvedPlanOfAnotherFile_isDoneAgainWithoutAModel_whereSomebodyVouchesForIt() {
        Resource other = new Resource("bill.png", Scopes.RECEIPT.type(), true, "");
        PlanExample example = new PlanExample(
                "d-3",
                "what is the total of  bill.png?",
                List.of(other),
                CHAIN.replace("receipt.png", "bill.png"),
                Judge.PERSON,
                0.9);
        recalled = new Happened.Recalled(null, 0, List.of(example));
        standings = Map.of("writer", problem("is busy"));
        StagesPlan plan = plan(Scopes.RECEIPT);
        assertThat(answered(run(plan))).isEqualTo("23.40");
        assertThat(calls).isEmpty();
        assertThat(receipt(plan, "plan"))
                .isEqualTo("as in d-3, without a model: t1 image-to-text, t2 question-answering");
    }

    @Test
    void candidatePlan_isShownAndNotDoneAgain() {
        PlanExample example = new PlanExample("d-3", QUESTION, List.of(Scopes.RECEIPT), CHAIN, Judge.NONE, 1);
        recalled = new Happened.Recalled(null, 0, List.of(example));
        replies.addAll(List.of(CHAIN, "{}"));
        run(plan(Scopes.RECEIPT));
        assertThat(calls.getFirst().request().messages()).contains(Message.assistant(CHAIN));
    }

    @Test
    void sureDraft_isThePlan() {
        Draft draft = new Draft(
                TaskPlan.chain(List.of("image-to-text", "question-answering")),
                List.of(new Draft.Ranked("image-to-text", 0.9), new Draft.Ranked("question-answering", 0.9)),
                0.9);
        recalled = new Happened.Recalled(draft, 30, List.of());
        standings = Map.of("writer", problem("is busy"));
        StagesPlan plan = plan(Scopes.RECEIPT);
        assertThat(answered(run(plan))).isEqualTo("23.40");
        assertThat(calls).isEmpty();
        assertThat(receipt(plan, "plan"))
                .isEqualTo("drafted without a model, 90 % sure: t1 image-to-text, t2 question-answering");
    }

    private static Standing problem(String why) {
        return new Standing(why, 0, 0, 0, 0, Duration.ZERO, Money.ZERO);
    }

    @Test
    void errors_areToldOnce_andTheMendedPlanIsCarriedOut() {
        replies.addAll(List.of(CHAIN.replace("receipt.png", "scan.png"), CHAIN, "{}"));
        assertThat(answered(run(plan(Scopes.RECEIPT)))).isEqualTo("23.40");
        assertThat(calls.get(1).request().messages().getLast().text())
                .contains("t1.image: scan.png (expected: image, one of receipt.png, or the id of a task)");
    }

    @Test
    void controllerThatNeverPlans_endsExplained() {
        replies.addAll(List.of("", "I'm sorry, I can't."));
        assertThat(run(plan(Scopes.RECEIPT)))
                .isInstanceOfSatisfying(
                        Outcome.Unsolved.class,
                        unsolved -> assertThat(unsolved.why()).startsWith("plan: the reply is no JSON"));
        assertThat(calls).hasSize(2);
    }

    @Test
    void controllerThatCannotBeAsked_isAFailure() {
        replies.add("fails PROVIDER_FAILED");
        assertThat(run(plan(Scopes.RECEIPT)))
                .isEqualTo(new Outcome.Failed(ErrorCode.PROVIDER_FAILED, "model: fails PROVIDER_FAILED"));
    }

    @Test
    void noTask_isPlainChat_andNoneThatFits_isSaid() {
        replies.addAll(List.of("{\"do\": \"talk\", \"tasks\": []}", "Hello!"));
        assertThat(answered(run(plan(Scopes.NOTE)))).isEqualTo("Hello!");
        history.clear();
        replies.add("{\"do\": \"refuse\", \"tasks\": []}");
        assertThat(answered(run(plan(Scopes.NOTE)))).startsWith("This cannot be done here");
    }

    @Test
    void finalFailure_isPlannedAroundOnce() {
        work.put("t2", task -> failed(task, ErrorCode.PROVIDER_FAILED, "clerk", "clerk: broke"));
        work.put("t3", task -> done(task, "The total is 23.40"));
        replies.addAll(List.of(
                CHAIN,
                "{}",
                "{\"do\": \"tasks\", \"tasks\": [{\"id\": \"t3\", \"task\": \"text-generation\", \"instruction\":"
                        + " \"Say the total.\", \"about\": [\"t1\"]}]}"));
        StagesPlan plan = plan(Scopes.RECEIPT);
        Outcome.Solved solved = (Outcome.Solved) run(plan);
        assertThat(solved.answer()).isEqualTo("The total is 23.40");
        assertThat(solved.code()).isNull();
        assertThat(calls.get(2).request().messages().getLast().text())
                .contains("t2 question-answering: failed, clerk: broke");
        assertThat(receipt(plan, "plan")).contains("planned the rest anew: t3 text-generation");
        assertThat(plan.planned(QUESTION, history)).hasSize(3);
    }

    @Test
    void failureThatStays_isTold_andNotHidden() {
        String both = "{\"do\": \"tasks\", \"tasks\": [" + READ
                + ", {\"id\": \"t2\", \"task\": \"voice-activity-detection\", \"audio\": \"call.wav\"}]}";
        work.put("t2", task -> failed(task, ErrorCode.TIMEOUT, "ear", "ear: no answer in 60 s"));
        replies.addAll(List.of(
                both,
                "{\"do\": \"refuse\", \"tasks\": []}",
                "{\"statements\": [{\"text\": \"The total is 23.40.\", \"from\": [\"t1\"]}]}"));
        Outcome.Solved solved = (Outcome.Solved) run(plan(Scopes.RECEIPT, Scopes.CALL));
        assertThat(solved.answer())
                .isEqualTo("The total is 23.40. [t1]\nNot done: t2 voice-activity-detection (ear: no answer in 60 s).");
        assertThat(solved.code()).isNull();
    }

    @Test
    void everythingFailed_saysWhatDid() {
        work.put("t1", task -> failed(task, ErrorCode.INPUT_INVALID, "reader", "receipt.png: no picture"));
        work.put("t2", StagesPlanTest::skipped);
        replies.addAll(List.of(CHAIN, "{}", "{\"do\": \"refuse\", \"tasks\": []}"));
        assertThat(run(plan(Scopes.RECEIPT)))
                .isEqualTo(new Outcome.Failed(ErrorCode.INPUT_INVALID, "t1 image-to-text: receipt.png: no picture"));
    }

    @Test
    void answerThatNoModelWrites_isTheResultsThemselves() {
        String two = "{\"do\": \"tasks\", \"tasks\": [" + READ + ", "
                + READ.replace("t1", "t2").replace("receipt", "other") + "]}";
        work.put("t2", task -> done(task, "7.10"));
        replies.addAll(List.of(two, "nonsense"));
        assertThat(answered(run(plan(Scopes.RECEIPT, Scopes.OTHER)))).isEqualTo("23.40 [t1]\n7.10 [t2]");
    }

    @Test
    void usedUpBudget_endsExplained() {
        lease = new Allowance(new Money(500), 10_000);
        replies.add(CHAIN.replace("receipt.png", "scan.png"));
        assertThat(run(plan(Scopes.RECEIPT)))
                .isEqualTo(new Outcome.Unsolved("the task's budget is used up", ErrorCode.BUDGET_EXHAUSTED, null));
    }

    @Test
    void resultsInThePrompt_keepToTheirBudget() {
        String two = "{\"do\": \"tasks\", \"tasks\": [" + READ + ", "
                + READ.replace("t1", "t2").replace("receipt", "other") + "]}";
        work.put("t1", task -> done(task, "word ".repeat(20_000)));
        replies.addAll(List.of(two, ""));
        run(plan(Scopes.RECEIPT, Scopes.OTHER));
        String prompt = calls.getLast().request().messages().getLast().text();
        assertThat(prompt.length()).isLessThan(3 * StagesPlan.Options.DEFAULT.resultTokens() + 500);
        assertThat(prompt).contains("[…]");
    }

    @Test
    void sameHistory_givesTheSameDecision() {
        replies.addAll(List.of(CHAIN, "{}"));
        StagesPlan plan = plan(Scopes.RECEIPT);
        run(plan);
        for (int i = 0; i <= history.size(); i++) {
            List<Happened> sofar = history.subList(0, i);
            @Nullable Decision one = plan.next(QUESTION, sofar, lease, Duration.ofMinutes(1));
            assertThat(plan.next(QUESTION, sofar, lease, Duration.ofMinutes(1))).isEqualTo(one);
        }
    }
}
