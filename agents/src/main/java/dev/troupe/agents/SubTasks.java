package dev.troupe.agents;

import dev.troupe.agents.graph.AgentAsker;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.task.Handle;
import dev.troupe.planner.ladder.Allowance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** Asks agents of the team for parts of a task: each is a task of its own, in a conversation of its own, with this parent. */
final class SubTasks implements AgentAsker {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TeamSetup setup;
    private final Job job;
    private final TeamActors actors;
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();

    SubTasks(TeamSetup setup, Job job, TeamActors actors) {
        this.setup = setup;
        this.job = job;
        this.actors = actors;
    }

    /** Of those that have ended. */
    List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    @Override
    public Runnable ask(Question question, Consumer<Reply> then) {
        String task = TaskIds.next(setup.clock());
        Agent.Cancel cancel = new Agent.Cancel(task, "the task that it is a part of has ended");
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread.ofVirtual().name("part-" + question.part()).start(() -> {
            try {
                ask(task, question, then);
            } catch (TroupeException e) {
                then.accept(reply(e.code(), String.valueOf(e.getMessage()), null));
            }
            if (cancelled.get()) {
                // The team may have been told before it knew the task.
                actors.team().tell(cancel);
            }
        });
        return () -> {
            cancelled.set(true);
            actors.team().tell(cancel);
        };
    }

    private void ask(String task, Question question, Consumer<Reply> then) {
        String conversation = job.task() + "-" + question.part();
        lay(question.files(), conversation);
        CompletionStage<Agent.Outcome> outcome = AskPattern.ask(
                actors.team(),
                replyTo -> new Agent.Ask(
                        task,
                        job.task(),
                        job.ask().tenant(),
                        question.agent(),
                        conversation,
                        List.of(new Agent.Part.Text(question.text())),
                        question.within(),
                        new Allowance(question.money(), question.tokens()),
                        null,
                        replyTo),
                question.within().plus(GRACE),
                actors.system().scheduler());
        CompletionStage<?> unused = outcome.whenComplete((ended, failure) -> then.accept(reply(ended)));
    }

    /** Programs find the files in the folder that they work in. */
    private void lay(List<Handle> files, String conversation) {
        if (files.isEmpty()) {
            return;
        }
        Path folder = setup.workFolders().open(job.ask().tenant(), conversation);
        for (Handle file : files) {
            try {
                Files.copy(file.file(), folder.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.STORAGE,
                        file.name() + ": cannot be copied to " + folder + ": " + e.getMessage(),
                        null,
                        e);
            }
        }
    }

    private Reply reply(Agent.@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> reply(ErrorCode.TIMEOUT, "no answer in time", null);
            case Agent.Answered answered -> reply(null, answered.record().answer(), answered.record());
            case Agent.Failed failed -> {
                ErrorCode code = failed.code();
                yield reply(code == null ? ErrorCode.UNSOLVED : code, failed.message(), failed.record());
            }
            case Agent.Rejected rejected -> reply(rejected.code(), rejected.message(), null);
            case Agent.Overloaded overloaded -> reply(ErrorCode.OVERLOADED, overloaded.message(), null);
            case Agent.Cancelled cancelled -> reply(ErrorCode.CANCELLED, cancelled.why(), cancelled.record());
        };
    }

    private Reply reply(@Nullable ErrorCode code, String text, @Nullable TaskRecord record) {
        if (record == null) {
            return new Reply(code, text, Usage.NONE, Money.ZERO);
        }
        Receipt receipt = record.receipt();
        receipts.add(receipt);
        return new Reply(code, text, receipt.usage(), receipt.cost());
    }
}
