package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.models.call.Usage;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Sums of receipts by day (UTC), tenant, team and stage, so that a report need not read every receipt. Written in the
 * transaction of the entry that it sums, so it can neither lag nor tear; made anew when its version is an old one or
 * somebody asks.
 */
final class Totals {
    private static final int VERSION = 1;
    /** The stage that stands for a whole task. */
    static final String WHOLE_TASK = "";

    private static final String TABLE = """
            CREATE TABLE total (
              day TEXT NOT NULL,
              tenant TEXT NOT NULL,
              team TEXT NOT NULL,
              stage TEXT NOT NULL,
              basis TEXT NOT NULL,
              tasks BIGINT NOT NULL,
              solved BIGINT NOT NULL,
              wall_ms BIGINT NOT NULL,
              input_tokens BIGINT NOT NULL,
              cached_tokens BIGINT NOT NULL,
              output_tokens BIGINT NOT NULL,
              cost BIGINT NOT NULL,
              saved BIGINT NOT NULL,
              PRIMARY KEY (day, tenant, team, stage, basis))""";

    private static final String ADD = """
            INSERT INTO total VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (day, tenant, team, stage, basis) DO UPDATE SET
              tasks = total.tasks + excluded.tasks,
              solved = total.solved + excluded.solved,
              wall_ms = total.wall_ms + excluded.wall_ms,
              input_tokens = total.input_tokens + excluded.input_tokens,
              cached_tokens = total.cached_tokens + excluded.cached_tokens,
              output_tokens = total.output_tokens + excluded.output_tokens,
              cost = total.cost + excluded.cost,
              saved = total.saved + excluded.saved""";

    static final JournalView VIEW =
            new JournalView("total", VERSION, List.of(TABLE), List.of("task-ended"), Totals::add);

    private Totals() {}

    private static void add(Statements statements, long sequence, long micros, Entry entry) throws SQLException {
        TaskRecord task = ((Entry.TaskEnded) entry).record();
        if (task.parent() != null) {
            // Its parent's receipt has what it cost.
            return;
        }
        Receipt receipt = task.receipt();
        LocalDate day = LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        PreparedStatement add = statements.of(ADD);
        add(
                add,
                day,
                task,
                WHOLE_TASK,
                receipt.baseline().basis(),
                receipt.wallMillis(),
                receipt.usage(),
                receipt.cost().picodollars(),
                receipt.saved().picodollars());
        for (Receipt.Step step : receipt.steps()) {
            add(
                    add,
                    day,
                    task,
                    step.stage(),
                    step.basis(),
                    step.wallMillis(),
                    step.usage(),
                    step.cost().picodollars(),
                    step.saved().picodollars());
        }
    }

    private static void add(
            PreparedStatement add,
            LocalDate day,
            TaskRecord task,
            String stage,
            Basis basis,
            long wallMillis,
            Usage usage,
            long cost,
            long saved)
            throws SQLException {
        add.setString(1, day.toString());
        add.setString(2, task.tenant());
        add.setString(3, task.team());
        add.setString(4, stage);
        add.setString(5, basis.name());
        add.setInt(6, task.outcome().equals("solved") ? 1 : 0);
        add.setLong(7, wallMillis);
        add.setLong(8, usage.inputTokens());
        add.setLong(9, usage.cachedTokens());
        add.setLong(10, usage.outputTokens());
        add.setLong(11, cost);
        add.setLong(12, saved);
        add.executeUpdate();
    }
}
