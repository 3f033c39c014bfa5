package dev.troupe.agents.graph;

import dev.troupe.agents.expert.ExpertActor;
import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.planner.graph.Item;
import dev.troupe.planner.graph.PlannedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One candidate's attempt at one task: reads what it needs, asks, and says what came of it. Where the task is done for each
 * of several values, some are worked on at a time. When it is stopped, whoever works for it is told to stop too.
 */
final class Attempt extends AbstractMatchingBehavior<Attempt.Command> {
    /** For what should have answered by the deadline and has not. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Executor VIRTUAL =
            work -> Thread.ofVirtual().name("task-input").start(work);

    sealed interface Command {}

    private record Ready(int set, Inputs inputs) implements Command {}

    private record Worded(int set, AgentWords.Told told) implements Command {}

    private record Given(int set, Value value) implements Command {}

    private record Replied(int set, AgentAsker.Reply reply) implements Command {}

    private record Broke(ErrorCode code, String message) implements Command {}

    private enum Late implements Command {
        TIME_IS_UP
    }

    /**
     * What is to be done.
     *
     * @param number tells attempts at one task apart
     * @param window sets of arguments at a time
     * @param mostSets altogether
     */
    record Work(
            PlannedTask task,
            Candidate candidate,
            int number,
            TaskInputs inputs,
            String tenant,
            Deadline deadline,
            int window,
            int mostSets,
            Money money,
            long tokens) {}

    /** What came of it. */
    sealed interface Ended {
        Usage usage();

        Money cost();
    }

    /** It is done. */
    record Succeeded(List<Item> items, Usage usage, Money cost) implements Ended {}

    /** It is not. */
    record Failed(ErrorCode code, String message, Usage usage, Money cost) implements Ended {}

    private final Work work;
    private final ActorRef<ExpertPool.Command> experts;
    private final AgentAsker agents;
    private final Consumer<Ended> whenOver;
    private final @Nullable Item[] items;
    private final Map<Integer, ActorRef<ExpertActor.Outcome>> asked = new HashMap<>();
    private final Map<Integer, Runnable> cancels = new HashMap<>();
    private final List<AgentAsker.Reply> replies = new ArrayList<>();
    private int begun;
    private int done;

    private Attempt(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Work work,
            ActorRef<ExpertPool.Command> experts,
            AgentAsker agents,
            Consumer<Ended> whenOver) {
        super(context);
        this.work = work;
        this.experts = experts;
        this.agents = agents;
        this.whenOver = whenOver;
        this.items = new Item[work.inputs().count()];
        timers.startSingleTimer(Late.TIME_IS_UP, work.deadline().remaining().plus(GRACE));
    }

