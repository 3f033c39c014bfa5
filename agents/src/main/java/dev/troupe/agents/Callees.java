package dev.troupe.agents;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.ToolResult.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** Calls what a task's models may call: tools, and other agents by the protocol that all agents share. Blocks. */
final class Callees {
    private static final int SHOWN = 2_000;
    /** The other agent answers in time; this is for a team that is gone. */
    private static final Duration GONE = Duration.ofSeconds(5);

    private final TeamSetup setup;
    private final Job job;
    private final CallContext context;
    private final TeamActors actors;

    Callees(TeamSetup setup, Job job, CallContext context, TeamActors actors) {
        this.setup = setup;
        this.job = job;
        this.context = context;
        this.actors = actors;
    }

    Happened call(Effect.CallTool call) {
        job.publish(new TaskEvent.ToolCalled(call.stage(), call.tool(), cut(call.arguments())));
        long start = System.nanoTime();
        ToolResult result = result(call);
        Problem problem = result.problem();
        String label = problem == null ? null : problem.label();
        job.publish(new TaskEvent.ToolEnded(call.tool(), label, cut(result.text()), millisSince(start)));
        return new Happened.ToolCalled(call, label, result.told());
    }

    private ToolResult result(Effect.CallTool call) {
        Offer offer = job.plan().offer();
        if (!offer.hasTool(call.tool())) {
            // Another agent's tools are none of its own.
            List<String> names =
                    offer.asTools().stream().map(tool -> tool.name()).toList();
            return ToolResult.failed(Problem.UNKNOWN_TOOL, call.tool() + " (expected: one of " + names + ")");
        }
        try {
            return setup.tools().call(call.tool(), call.arguments(), context);
        } catch (TroupeException e) {
            Problem problem = e.code() == ErrorCode.TIMEOUT ? Problem.TIMED_OUT : Problem.FAILED;
            return ToolResult.failed(problem, String.valueOf(e.getMessage()));
        }
    }

    Happened ask(Effect.AskAgent ask) {
        String part = TaskIds.next(setup.clock());
        String to = ask.to().name().toLowerCase(Locale.ROOT);
        job.publish(new TaskEvent.AgentAsked(ask.agent(), to, cut(ask.question()), part));
        long start = System.nanoTime();
        Happened.AgentAsked happened = happened(ask, outcome(ask, part));
        job.publish(new TaskEvent.AgentEnded(
                ask.agent(), part, happened.answer() != null, cut(happened.told()), millisSince(start)));
        return happened;
    }

    private Agent.Outcome outcome(Effect.AskAgent ask, String part) {
        ActorRef<Agent.Command> team = actors.team();
        try {
            context.check();
            Duration within = job.deadline().remaining();
            CompletableFuture<Agent.Outcome> outcome = AskPattern.<Agent.Command, Agent.Outcome>ask(
                            team,
                            replyTo -> new Agent.Ask(
                                    /* task= */ part,
                                    /* parent= */ job.task(),
                                    job.ask().tenant(),
                                    ask.agent(),
                                    part,
                                    List.of(new Agent.Part.Text(ask.question())),
                                    within,
                                    ask.limit(),
                                    ChatOptions.NONE,
                                    null,
                                    replyTo),
                            within.plus(GONE),
                            actors.system().scheduler())
                    .toCompletableFuture();
            try (Cancellation.Registration ignored = context.cancellation()
                    .onCancel(() -> team.tell(new Agent.Cancel(part, "the task that it is a part of was cancelled")))) {
                return outcome.get();
            }
        } catch (InterruptedException e) {
            team.tell(new Agent.Cancel(part, "nobody waits for it any more"));
            return failed(part, ErrorCode.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            return failed(part, ErrorCode.TIMEOUT, "no answer in time");
        } catch (TroupeException e) {
            return failed(part, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static Agent.Failed failed(String part, ErrorCode code, String message) {
        return new Agent.Failed(part, code, message, null, null, null);
    }

    private static Happened.AgentAsked happened(Effect.AskAgent ask, Agent.Outcome outcome) {
        return switch (outcome) {
            case Agent.Answered answered -> {
                TaskRecord record = answered.record();
                yield new Happened.AgentAsked(
                        ask, record.answer(), record.answer(), record.verified(), null, record.receipt());
            }
            case Agent.Failed failed -> none(ask, failed.code(), failed.message(), failed.record());
            case Agent.Rejected rejected -> none(ask, rejected.code(), rejected.message(), null);
            case Agent.Overloaded overloaded -> none(ask, ErrorCode.OVERLOADED, overloaded.message(), null);
            case Agent.Cancelled cancelled -> none(ask, ErrorCode.CANCELLED, cancelled.why(), cancelled.record());
        };
    }

    private static Happened.AgentAsked none(
            Effect.AskAgent ask, @Nullable ErrorCode code, String why, @Nullable TaskRecord record) {
        Receipt receipt = record == null ? null : record.receipt();
        return new Happened.AgentAsked(
                ask, null, "ERROR: " + ask.agent() + " has no answer: " + why, Judge.NONE, code, receipt);
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
