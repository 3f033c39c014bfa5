package dev.troupe.agents;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary.Judged;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's owner in a team: what it acknowledges is on the disk. Blocking work is done on virtual threads, one for
 * each request; how many there are is bounded by the tasks that run. Holds no state, so that a restart loses nothing.
 */
final class JournalKeeper extends AbstractMatchingBehavior<JournalKeeper.Command> {
    sealed interface Command {}

    /** A task begins. Nothing is said when it is stored: the task's end, which follows it, is what counts. */
    record Begin(Entry.TaskStarted entry, ActorRef<? super Unstorable> ifItFails) implements Command {}

    /**
     * A task is over. What can be learned from it is stored with its record, which names it.
     *
     * @param shown the demonstration that its rungs were shown, or null
     * @param helped what a verifier's verdict says of that demonstration, or null where there is no verdict
     */
    record End(
            TaskRecord record,
            @Nullable String shown,
            @Nullable Boolean helped,
            ActorRef<? super Reply> replyTo) implements Command {}

    /** Somebody judged an answer. */
    record TakeVerdict(Agent.Feedback feedback) implements Command {}

    private record Began(
            ActorRef<? super Unstorable> ifItFails,
            @Nullable Throwable failure) implements Command {}

    /** What comes of {@link End}. */
    sealed interface Reply {}

    /** It is on the disk, as it stands here. */
    record Stored(TaskRecord record) implements Reply {}

    /** It could not be written. */
    record Unstorable(ErrorCode code, String message) implements Reply {}

    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);

    private final TeamSetup setup;

    private JournalKeeper(ActorContext<Command> context, TeamSetup setup) {
        super(context);
        this.setup = setup;
    }

    static Behavior<Command> create(TeamSetup setup) {
        return Behaviors.setup(context -> new JournalKeeper(context, setup));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Begin begin -> begin(begin);
            case Began began -> {
                if (began.failure() != null) {
                    began.ifItFails().tell(unstorable(began.failure()));
                }
            }
            case End end -> onVirtualThread(() -> end(end));
            case TakeVerdict verdict -> onVirtualThread(() -> take(verdict.feedback()));
        }
        return this;
    }

    private static void onVirtualThread(Runnable work) {
        Thread.ofVirtual().name("journal").start(work);
    }

    private void begin(Begin begin) {
        getContext()
                .pipeToSelf(
                        setup.journal().submit(List.of(begin.entry())),
                        (sequence, failure) -> new Began(begin.ifItFails(), failure));
    }

    private void end(End end) {
        try {
            TaskRecord record = end.record();
            if (setup.learns()) {
                record = setup.demonstrations().end(record, end.shown(), end.helped());
            } else {
                setup.journal().append(new Entry.TaskEnded(record));
            }
            end.replyTo().tell(new Stored(record));
        } catch (RuntimeException e) {
            LOG.error("task {}: its end could not be stored", end.record().task(), e);
            end.replyTo().tell(unstorable(e));
        }
    }

    private void take(Agent.Feedback feedback) {
        try {
            Judged judged = setup.demonstrations()
                    .verdict(
                            feedback.tenant(),
                            feedback.task(),
                            feedback.verdict(),
                            feedback.because(),
                            feedback.answer());
            feedback.replyTo()
                    .tell(new Agent.Judged(
                            judged.task().task(),
                            judged.demonstration().map(Demonstration::id).orElse(null),
                            judged.retired()));
        } catch (RuntimeException e) {
            Unstorable why = unstorable(e);
            feedback.replyTo().tell(new Agent.Rejected(feedback.task(), why.code(), why.message()));
        }
    }

    private static Unstorable unstorable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TroupeException known
                ? new Unstorable(known.code(), String.valueOf(known.getMessage()))
                : new Unstorable(ErrorCode.INTERNAL, "journal: " + cause);
    }
}
