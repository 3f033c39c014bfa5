package dev.troupe.planner.stages;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.draft.Draft;
import dev.troupe.planner.graph.Binding;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.PlanReader;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.ladder.Decision.Kind;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.Happened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: a plan. One that was solved before is done again where only names of files differ; a draft that is sure
 * and leaves nothing open is the plan; else the controller is asked, and told of its errors once.
 */
final class Planning {
    /** Fewer solved requests say nothing about which tasks a request does not need. */
    private static final int FEWEST_LEARNED = 20;

    /** From fewer solved requests a draft is not sure of anything, whatever it says. */
    private static final int FEWEST_TO_DRAFT = 10;

    /** What a draft must be worth to stand in for a controller that makes no plan. */
    private static final double BETTER_THAN_NONE = 0.5;

    /** What is less likely than this is not shown, as long as enough is. */
    private static final double UNLIKELY = 0.02;

    private static final int FEWEST_SHOWN = 6;
    private static final int MOST_SHOWN = 10;

    private final Course course;
    private final StagesPlan plan;
    private List<PlanExample> examples = List.of();
    private @Nullable String replayed;

    Planning(Course course) {
        this.course = course;
        this.plan = course.plan();
    }

    /** The demonstration whose plan is done again, or null. */
    @Nullable
    String replayed() {
        return replayed;
    }

    /** The plan, or why there is none; null where something has to be done first, or the task is over. */
    PlanReader.@Nullable Reading first(Scope scope) {
        Happened.Recalled recalled = course.take(
                StagesPlan.PLAN,
                Happened.Recalled.class,
                new Effect.Recall(
                        course.question(), plan.capabilities(), plan.options().show()),
                Kind.SEARCH,
                "looks for plans of requests like this one");
        if (recalled == null) {
            return null;
        }
        examples = recalled.examples();
        // In the middle of a conversation, a request may mean something that it does not say.
        boolean alone = plan.earlier().isEmpty();
        Optional<TaskGraph> again = alone ? replay(scope) : Optional.empty();
        if (again.isPresent()) {
            return new PlanReader.Plan(again.get());
        }
        Draft draft = recalled.draft();
        Optional<TaskGraph> bound = draft == null || recalled.learned() < FEWEST_TO_DRAFT
                ? Optional.empty()
                : Binding.of(draft.plan(), scope, course.question());
        if (alone
                && draft != null
                && bound.isPresent()
                && draft.confidence() >= plan.options().sure()) {
            says("drafted without a model, %.0f %% sure: %s"
                    .formatted(100 * draft.confidence(), bound.get().told()));
            return new PlanReader.Plan(bound.get());
        }
        boolean better = draft != null && draft.confidence() >= BETTER_THAN_NONE;
        return asked(narrowed(scope, recalled), better ? bound : Optional.empty());
    }

    private void says(String outcome) {
        course.tallies().says(StagesPlan.PLAN, outcome);
    }

    private Optional<TaskGraph> replay(Scope scope) {
        for (PlanExample example : examples) {
            Optional<String> written = example.verified() == Judge.NONE
                    ? Optional.empty()
                    : SamePlan.of(example, course.question(), scope.resources());
            if (written.isPresent() && PlanReader.read(written.get(), scope) instanceof PlanReader.Plan same) {
                replayed = example.id();
                says("as in " + example.id() + ", without a model: "
                        + same.graph().told());
                return Optional.of(same.graph());
            }
        }
        return Optional.empty();
    }

    /** Only the tasks that are likely, where enough was learned to tell. */
    private static Scope narrowed(Scope scope, Happened.Recalled recalled) {
        Draft draft = recalled.draft();
        if (draft == null
                || (recalled.learned() < FEWEST_LEARNED && scope.capabilities().size() <= MOST_SHOWN)) {
            return scope;
        }
        Set<String> shown = new HashSet<>();
        Set<String> possible =
                scope.capabilities().stream().map(Capability::name).collect(Collectors.toSet());
        for (Draft.Ranked ranked : draft.ranking()) {
            if (!possible.contains(ranked.tool())) {
                continue;
            }
            if (shown.size() < FEWEST_SHOWN || (shown.size() < MOST_SHOWN && ranked.probability() >= UNLIKELY)) {
                shown.add(ranked.tool());
            }
        }
        List<Capability> likely = scope.capabilities().stream()
                .filter(capability -> shown.contains(capability.name()))
                .toList();
        Scope narrow = scope.only(likely).plausible();
        return narrow.capabilities().isEmpty() ? scope : narrow;
    }

