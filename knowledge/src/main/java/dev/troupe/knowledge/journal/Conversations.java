package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conversations of a data folder, as queries on the journal. A turn is a task that was answered; one that was undone
 * is no longer a part of its conversation, though its receipt stays. Thread-safe.
 */
public final class Conversations {
    private static final String OF_ONE = "FROM turn WHERE tenant = ? AND team = ? AND conversation = ?";

    private final Journal journal;
    private final Reader reader;

    public Conversations(Journal journal) {
        this.journal = journal;
        this.reader = journal.reader();
    }

    /**
     * A conversation, for a list.
     *
     * @param title its first question
     * @param last when its last turn was answered
     */
    public record Summary(String id, String title, int turns, Instant last) {}

    /** The last turns of a conversation, oldest first. */
    public List<TaskRecord> turns(String tenant, String team, String conversation, int limit) {
        List<Long> places = reader.query(
                "SELECT sequence " + OF_ONE + " ORDER BY sequence DESC LIMIT ?",
                List.of(tenant, team, conversation, limit),
                row -> row.getLong(1));
        return journal.entries(places).stream()
                .sorted(Comparator.comparingLong(Stored::sequence))
                .map(Conversations::task)
                .toList();
    }

    /** The tenant's conversations with a team, the latest first. */
    public List<Summary> list(String tenant, String team, int limit) {
        return summaries("", List.of(tenant, team, limit));
    }

    /**
     * The conversation with that id, or with an id that begins so.
     *
     * @throws TroupeException {@code NOT_FOUND}, or {@code INPUT_INVALID} when several begin so
     */
    public Summary find(String tenant, String team, String idOrBeginning) {
        List<Summary> found = summaries(
                " AND conversation >= ? AND conversation < ?",
                List.of(tenant, team, idOrBeginning, idOrBeginning + '\uffff', 2));
        Optional<Summary> exact = found.stream()
                .filter(summary -> summary.id().equals(idOrBeginning))
                .findFirst();
        if (exact.isEmpty() && found.size() > 1) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "conversation: " + idOrBeginning
                            + " (expected: the beginning of one conversation's id; several begin so)",
                    "give more of the id: " + found.get(0).id() + " or "
                            + found.get(1).id());
        }
        return exact.or(() -> found.stream().findFirst())
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.NOT_FOUND,
                        "conversation: " + idOrBeginning + " (expected: the id of one with the team " + team + ")",
                        null));
    }

    /**
     * Takes the last turn back: it is no longer a part of the conversation. Durable on return.
     *
     * @return the turn, empty when there is none
     */
    public Optional<TaskRecord> undo(String tenant, String team, String conversation) {
        Optional<TaskRecord> last =
                turns(tenant, team, conversation, 1).stream().findFirst();
        last.ifPresent(turn -> journal.append(new Entry.TurnUndone(turn.task(), tenant)));
        return last;
    }

    private List<Summary> summaries(String condition, List<?> parameters) {
        record Row(String id, int turns, long first, long last) {}
        List<Row> rows = reader.query(
                "SELECT conversation, COUNT(*), MIN(sequence), MAX(sequence) FROM turn WHERE tenant = ? AND team = ?"
                        + condition + " GROUP BY conversation ORDER BY MAX(sequence) DESC LIMIT ?",
                parameters,
                row -> new Row(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)));
        List<Long> places = rows.stream()
                .flatMap(row -> Stream.of(row.first, row.last))
                .distinct()
                .toList();
        Map<Long, Stored> ends =
                journal.entries(places).stream().collect(Collectors.toMap(Stored::sequence, Function.identity()));
        return rows.stream()
                .map(row -> {
                    Stored first = Objects.requireNonNull(ends.get(row.first));
                    Stored last = Objects.requireNonNull(ends.get(row.last));
                    return new Summary(row.id, task(first).question(), row.turns, last.at());
                })
                .toList();
    }

    private static TaskRecord task(Stored stored) {
        return ((Entry.TaskEnded) stored.entry()).record();
    }
}
