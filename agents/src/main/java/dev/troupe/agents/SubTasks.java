package dev.troupe.agents;

import dev.troupe.agents.graph.AgentAsker;
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
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** Asks agents of the team for parts of a task: each is a task of its own, in a conversation of its own, with this parent. */
final class SubTasks implements AgentAsker {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TeamSetup setup;
    private final Job job;
    private final ActorRef<Agent.Command> team;
    private final ActorSystem<?> system;

    SubTasks(TeamSetup setup, Job job, ActorRef<Agent.Command> team, ActorSystem<?> system) {
        this.setup = setup;
        this.job = job;
        this.team = team;
        this.system = system;
    }

    @Override
    public Runnable ask(Question question, Consumer<Reply> then) {
        String task = TaskIds.next(setup.clock());
        Thread.ofVirtual().name("part-" + question.part()).start(() -> {
            try {
                ask(task, question, then);
            } catch (TroupeException e) {
                then.accept(failed(e.code(), String.valueOf(e.getMessage()), null));
            }
        });
        return () -> team.tell(new Agent.Cancel(task, "the task that it is a part of has ended"));
    }

    private void ask(String task, Question question, Consumer<Reply> then) {
        String conversation = job.task() + "-" + question.part();
        lay(question.files(), conversation);
        CompletionStage<Agent.Outcome> outcome = AskPattern.ask(
                team,
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
                system.scheduler());
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

    private static Reply reply(Agent.@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> failed(ErrorCode.TIMEOUT, "no answer in time", null);
            case Agent.Answered answered ->
                new Reply(
                        null,
                        answered.record().answer(),
                        answered.record().receipt().usage(),
                        answered.record().receipt().cost());
            case Agent.Failed failed -> {
                ErrorCode code = failed.code();
                yield failed(code == null ? ErrorCode.UNSOLVED : code, failed.message(), failed.record());
            }
            case Agent.Rejected rejected -> failed(rejected.code(), rejected.message(), null);
            case Agent.Overloaded overloaded -> failed(ErrorCode.OVERLOADED, overloaded.message(), null);
            case Agent.Cancelled cancelled -> failed(ErrorCode.CANCELLED, cancelled.why(), cancelled.record());
        };
    }

    private static Reply failed(ErrorCode code, String message, @Nullable TaskRecord record) {
        return new Reply(
                code,
                message,
                record == null ? Usage.NONE : record.receipt().usage(),
                record == null ? Money.ZERO : record.receipt().cost());
    }
}
