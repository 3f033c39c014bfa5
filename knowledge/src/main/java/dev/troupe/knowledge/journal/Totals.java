package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

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

    private Totals() {}

    /** Adds an entry if it is one that counts. */
    static void add(Statements statements, long sequence, long micros, Entry entry) throws SQLException {
        if (!(entry instanceof Entry.TaskEnded ended)) {
            return;
        }
        TaskRecord task = ended.record();
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
        PreparedStatement mark = statements.of("UPDATE view SET sequence = ? WHERE name = 'total'");
        mark.setLong(1, sequence);
        mark.executeUpdate();
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

    /** Whether the table is there, of this version, and holds all tasks that are over. */
    static boolean current(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT (SELECT COUNT(*) FROM sqlite_schema WHERE name = 'total'),
                          COALESCE((SELECT version FROM view WHERE name = 'total'), 0),
                          COALESCE((SELECT sequence FROM view WHERE name = 'total'), 0)
                            = COALESCE((SELECT MAX(sequence) FROM entry WHERE type = 'task-ended'), 0)""")) {
            return rows.next() && rows.getInt(1) == 1 && rows.getInt(2) == VERSION && rows.getInt(3) == 1;
        }
    }

    static void rebuild(Connection connection, Reader reader, Consumer<TroupeException> damaged) throws SQLException {
        try (Statement statement = connection.createStatement();
                Statements statements = new Statements(connection)) {
            Database.begin(connection);
            statement.execute("DROP TABLE IF EXISTS total");
            statement.execute(TABLE);
            statement.execute("INSERT OR REPLACE INTO view VALUES ('total', " + VERSION
                    + ", COALESCE((SELECT MAX(sequence) FROM entry WHERE type = 'task-ended'), 0))");
            // Nobody writes meanwhile: the caller holds the writing connection.
            reader.read(
                    0,
                    List.of("task-ended"),
                    stored -> {
                        try {
                            add(
                                    statements,
                                    stored.sequence(),
                                    ChronoUnit.MICROS.between(Instant.EPOCH, stored.at()),
                                    stored.entry());
                        } catch (SQLException e) {
                            throw new Unwritable(e);
                        }
                    },
                    damaged);
            Database.commit(connection);
        } catch (Unwritable e) {
            Database.rollBack(connection);
            throw e.cause;
        } catch (SQLException e) {
            Database.rollBack(connection);
            throw e;
        }
    }

    private static final class Unwritable extends RuntimeException {
        private final SQLException cause;

        Unwritable(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
