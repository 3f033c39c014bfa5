package dev.troupe.agents;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.knowledge.replay.ReplayView;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.HostCalls;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the planner decided, in plain blocking Java on the calling (virtual) thread. Whatever goes wrong
 * becomes an event of the task's history: the planner decides what follows from it.
 */
final class EffectRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    /** What a reply is allowed where neither the request nor the budget says. */
    private static final int MAX_REPLY = 4_096;

    private static final int SHORTEST_REPLY = 16;

    /** The most turns of a conversation that are looked at: more than any prompt tells. */
    private static final int MOST_TURNS = 100;

    private final TeamSetup setup;
    private final Job job;
    private final CallContext context;
    private final TeamActors actors;

    private final Callees callees;

    EffectRunner(TeamSetup setup, Job job, CallContext context, TeamActors actors) {
        this.setup = setup;
        this.job = job;
        this.context = context;
        this.actors = actors;
        this.callees = new Callees(setup, job, context, actors);
    }

    /**
     * What came of an effect.
     *
     * @param wallMillis how long it took
     * @param artifacts files that it wrote
     * @param calls what a program had to do with hosts
     */
    record Performed(Happened happened, long wallMillis, List<Path> artifacts, List<HostCalls> calls) {}

    /**
     * The task with what was said in its conversation before and with its files.
     *
     * @throws TroupeException {@code INPUT_INVALID} or {@code NOT_FOUND} when a file cannot be taken
     */
    Job lookedUp() {
        List<Path> attached = job.ask().parts().stream()
                .filter(Agent.Part.FileHandle.class::isInstance)
                .map(part -> Path.of(((Agent.Part.FileHandle) part).path()))
                .toList();
        GraphFiles files = job.files().with(attached);
        return job.with(inConversation().withResources(files.attached()), files);
    }

    private AgentPlan inConversation() {
        ChatOptions options = job.options();
        List<TaskRecord> turns = options.messages() != null
                ? List.of()
                : new Conversations(setup.journal())
                        .turns(job.ask().tenant(), setup.team(), job.ask().conversation(), MOST_TURNS);
        return job.plan().inConversation(turns, options);
    }

    Performed perform(Effect effect) {
        long start = System.nanoTime();
        Result result = switch (effect) {
            case Effect.Search search -> new Result(search(search));
            case Effect.FindReplay replay -> new Result(findReplay(replay));
            case Effect.CallModel call -> new Result(call(call));
            case Effect.RunCode run -> run(run);
            case Effect.CallTool call -> new Result(callees.call(call));
            case Effect.AskAgent ask -> new Result(callees.ask(ask));
            case Effect.AskVerdict ask ->
                new Result(new Happened.VerdictGiven(
                        ask, setup.verdicts().right(job.task(), job.question(), ask.answer())));
            case Effect.Recall recall -> new Result(recall(recall));
            case Effect.Survey survey -> new Result(new Happened.Surveyed(actors.survey(setup, survey.candidates())));
            case Effect.RunGraph graph ->
                throw new IllegalArgumentException("effect: a graph (expected: an actor does it)");
            case Effect.Finish finish -> throw new IllegalArgumentException("effect: finish (expected: work)");
        };
        return new Performed(result.happened, (System.nanoTime() - start) / 1_000_000, result.artifacts, result.calls);
    }

    private record Result(Happened happened, List<Path> artifacts, List<HostCalls> calls) {
        Result(Happened happened) {
            this(happened, List.of(), List.of());
        }
    }

    private Happened search(Effect.Search search) {
        try {
            return new Happened.Found(setup.demonstrations()
                    .search(job.ask().tenant(), setup.team(), search.question(), search.limit(), search.similarity()));
        } catch (RuntimeException e) {
            // Help that is not there must not keep anybody from trying.
            LOG.warn("task {}: the search for solved questions failed", job.task(), e);
            return new Happened.Found(List.of());
        }
    }

    private Happened recall(Effect.Recall recall) {
        try {
            return actors.memory() == null
                    ? new Happened.Recalled(null, 0, List.of())
                    : actors.memory()
                            .recall(job.ask().tenant(), recall.question(), recall.capabilities(), recall.show());
        } catch (RuntimeException e) {
            // As with the search for solved questions.
            LOG.warn("task {}: the search for solved plans failed", job.task(), e);
            return new Happened.Recalled(null, 0, List.of());
        }
    }

    private Happened findReplay(Effect.FindReplay search) {
        try {
            ZonedDateTime now = job.arrived().atZone(setup.clock().getZone());
            ReplayView.Found found =
                    setup.replays().find(job.ask().tenant(), setup.team(), search.question(), now, search.alike());
            return new Happened.ReplayFound(search, found.replay(), found.source());
        } catch (RuntimeException e) {
            LOG.warn("task {}: the search for a program to run again failed", job.task(), e);
            return new Happened.ReplayFound(search, new Replay.Abstained("the search for one failed"), null);
        }
    }

    private Happened call(Effect.CallModel call) {
        try {
            return new Happened.ModelAnswered(call, chat(call));
        } catch (TroupeException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                LOG.error("task {}: model {} failed unexpectedly", job.task(), call.model(), e);
            }
            return new Happened.ModelFailed(call, e.code(), withHint(e), e.spent(), e.cost());
        } catch (RuntimeException e) {
            LOG.error("task {}: model {} failed unexpectedly", job.task(), call.model(), e);
            return new Happened.ModelFailed(call, ErrorCode.INTERNAL, "model " + call.model() + ": " + e);
        }
    }

    private ChatResponse chat(Effect.CallModel call) {
        context.check();
        ChatModel model = setup.models().get(call.model());
        if (model == null) {
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "model: " + call.model() + " (expected: one of "
                            + setup.models().keySet() + ")",
                    null);
        }
        ChatResponse response = model.chat(fitted(call, model), text -> streamed(call, text), context);
        if (call.purpose() == Effect.Purpose.JUDGE) {
            job.publish(new TaskEvent.Judgement(response.text()));
        }
        return response;
    }

    private void streamed(Effect.CallModel call, String text) {
        if (call.purpose() == Effect.Purpose.SOLVE && !text.isEmpty()) {
            job.publish(new TaskEvent.TextDelta(call.rung(), text));
        }
    }

    /**
     * Lowers the reply's room to what the task's budget leaves. Counting a prompt may take a call of the model's
     * process, so it is done only where there is a limit.
     */
    private ChatRequest fitted(Effect.CallModel call, ChatModel model) {
        Integer named = call.request().sampling().maxTokens();
        int wanted = named == null ? MAX_REPLY : named;
        if (call.limit().equals(Allowance.UNLIMITED)) {
            return call.request();
        }
        long prompt = model.countTokens(call.request());
        long room = Math.min(wanted, call.limit().tokens() - prompt);
        if (room < SHORTEST_REPLY) {
            throw exhausted(
                    call.limit().tokens() + " tokens left",
                    prompt + SHORTEST_REPLY + " tokens or more for this prompt");
        }
        Money most =
                setup.prices().cost(model.name(), new Usage(prompt, 0, room)).orElse(Money.ZERO);
        if (most.picodollars() > 0 && most.compareTo(call.limit().money()) > 0) {
            throw exhausted(call.limit().money() + " left", "up to " + most + " for a call of " + model.name());
        }
        return call.request().withSampling(call.request().sampling().withMaxTokens((int) room));
    }

    private static TroupeException exhausted(String left, String wanted) {
        return new TroupeException(
                ErrorCode.BUDGET_EXHAUSTED,
                "budget of the task: " + left + " (expected: " + wanted + ")",
                "raise the budget in the team file");
    }

    private Result run(Effect.RunCode run) {
        try {
            context.check();
            Path folder =
                    setup.workFolders().open(job.ask().tenant(), job.place().folder());
            CodeRequest request = new CodeRequest(run.language(), run.source(), folder);
            job.publish(new TaskEvent.Code(run.rung(), run.language(), run.source()));
            CodeResult result =
                    setup.code().run(request, chunk -> job.publish(new TaskEvent.OutputChunk(chunk)), context);
            String end = result.end().name().toLowerCase(Locale.ROOT);
            boolean executed = result.end() != CodeResult.End.UNPARSEABLE;
            job.publish(new TaskEvent.CodeEnded(
                    executed ? result.exitCode() : null, end, result.wall().toMillis()));
            if (!executed) {
                return new Result(new Happened.CodeUnparseable(run, result.output()));
            }
            return new Result(
                    new Happened.CodeRan(run, result.exitCode(), output(result), end, result.responses()),
                    result.artifacts(),
                    result.calls());
        } catch (TroupeException e) {
            return new Result(new Happened.CodeFailed(run, e.code(), withHint(e)));
        } catch (RuntimeException e) {
            LOG.error("task {}: the code executor failed unexpectedly", job.task(), e);
            return new Result(new Happened.CodeFailed(run, ErrorCode.INTERNAL, "code executor: " + e));
        }
    }

    /** A program that fails over a refused request rarely shows why: many clients hide what they were answered. */
    private static String output(CodeResult result) {
        return result.succeeded() || result.refusals().isEmpty()
                ? result.output()
                : "[refused] " + String.join("\n[refused] ", result.refusals()) + "\n" + result.output();
    }

    private static String withHint(TroupeException e) {
        return e.getMessage() + (e.hint() == null ? "" : "; " + e.hint());
    }
}
