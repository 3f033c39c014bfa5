package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Tasks that are over, their receipts and their sums, as queries on the journal. Thread-safe. */
public final class Tasks {
    private static final String SUMS = """
            SUM(tasks), SUM(solved), SUM(wall_ms), SUM(input_tokens), SUM(cached_tokens), SUM(output_tokens),
              SUM(cost), SUM(saved), SUM(CASE basis WHEN 'MEASURED' THEN saved ELSE 0 END)
            FROM total WHERE tenant = ? AND day BETWEEN ? AND ?
            """;

    private final Reader reader;

    public Tasks(Journal journal) {
        this.reader = journal.reader();
    }

    /** The tenant's task that ended last. */
    public Optional<TaskRecord> last(String tenant) {
        // A part of a task ends before the task.
        return recent(tenant, 1).stream().findFirst();
    }

    /** The tenant's tasks that ended last, newest first. */
    public List<TaskRecord> recent(String tenant, int limit) {
        return records(
                "WHERE type = 'task-ended' AND tenant = ? ORDER BY at DESC, sequence DESC LIMIT ?", tenant, limit);
    }

    /**
     * The tenant's task with that id, or with an id that begins so.
     *
     * @throws TroupeException {@code INPUT_INVALID} when several begin so
     */
    public Optional<TaskRecord> find(String tenant, String idOrBeginning) {
        List<TaskRecord> found = records(
                "WHERE task >= ? AND task < ? AND type = 'task-ended' AND tenant = ? ORDER BY task = ? DESC, task LIMIT 2",
                idOrBeginning,
                idOrBeginning + '\uffff',
                tenant,
                idOrBeginning);
        if (found.size() > 1 && !found.getFirst().task().equals(idOrBeginning)) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "task: " + idOrBeginning + " (expected: the beginning of one task's id; several begin so)",
                    "give more of the id: " + found.get(0).task() + " or "
                            + found.get(1).task());
        }
        return found.stream().findFirst();
    }

    private List<TaskRecord> records(String condition, Object... parameters) {
        return reader.entries(condition, parameters).stream()
                .map(stored -> ((Entry.TaskEnded) stored.entry()).record())
                .toList();
    }

    /** What was said of a task's answer after it had ended, oldest first. */
    public List<Entry.VerdictGiven> verdicts(String task) {
        return reader.entries("WHERE task = ? AND type = 'verdict' ORDER BY sequence", task).stream()
                .map(stored -> (Entry.VerdictGiven) stored.entry())
                .toList();
    }

    /** Which demonstrations a task was shown and whether they helped, oldest word first. */
    public List<Entry.DemonstrationUsed> uses(String task) {
        return reader.entries("WHERE task = ? AND type = 'demonstration-used' ORDER BY sequence", task).stream()
                .map(stored -> (Entry.DemonstrationUsed) stored.entry())
                .toList();
    }

    /** Sums for each day (UTC) on which a task ended, oldest first. */
    public List<Total> byDay(String tenant, LocalDate from, LocalDate to) {
        return sums("SELECT day, " + SUMS + " AND stage = '' GROUP BY day ORDER BY day", tenant, from, to);
    }

    /** Sums for each stage of the receipts (each lever), those that saved most first. */
    public List<Total> byStage(String tenant, LocalDate from, LocalDate to) {
        return sums(
                "SELECT stage, " + SUMS + " AND stage <> '' GROUP BY stage ORDER BY SUM(saved) DESC, stage",
                tenant,
                from,
                to);
    }

    private List<Total> sums(String sql, String tenant, LocalDate from, LocalDate to) {
        return reader.query(sql, List.of(tenant, from.toString(), to.toString()), Tasks::total);
    }

    private static Total total(ResultSet row) throws SQLException {
        return new Total(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                new Usage(row.getLong(5), row.getLong(6), row.getLong(7)),
                new Money(row.getLong(8)),
                new Money(row.getLong(9)),
                new Money(row.getLong(10)));
    }
}
