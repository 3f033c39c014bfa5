package dev.troupe.agents.graph;

import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.GraphRequest;
import dev.troupe.planner.graph.Item;
import dev.troupe.planner.graph.PlannedTask;
import dev.troupe.planner.graph.Schedule;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Executes a graph: starts what {@link Schedule} says, each attempt as a child, and gives a result for each task in the end,
 * by its deadline at the latest. Stopping it stops all that works for it.
 */
public final class GraphRun extends AbstractMatchingBehavior<GraphRun.Command> {
    /** What it understands. Local only: values travel as they are. */
    public sealed interface Command {}

    /** Stop; the results so far are given. */
    public record Cancel(String why) implements Command {}

    private record AttemptEnded(String id, int number, Attempt.Ended ended) implements Command {}

    private record AttemptDied(String id, int number) implements Command {}

    private record StartAgain(Schedule.Start start) implements Command {}

    /**
     * A task of the graph has come on.
     *
     * @param candidate who works on it, or did; null where nobody does
     * @param why in words; empty where there is nothing to say
     */
    public record Progress(
            PlannedTask task, TaskState state, @Nullable String candidate, long wallMillis, String why) {}

    /**
     * Who works for it.
     *
     * @param tenant for whom
     * @param progress is told what comes on, on this actor's thread
     */
    public record Means(
            ActorRef<ExpertPool.Command> experts,
            AgentAsker agents,
            GraphFiles files,
            GraphLimits limits,
            String tenant,
            Consumer<Progress> progress) {}

    private final GraphRequest request;
    private final Means means;
    private final Deadline deadline;
    private final Consumer<List<TaskResult>> whenOver;
    private final TimerScheduler<Command> timers;
    private final Schedule schedule;
    private final Map<String, Running> tasks = new LinkedHashMap<>();
    private final Map<String, List<Item>> values = new LinkedHashMap<>();
    private long spawned;

    private GraphRun(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            GraphRequest request,
            Means means,
            Deadline deadline,
            Consumer<List<TaskResult>> whenOver) {
        super(context);
        this.timers = timers;
        this.request = request;
        this.means = means;
        this.deadline = deadline;
        this.whenOver = whenOver;
        request.known().forEach(result -> values.put(result.task().id(), result.values()));
        this.schedule = new Schedule(
                request.graph(),
                request.candidates(),
                values.keySet(),
                means.limits().parallel());
        request.graph().tasks().forEach(task -> tasks.put(task.id(), new Running(task)));
    }