    /** @param whenOver is told once, on this actor's thread */
    static Behavior<Command> create(
            Work work, ActorRef<ExpertPool.Command> experts, AgentAsker agents, Consumer<Ended> whenOver) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Attempt(context, timers, work, experts, agents, whenOver).begin()));
    }

    private Behavior<Command> begin() {
        if (items.length > work.mostSets()) {
            return fail(
                    ErrorCode.INPUT_INVALID,
                    "%d values (expected: at most %d for %s)"
                            .formatted(
                                    items.length,
                                    work.mostSets(),
                                    work.candidate().name()));
        }
        if (items.length == 0) {
            return fail(ErrorCode.INPUT_INVALID, "an empty list (expected: at least one value)");
        }
        for (int i = 0; i < work.window(); i++) {
            more();
        }
        return this;
    }

    /** Begins with the next set of arguments. */
    private void more() {
        if (begun < items.length) {
            int set = begun++;
            boolean agent = work.candidate().agent();
            pipe(() -> agent
                    ? new Worded(set, AgentWords.of(work.task(), work.inputs().forAgent(set)))
                    : new Ready(set, work.inputs().forExpert(kind(), set)));
        }
    }

    private Task kind() {
        return Capabilities.task(work.task().capability())
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        work.candidate().name() + ": "
                                + work.task().capability().name() + " (expected: an expert's task)",
                        null));
    }

    private void pipe(java.util.function.Supplier<Command> step) {
        getContext()
                .pipeToSelf(
                        CompletableFuture.supplyAsync(step, VIRTUAL),
                        (command, failure) -> command != null ? command : broke(failure));
    }

    private Broke broke(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TroupeException known) {
            return new Broke(known.code(), known.getMessage() + (known.hint() == null ? "" : "; " + known.hint()));
        }
        getContext()
                .getLog()
                .error("task {}: could not be prepared", work.task().id(), cause);
        return new Broke(ErrorCode.PROVIDER_FAILED, String.valueOf(cause));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Ready ready -> apply(ready);
            case Worded worded -> ask(worded);
            case Given given -> given(given.set(), given.value());
            case Replied replied -> replied(replied);
            case Broke broke -> fail(broke.code(), broke.message());
            case Late late -> fail(ErrorCode.TIMEOUT, work.candidate().name() + ": no answer in time");
        };
    }

    private Behavior<Command> apply(Ready ready) {
        Duration wait = work.deadline().remaining().plus(GRACE);
        getContext()
                .ask(
                        ExpertActor.Outcome.class,
                        experts,
                        wait,
                        (ActorRef<ExpertActor.Outcome> replyTo) -> {
                            asked.put(ready.set(), replyTo);
                            return new ExpertPool.Tell(
                                    work.candidate().name(),
                                    new ExpertActor.Apply(ready.inputs(), work.tenant(), work.deadline(), replyTo));
                        },
                        (outcome, failure) -> said(ready, outcome));
        return this;
    }

    private Command said(Ready ready, ExpertActor.@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> new Broke(ErrorCode.TIMEOUT, work.candidate().name() + ": no answer in time");
            case ExpertActor.Failed failed ->
                new Broke(failed.code(), failed.message() + (failed.hint() == null ? "" : "; " + failed.hint()));
            case ExpertActor.Applied applied -> {
                try {
                    yield new Given(ready.set(), work.inputs().understood(applied.value(), ready.inputs()));
                } catch (TroupeException e) {
                    yield broke(e);
                }
            }
        };
    }

    private Behavior<Command> given(int set, Value value) {
        asked.remove(set);
        items[set] = new Item(work.inputs().name(set), value);
        done++;
        if (done == items.length) {
            List<Item> all = new ArrayList<>();
            for (Item item : items) {
                all.add(Objects.requireNonNull(item));
            }
            return end(new Succeeded(all, usage(), cost()));
        }
        more();
        return this;
    }

    private Behavior<Command> ask(Worded worded) {
        ActorRef<Command> self = getContext().getSelf();
        String part = work.task().id()
                + (items.length == 1 ? "" : "." + (worded.set() + 1))
                + (work.number() == 1 ? "" : "-" + work.number());
        Usage usage = usage();
        cancels.put(
                worded.set(),
                agents.ask(
                        new AgentAsker.Question(
                                work.candidate().name(),
                                part,
                                worded.told().text(),
                                worded.told().files(),
                                work.deadline().remaining(),
                                work.money().minus(cost()),
                                Math.max(0, work.tokens() - usage.totalTokens())),
                        reply -> self.tell(new Replied(worded.set(), reply))));
        return this;
    }

    private Behavior<Command> replied(Replied replied) {
        cancels.remove(replied.set());
        replies.add(replied.reply());
        ErrorCode code = replied.reply().code();
        return code == null
                ? given(replied.set(), new Value.Text(replied.reply().text()))
                : fail(code, work.candidate().name() + ": " + replied.reply().text());
    }

    private Usage usage() {
        return replies.stream().map(AgentAsker.Reply::usage).reduce(Usage.NONE, Usage::plus);
    }

    private Money cost() {
        return replies.stream().map(AgentAsker.Reply::cost).reduce(Money.ZERO, Money::plus);
    }

    private Behavior<Command> fail(ErrorCode code, String message) {
        return end(new Failed(code, message, usage(), cost()));
    }

    private Behavior<Command> end(Ended ended) {
        whenOver.accept(ended);
        return Behaviors.stopped();
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            asked.values()
                    .forEach(asker -> experts.tell(
                            new ExpertPool.Tell(work.candidate().name(), new ExpertActor.Withdraw(asker))));
            cancels.values().forEach(Runnable::run);
            return this;
        }
        return Behaviors.unhandled();
    }
}
