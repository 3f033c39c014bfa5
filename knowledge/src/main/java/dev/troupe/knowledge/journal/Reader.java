package dev.troupe.knowledge.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.knowledge.journal.EntryFormat.Row;
import dev.troupe.models.call.TroupeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the journal on a connection of its own, so that reading never waits for a sync. */
final class Reader implements AutoCloseable {
    private static final int PAGE = 500;
    private static final String COLUMNS = "SELECT sequence, at, type, task, tenant, body, checksum FROM entry ";

    private final Path file;
    private final Connection connection;
    private final Statements statements;
    private final ReentrantLock lock = new ReentrantLock();

    Reader(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /** A row of any query. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, List<?> parameters, RowMapper<T> mapper) {
        lock.lock();
        try {
            PreparedStatement statement = statements.of(sql);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(mapper.map(rows));
                }
            }
            return result;
        } catch (SQLException e) {
            statements.forget(e);
            throw StorageFailures.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    /** Entries that a condition selects: {@code "WHERE task = ?"}. */
    List<Stored> entries(String condition, Object... parameters) {
        return query(COLUMNS + condition, List.of(parameters), this::checked);
    }

    List<Stored> at(List<Long> sequences) {
        List<Stored> found = new ArrayList<>();
        for (int from = 0; from < sequences.size(); from += PAGE) {
            List<Long> page = sequences.subList(from, Math.min(from + PAGE, sequences.size()));
            String places = String.join(", ", Collections.nCopies(page.size(), "?"));
            found.addAll(query(COLUMNS + "WHERE sequence IN (" + places + ")", page, this::checked));
        }
        return found;
    }

    void read(long after, List<String> types, Consumer<Stored> consumer, Consumer<TroupeException> damaged) {
        String wanted = types.isEmpty()
                ? ""
                : " AND type IN (" + String.join(", ", Collections.nCopies(types.size(), "?")) + ")";
        // The unary plus keeps SQLite from leaving the order of the sequence for the index on types.
        String sql = COLUMNS + "WHERE sequence > ?" + wanted.replace("type IN", "+type IN")
                + " ORDER BY sequence LIMIT " + PAGE;
        long last = after;
        while (true) {
            List<Object> parameters = new ArrayList<>();
            parameters.add(last);
            parameters.addAll(types);
            // The consumer runs after the page was read, not inside the query, as it may take its time.
            List<Read> page = query(sql, parameters, this::read);
            for (Read read : page) {
                if (read.stored != null) {
                    consumer.accept(read.stored);
                } else if (read.damage != null) {
                    damaged.accept(read.damage);
                }
                last = read.sequence;
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private record Read(
            long sequence,
            @Nullable Stored stored,
            @Nullable TroupeException damage) {}

    private Read read(ResultSet row) throws SQLException {
        try {
            return new Read(row.getLong(1), checked(row), null);
        } catch (TroupeException e) {
            return new Read(row.getLong(1), null, e);
        }
    }

    private Stored checked(ResultSet rows) throws SQLException {
        long sequence = rows.getLong(1);
        long micros = rows.getLong(2);
        Row row = new Row(rows.getString(3), rows.getString(4), rows.getString(5), rows.getString(6));
        if (row.checksum(sequence, micros) != rows.getLong(7)) {
            throw StorageFailures.damaged(file, sequence, "its checksum does not match");
        }
        try {
            return new Stored(sequence, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), EntryFormat.decode(row.body()));
        } catch (JsonProcessingException e) {
            throw StorageFailures.damaged(file, sequence, e.getOriginalMessage());
        }
    }

    List<String> verify() {
        List<String> problems = new ArrayList<>();
        for (String problem : query("PRAGMA integrity_check(20)", List.of(), row -> row.getString(1))) {
            if (!problem.equals("ok")) {
                problems.add("journal: " + file + ": " + problem);
            }
        }
        long[] expected = {1};
        read(0, List.of(), stored -> expected[0] = follow(stored.sequence(), expected[0], problems), damage -> {
            problems.add(String.valueOf(damage.getMessage()));
            expected[0]++;
        });
        return problems;
    }

    private long follow(long sequence, long expected, List<String> problems) {
        if (sequence != expected) {
            problems.add("journal: " + file + ": entries " + expected + " to " + (sequence - 1) + " are missing");
        }
        return sequence + 1;
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            statements.close();
            connection.close();
        } finally {
            lock.unlock();
        }
    }
}