    private PlanReader.@Nullable Reading asked(Scope scope, Optional<TaskGraph> bound) {
        PlanReader.Reading reading = ask(scope, List.of(), Kind.START_RUNG);
        if (reading instanceof PlanReader.Invalid && bound.isPresent()) {
            says("the draft instead: " + bound.get().told());
            return new PlanReader.Plan(bound.get());
        }
        return reading;
    }

    private PlanReader.@Nullable Reading ask(Scope scope, List<Message> before, Kind first) {
        List<Message> more = new ArrayList<>(before);
        List<String> problems = List.of();
        for (int turn = 1; turn <= StagesPlan.TRIES; turn++) {
            ChatRequest request = PlanPrompts.plan(plan, scope, examples, course.question(), more);
            Course.Said said = course.ask(
                    StagesPlan.PLAN,
                    Purpose.PLAN,
                    request,
                    turn == 1 ? first : Kind.RETRY,
                    turn == 1 ? "the controller plans" : String.join("; ", problems));
            if (said == null) {
                return null;
            }
            if (said.failed() != null) {
                return failed(said.failed());
            }
            PlanReader.Reading reading = said.whole()
                    ? PlanReader.read(said.text(), scope)
                    : new PlanReader.Invalid(List.of("the reply is cut at its token limit (expected: a shorter plan)"));
            if (!(reading instanceof PlanReader.Invalid invalid)) {
                says(told(reading, turn));
                return reading;
            }
            problems = invalid.problems();
            more.addAll(PlanPrompts.errors(said.text(), problems));
        }
        says("no plan that can be carried out (" + problems.getFirst() + ")");
        return new PlanReader.Invalid(problems);
    }

    private static String told(PlanReader.Reading reading, int turn) {
        String late = turn == 1 ? "" : ", after errors";
        return switch (reading) {
            case PlanReader.Plan planned ->
                "the model planned " + planned.graph().told() + late;
            case PlanReader.Talk talk -> "no task is needed" + late;
            case PlanReader.Refusal refusal -> "the model found no task for it" + late;
            case PlanReader.Invalid invalid -> "no plan";
        };
    }

    private PlanReader.@Nullable Reading failed(Happened.ModelFailed failed) {
        says("failed: " + failed.message());
        ErrorCode code = failed.code();
        course.end(
                code == ErrorCode.BUDGET_EXHAUSTED || code == ErrorCode.TIMEOUT
                        ? new Outcome.Unsolved(failed.message(), code, null)
                        : new Outcome.Failed(code, failed.message()));
        return null;
    }

    /** A plan for the rest; null where there is none. The task is not over because of that: something was done. */
    @Nullable
    TaskGraph again(Scope rest, TaskGraph before, List<TaskResult> results) {
        ChatRequest request =
                PlanPrompts.plan(plan, rest, examples, course.question(), PlanPrompts.again(before.json(), results));
        Course.Said said =
                course.ask(StagesPlan.PLAN, Purpose.PLAN, request, Kind.RETRY, "plans the rest: " + why(results));
        if (said == null || said.failed() != null) {
            return null;
        }
        if (PlanReader.read(said.text(), rest) instanceof PlanReader.Plan planned) {
            says("planned the rest anew: " + planned.graph().told());
            return planned.graph();
        }
        says("no other way was found");
        return null;
    }

    private static String why(List<TaskResult> results) {
        return results.stream()
                .filter(result -> !result.isDone())
                .findFirst()
                .map(result -> result.task().id() + " " + result.state().label().toLowerCase(Locale.ROOT) + ", "
                        + result.why())
                .orElse("");
    }
}
