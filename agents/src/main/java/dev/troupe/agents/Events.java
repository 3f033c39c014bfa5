package dev.troupe.agents;

import dev.troupe.agents.graph.GraphRun;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What decisions and their results look like to those who watch. */
final class Events {
    private Events() {}

    /** What is told before a decision is carried out. */
    static List<TaskEvent.What> of(AgentPlan plan, String question, Decision decision, List<Happened> history) {
        List<TaskEvent.What> events = new ArrayList<>();
        if (decision.effect() instanceof Effect.CallModel call) {
            String rung = call.rung();
            switch (decision.kind()) {
                case START_RUNG -> {
                    demonstrations(plan, question, history).forEach(events::add);
                    events.add(started(plan, call));
                }
                case ESCALATE -> {
                    if (history.stream().noneMatch(Events::isOfAModel)) {
                        demonstrations(plan, question, history).forEach(events::add);
                    }
                    events.add(new TaskEvent.Escalated(rung, decision.why()));
                    events.add(started(plan, call));
                }
                case RETRY, GO_ON -> events.add(new TaskEvent.Retried(rung, decision.why()));
                case VERIFY -> {
                    String answer = plan.judged(question, history).orElse("");
                    events.add(new TaskEvent.Verifying(call.model(), answer));
                }
                case SEARCH, RUN, CALL, FINISH -> throw new IllegalArgumentException("decision: " + decision.kind());
            }
        }
        if (decision.effect() instanceof Effect.AskAgent ask && ask.to() == Offer.To.REVIEW) {
            String answer = plan.judged(question, history).orElse("");
            events.add(new TaskEvent.Verifying(ask.agent(), answer));
        }
        if (decision.effect() instanceof Effect.RunGraph run) {
            events.add(drawn(run.request().graph()));
        }
        return events;
    }

    private static TaskEvent.PlanDrawn drawn(TaskGraph graph) {
        return new TaskEvent.PlanDrawn(graph.tasks().stream()
                .map(task -> new TaskEvent.Planned(
                        task.id(), task.capability().name(), task.inputs(), List.copyOf(task.after())))
                .toList());
    }

    /** What is told of a task of a plan. */
    static TaskEvent.What of(GraphRun.Progress progress) {
        return new TaskEvent.PlanTask(
                progress.task().id(),
                progress.state().label(),
                progress.candidate(),
                progress.wallMillis(),
                progress.why());
    }

    private static boolean isOfAModel(Happened happened) {
        return happened instanceof Happened.ModelAnswered || happened instanceof Happened.ModelFailed;
    }

    private static TaskEvent.What started(AgentPlan plan, Effect.CallModel call) {
        return new TaskEvent.RungStarted(call.rung(), call.model(), plan.turns(call.rung()));
    }

    private static List<TaskEvent.DemonstrationShown> demonstrations(
            AgentPlan plan, String question, List<Happened> history) {
        return plan.shown(question, history).stream()
                .map(match -> new TaskEvent.DemonstrationShown(
                        match.demonstration().id(),
                        match.demonstration().question(),
                        match.demonstration().verified(),
                        match.similarity()))
                .toList();
    }

    /** What is told of a result that was not told while it came about. */
    static Optional<TaskEvent.What> of(Happened happened) {
        return switch (happened) {
            case Happened.ReplayFound found ->
                Optional.of(new TaskEvent.Replay(
                        found.search().rung(),
                        found.source() == null ? null : found.source().id(),
                        switch (found.replay()) {
                            case Replay.Ready ready -> ready.text();
                            case Replay.Abstained abstained -> abstained.reason();
                        }));
            case Happened.ModelAnswered answered ->
                Optional.of(new TaskEvent.Called(
                        answered.call().model(),
                        answered.response().usage().inputTokens(),
                        answered.response().usage().cachedTokens(),
                        answered.response().usage().outputTokens(),
                        answered.response().cost().toDecimal()));
            case Happened.ModelFailed failed ->
                Optional.of(new TaskEvent.ModelFailed(
                        failed.call().model(), failed.code().name(), failed.message()));
            case Happened.CodeFailed failed ->
                Optional.of(new TaskEvent.OutputChunk(failed.code().name() + ": " + failed.message()));
            default -> Optional.empty();
        };
    }

    /** The best of the demonstrations that the rungs are shown, or null. */
    static @Nullable String shown(AgentPlan plan, String question, List<Happened> history) {
        return plan.shown(question, history).stream()
                .findFirst()
                .map(match -> match.demonstration().id())
                .orElse(null);
    }

    static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> "";
            case Outcome.Unsolved unsolved -> unsolved.why();
            case Outcome.Failed failed -> failed.message();
        };
    }
}
