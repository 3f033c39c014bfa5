package dev.troupe.agents;

import com.typesafe.config.ConfigFactory;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running team, for callers that are no actors: the command line, the Java API, tests. Thread-safe. Closing it cancels
 * what runs, waits until that is stored, and ends the actor system; what the setup holds is closed by who opened it,
 * afterwards.
 */
public final class Team implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Team.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(20);
    private static final Duration SPAWN_WAIT = Duration.ofSeconds(10);

    private final TeamSetup setup;
    private final ActorSystem<SpawnProtocol.Command> system;
    private final ActorRef<Agent.Command> guardian;

    private Team(TeamSetup setup, ActorSystem<SpawnProtocol.Command> system, ActorRef<Agent.Command> guardian) {
        this.setup = setup;
        this.system = system;
        this.guardian = guardian;
    }

    /** Starts the team's actors; the models and tools of the setup are ready by then. */
    public static Team open(TeamSetup setup) {
        ActorSystem<SpawnProtocol.Command> system =
                ActorSystem.create(SpawnProtocol.create(), "troupe", ConfigFactory.load(Team.class.getClassLoader()));
        return new Team(setup, system, spawn(system, TeamGuardian.create(setup), "team"));
    }

    private static <T> ActorRef<T> spawn(
            ActorSystem<SpawnProtocol.Command> system, org.apache.pekko.actor.typed.Behavior<T> behavior, String name) {
        CompletionStage<ActorRef<T>> spawned = AskPattern.ask(
                system,
                replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
                SPAWN_WAIT,
                system.scheduler());
        return spawned.toCompletableFuture().join();
    }

    /** Where its actors live, for whoever serves the team to others. Ends when the team is closed. */
    public ActorSystem<?> system() {
        return system;
    }

    /** The team as an agent, for callers that are actors. */
    public ActorRef<Agent.Command> guardian() {
        return guardian;
    }

    /**
     * A question to the team.
     *
     * @param agent which agent, or null for the team's entry
     * @param conversation goes on: shares its work folder, its turns and its place in the queue; or null for one of its own
     * @param within how long the answer may take
     * @param budget the most that it may spend
     * @param options what is wanted of the model, {@link ChatOptions#NONE} for what the team file says
     * @param files that it is about, only for agents that take files; absolute paths
     */
    public record Question(
            String tenant,
            @Nullable String agent,
            @Nullable String conversation,
            String text,
            Duration within,
            Allowance budget,
            ChatOptions options,
            List<Path> files) {
        public Question {
            files = List.copyOf(files);
        }

        /** A question without files. */
        public Question(
                String tenant,
                @Nullable String agent,
                @Nullable String conversation,
                String text,
                Duration within,
                Allowance budget,
                ChatOptions options) {
            this(tenant, agent, conversation, text, within, budget, options, List.of());
        }

        /** A question without wishes. */
        public Question(
                String tenant,
                @Nullable String agent,
                @Nullable String conversation,
                String text,
                Duration within,
                Allowance budget) {
            this(tenant, agent, conversation, text, within, budget, ChatOptions.NONE);
        }
    }

    /**
     * A question that was asked.
     *
     * @param task its id
     * @param takenOn completes with true when the team has taken the task on, with false when it never will
     * @param outcome completes with how it ended; never exceptionally
     * @param events completes after the last event was taken; exceptionally with what the consumer threw
     */
    public record Asked(
            String task,
            CompletableFuture<Boolean> takenOn,
            CompletableFuture<Agent.Outcome> outcome,
            CompletableFuture<Void> events) {
        /** The outcome, when every event has been taken too. Blocks. */
        public Agent.Outcome await() {
            Agent.Outcome ended = outcome.join();
            try {
                events.join();
            } catch (CompletionException e) {
                LOG.warn("task {}: its events were not all taken", task, e.getCause());
            }
            return ended;
        }
    }

    /**
     * Asks, and returns at once.
     *
     * @param onEvent gets each event, one after the other, on a virtual thread; it may block
     */
    public Asked ask(Question question, Consumer<TaskEvent> onEvent) {
        String task = TaskIds.next(setup.clock());
        CompletableFuture<Void> events = new CompletableFuture<>();
        CompletableFuture<Boolean> takenOn = new CompletableFuture<>();
        ActorRef<EventStream.Signal> signals = pump(onEvent, events, takenOn);
        String named = question.conversation();
        CompletionStage<Agent.Outcome> outcome = AskPattern.ask(
                guardian,
                replyTo -> new Agent.Ask(
                        task,
                        null,
                        question.tenant(),
                        question.agent(),
                        named == null ? UUID.randomUUID().toString() : named,
                        parts(question),
                        question.within(),
                        question.budget(),
                        question.options(),
                        signals,
                        replyTo),
                // The team answers in time; this is for a team that is gone.
                question.within().plusSeconds(5),
                system.scheduler());
        CompletableFuture<Agent.Outcome> ended = outcome(task, outcome, events);
        CompletableFuture<Void> unused = ended.thenAccept(over -> takenOn.complete(false));
        return new Asked(task, takenOn, ended, events);
    }

    private static List<Agent.Part> parts(Question question) {
        List<Agent.Part> parts = new ArrayList<>();
        parts.add(new Agent.Part.Text(question.text()));
        question.files().forEach(file -> parts.add(new Agent.Part.FileHandle(file.toString())));
        return parts;
    }

    private static CompletableFuture<Agent.Outcome> outcome(
            String task, CompletionStage<Agent.Outcome> outcome, CompletableFuture<Void> events) {
        return outcome.exceptionally(gone -> {
                    String message = "task " + task + ": the team is gone";
                    return new Agent.Failed(task, ErrorCode.INTERNAL, message, null, null, null);
                })
                .whenComplete((ended, nothing) -> {
                    boolean neverBegan = ended instanceof Agent.Rejected || ended instanceof Agent.Overloaded;
                    boolean teamIsGone = ended instanceof Agent.Failed failed && failed.code() == ErrorCode.INTERNAL;
                    if (neverBegan || teamIsGone) {
                        events.complete(null);
                    }
                })
                .toCompletableFuture();
    }

    private ActorRef<EventStream.Signal> pump(
            Consumer<TaskEvent> onEvent, CompletableFuture<Void> events, CompletableFuture<Boolean> kept) {
        CompletableFuture<ActorRef<EventStream.Signal>> ready = new CompletableFuture<>();
        spawn(system, EventPump.create(onEvent, events, kept, ready), "");
        return ready.join();
    }

    /**
     * A task's events that somebody came back to.
     *
     * @param kept completes with whether there are any, before the first of them
     * @param events as {@link Asked#events}
     */
    public record Watched(CompletableFuture<Boolean> kept, CompletableFuture<Void> events) {}

    /** Comes back to a task's events after {@code afterNumber}. Whose task it is, the caller has to know. */
    public Watched watch(String task, long afterNumber, Consumer<TaskEvent> onEvent) {
        Watched watched = new Watched(new CompletableFuture<>(), new CompletableFuture<>());
        guardian.tell(new Agent.Watch(task, afterNumber, pump(onEvent, watched.events(), watched.kept())));
        return watched;
    }

    /** Stops a task; what was asked completes with {@link Agent.Cancelled}. */
    public void cancel(String task, String why) {
        guardian.tell(new Agent.Cancel(task, why));
    }

    /**
     * A person's verdict on an answer.
     *
     * @return completes when it is on the disk
     */
    public CompletableFuture<Agent.FeedbackReply> feedback(
            String tenant, String task, boolean right, @Nullable String because, @Nullable String answer) {
        CompletionStage<Agent.FeedbackReply> reply = AskPattern.ask(
                guardian,
                replyTo -> new Agent.Feedback(task, tenant, new Verdict(Judge.PERSON, right), because, answer, replyTo),
                Duration.ofSeconds(70),
                system.scheduler());
        return reply.toCompletableFuture();
    }

    @Override
    public void close() {
        try {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.actorSystemTerminateReason())
                    .toCompletableFuture()
                    .get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            system.terminate();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("team {}: did not stop in order", setup.team(), e);
            system.terminate();
        }
    }
}