    /**
     * Begins at once.
     *
     * @param whenOver gets a result for each task, in the graph's order, once, on this actor's thread
     */
    public static Behavior<Command> create(
            GraphRequest request, Means means, Deadline deadline, Consumer<List<TaskResult>> whenOver) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new GraphRun(context, timers, request, means, deadline, whenOver).begin()));
    }

    private Behavior<Command> begin() {
        request.nobody().forEach((id, why) -> task(id).why = why);
        tasks.values().stream()
                .filter(task -> schedule.state(task.planned.id()) == TaskState.FAILED)
                .forEach(task -> {
                    task.code = ErrorCode.MODEL_UNAVAILABLE;
                    tell(task);
                });
        skipped();
        return goOn();
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case AttemptEnded ended -> ended(ended);
            case AttemptDied died -> died(died);
            case StartAgain again -> {
                if (schedule.state(again.start().task().id()) == TaskState.RUNNING) {
                    attempt(again.start());
                }
                yield this;
            }
            case Cancel cancel -> cancel(cancel.why());
        };
    }

    private Behavior<Command> goOn() {
        List<Schedule.Start> starts = schedule.start();
        while (!starts.isEmpty()) {
            for (Schedule.Start start : starts) {
                if (deadline.hasPassed()) {
                    Running task = task(start.task().id());
                    failed(task, ErrorCode.TIMEOUT, "no time was left for it");
                } else if (start.again()) {
                    timers.startSingleTimer(
                            start, new StartAgain(start), means.limits().pause());
                } else {
                    attempt(start);
                }
            }
            starts = schedule.start();
        }
        return schedule.isOver() ? end() : this;
    }

    private void attempt(Schedule.Start start) {
        Running task = task(start.task().id());
        Candidate candidate = start.candidate();
        task.number++;
        task.candidate = candidate.name();
        if (task.number == 1) {
            task.sinceNanos = System.nanoTime();
            task.deadline = candidate.agent()
                    ? deadline
                    : deadline.earlier(Deadline.after(means.limits().taskTime()));
        }
        // Each of those who may still have to try gets a like share of the time.
        Deadline own = candidate.agent() && start.others() == 0
                ? deadline
                : Deadline.after(task.deadline.remaining().dividedBy(1 + start.others()));
        boolean agent = candidate.agent();
        reserve(task, agent);
        Attempt.Work work = new Attempt.Work(
                task.planned,
                candidate,
                task.number,
                new TaskInputs(task.planned, means.files(), values),
                means.tenant(),
                own,
                agent ? 1 : means.limits().items(),
                agent ? means.limits().mostAskedItems() : means.limits().mostItems(),
                task.money,
                task.tokens);
        String id = task.planned.id();
        int number = task.number;
        ActorRef<Command> self = getContext().getSelf();
        task.attempt = getContext()
                .spawn(
                        Behaviors.supervise(Attempt.create(
                                        work,
                                        means.experts(),
                                        means.agents(),
                                        ended -> self.tell(new AttemptEnded(id, number, ended))))
                                .onFailure(SupervisorStrategy.stop()),
                        "attempt-" + spawned++);
        getContext().watchWith(task.attempt, new AttemptDied(id, number));
        tell(task);
    }

    /** Sets aside a like share of what is left for each agent's task that is not over. */
    private void reserve(Running task, boolean agent) {
        task.money = Money.ZERO;
        task.tokens = 0;
        if (!agent) {
            return;
        }
        Money money = request.money();
        long tokens = request.tokens();
        int waiting = 1;
        for (Running other : tasks.values()) {
            money = money.minus(other.cost).minus(other.money);
            tokens = tokens - other.usage.totalTokens() - other.tokens;
            boolean byAgent =
                    !candidates(other).isEmpty() && candidates(other).getFirst().agent();
            waiting += other != task && byAgent && schedule.state(other.planned.id()) == TaskState.WAITING ? 1 : 0;
        }
        task.money = new Money(Math.max(0, money.picodollars() / waiting));
        task.tokens = Math.max(0, tokens / waiting);
    }

    private List<Candidate> candidates(Running task) {
        return request.candidates().getOrDefault(task.planned.id(), List.of());
    }

    private Behavior<Command> ended(AttemptEnded message) {
        Running task = task(message.id());
        if (task.number != message.number() || schedule.state(message.id()) != TaskState.RUNNING) {
            return this;
        }
        task.settle(message.ended());
        switch (message.ended()) {
            case Attempt.Succeeded succeeded -> {
                values.put(message.id(), succeeded.items());
                schedule.done(message.id());
                task.why = "";
                tell(task);
            }
            case Attempt.Failed failed -> failed(task, failed.code(), failed.message());
        }
        return goOn();
    }

    private Behavior<Command> died(AttemptDied died) {
        Running task = task(died.id());
        if (task.number != died.number() || task.attempt == null) {
            return this;
        }
        failed(task, ErrorCode.PROVIDER_FAILED, task.candidate + ": a fault of Troupe's own; the log has the details");
        return goOn();
    }

    private void failed(Running task, ErrorCode code, String message) {
        task.attempt = null;
        String candidate = task.candidate;
        if (candidate != null && !task.tried.contains(candidate)) {
            task.tried.add(candidate);
        }
        task.code = code;
        task.why = message;
        boolean goesOn = schedule.failed(task.planned.id(), code);
        tell(task);
        if (!goesOn) {
            skipped();
        }
    }

    private void skipped() {
        for (Running task : tasks.values()) {
            if (schedule.state(task.planned.id()) == TaskState.SKIPPED && task.why.isEmpty()) {
                String needed = task.planned.after().stream()
                        .filter(id -> !values.containsKey(id))
                        .findFirst()
                        .orElse("");
                task.why = needed + " was not done";
                tell(task);
            }
        }
    }

    private Behavior<Command> cancel(String why) {
        for (Running task : tasks.values()) {
            if (!schedule.state(task.planned.id()).isOver()) {
                task.code = ErrorCode.CANCELLED;
                task.why = why;
            }
        }
        schedule.cancel();
        tasks.values().stream().filter(task -> task.code == ErrorCode.CANCELLED).forEach(this::tell);
        return end();
    }

    private Behavior<Command> end() {
        skipped();
        whenOver.accept(tasks.values().stream().map(this::result).toList());
        return Behaviors.stopped();
    }

    private TaskResult result(Running task) {
        TaskState state = schedule.state(task.planned.id());
        return new TaskResult(
                task.planned,
                state,
                task.candidate,
                values.getOrDefault(task.planned.id(), List.of()),
                task.tried,
                state == TaskState.DONE || state == TaskState.SKIPPED ? null : task.code,
                state == TaskState.DONE ? "" : task.why,
                task.wallMillis(),
                task.usage,
                task.cost);
    }

    private void tell(Running task) {
        means.progress()
                .accept(new Progress(
                        task.planned, schedule.state(task.planned.id()), task.candidate, task.wallMillis(), task.why));
    }

    private Running task(String id) {
        return Objects.requireNonNull(tasks.get(id), id);
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return Behaviors.unhandled();
    }

    /** A task, as far as it has come. */
    private static final class Running {
        private final PlannedTask planned;
        private final List<String> tried = new ArrayList<>();
        private @Nullable ActorRef<Attempt.Command> attempt;
        private @Nullable String candidate;
        private @Nullable ErrorCode code;
        private String why = "";
        private int number;
        private long sinceNanos;
        private long overNanos;
        private Deadline deadline = Deadline.after(Duration.ZERO);
        private Usage usage = Usage.NONE;
        private Money cost = Money.ZERO;
        private Money money = Money.ZERO;
        private long tokens;

        private Running(PlannedTask planned) {
            this.planned = planned;
        }

        private void settle(Attempt.Ended ended) {
            attempt = null;
            overNanos = System.nanoTime();
            usage = usage.plus(ended.usage());
            cost = cost.plus(ended.cost());
            money = Money.ZERO;
            tokens = 0;
        }

        private long wallMillis() {
            return number == 0 ? 0 : ((overNanos == 0 ? System.nanoTime() : overNanos) - sinceNanos) / 1_000_000;
        }
    }
}
