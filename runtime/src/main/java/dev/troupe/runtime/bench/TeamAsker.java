package dev.troupe.runtime.bench;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.host.TeamHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A team that is open. */
final class TeamAsker implements Asker {
    private final TeamHost host;
    /** By question. Whoever asks at the same time what another one asks means the same by it. */
    private final Map<String, Predicate<String>> rightAnswers;

    TeamAsker(TeamHost host, Map<String, Predicate<String>> rightAnswers) {
        this.host = host;
        this.rightAnswers = rightAnswers;
    }

    @Override
    public Asked ask(String question, Predicate<String> right, Cancellation cancellation) {
        return ask(question, List.of(), right, cancellation);
    }

    @Override
    public Asked ask(BenchCase asked, Predicate<String> right, Cancellation cancellation) {
        return ask(asked.question(), asked.files(), right, cancellation);
    }

    private Asked ask(String question, List<Path> files, Predicate<String> right, Cancellation cancellation) {
        rightAnswers.put(question, right);
        Watcher watcher = new Watcher();
        Agent.Outcome outcome =
                host.ask(null, question, files, ChatOptions.NONE, task -> {}, watcher::told, cancellation);
        String why = null;
        TaskRecord record = switch (outcome) {
            case Agent.Answered answered -> answered.record();
            case Agent.Failed failed -> {
                why = failed.message();
                yield required(failed.record(), why);
            }
            case Agent.Cancelled cancelled ->
                throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + cancelled.why(), null);
            case Agent.Overloaded overloaded ->
                throw new TroupeException(ErrorCode.OVERLOADED, overloaded.message(), null);
            case Agent.Rejected rejected -> throw new TroupeException(rejected.code(), rejected.message(), null);
        };
        return new Asked(record, watcher.millis, host.uncached(record), watcher.judged(record), why);
    }

    private static TaskRecord required(@Nullable TaskRecord record, String message) {
        if (record == null) {
            throw new TroupeException(ErrorCode.STORAGE, message, Bench.RUN_AGAIN);
        }
        return record;
    }

    @Override
    public void judge(String task, Verdict verdict) {
        host.judge(task, verdict);
    }

    @Override
    public List<Asked> ended() {
        return host.ended().stream()
                .map(record -> new Asked(record, ofStages(record), host.uncached(record), null, null))
                .toList();
    }

    private static long ofStages(TaskRecord record) {
        return record.receipt().steps().stream()
                .mapToLong(Receipt.Step::wallMillis)
                .sum();
    }

    @Override
    public void close() {
        host.close();
    }

    /** Adds up the time between the events that begin a model's call and those of its end, and keeps what was judged. */
    private static final class Watcher {
        private final List<String> judged = new ArrayList<>();
        private long millis;
        private long since = -1;

        void told(TaskEvent event) {
            switch (event.what()) {
                case TaskEvent.RungStarted started -> since = event.atMillis();
                case TaskEvent.Retried retried -> since = event.atMillis();
                case TaskEvent.Verifying verifying -> {
                    since = event.atMillis();
                    judged.add(verifying.answer());
                }
                case TaskEvent.Code code -> end(event);
                case TaskEvent.Judgement judgement -> end(event);
                case TaskEvent.AgentAsked asked -> since = since < 0 ? event.atMillis() : since;
                case TaskEvent.AgentEnded ended -> end(event);
                case TaskEvent.ModelFailed failed -> end(event);
                case TaskEvent.Finished finished -> end(event);
                default -> {}
            }
        }

        /** A judge's yes ends a task: only the last answer can have been accepted. */
        @Nullable
        List<Asker.Judged> judged(TaskRecord record) {
            if (judged.isEmpty()) {
                return null;
            }
            boolean accepted = record.verified() == Verdict.Judge.JUDGE;
            List<Asker.Judged> all = new ArrayList<>();
            for (int i = 0; i < judged.size(); i++) {
                all.add(new Asker.Judged(judged.get(i), accepted && i == judged.size() - 1));
            }
            return all;
        }

        private void end(TaskEvent event) {
            if (since >= 0) {
                millis += event.atMillis() - since;
                since = -1;
            }
        }
    }
}
