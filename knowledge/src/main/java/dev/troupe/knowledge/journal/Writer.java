package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.EntryFormat.Row;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to the journal. Whatever waits when it comes round goes into one transaction and shares
 * its sync (group commit), so that many threads write almost as fast as the disk syncs once for each of them.
 */
final class Writer implements AutoCloseable {
    /** Enough that a burst waits here and not in its callers' retries; each waiting group costs its JSON. */
    private static final int MAX_WAITING = 1024;

    private static final int MAX_GROUPS_A_COMMIT = 256;
    private static final int MAX_WAIT_SECONDS = 30;

    private final Path file;
    private final Connection connection;
    private final Statements statements;
    private final Clock clock;
    private final BlockingQueue<Group> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable TroupeException broken;
    private volatile long lastSequence;
    private long lastMicros;

    /** Entries that become durable together or not at all. */
    private record Group(List<Entry> entries, List<Row> rows, CompletableFuture<Long> written) {}

    /** Takes over the connection. */
    Writer(Path file, Connection connection, Clock clock) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.statements = new Statements(connection);
        this.clock = clock;
        try (Statement statement = connection.createStatement();
                ResultSet last =
                        statement.executeQuery("SELECT sequence, at FROM entry ORDER BY sequence DESC LIMIT 1")) {
            if (last.next()) {
                lastSequence = last.getLong(1);
                lastMicros = last.getLong(2);
            }
        }
        this.thread = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::run);
    }

    Writer start() {
        thread.start();
        return this;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Completes with the last entry's sequence once all are durable, or with a {@link TroupeException}. */
    CompletableFuture<Long> submit(List<? extends Entry> entries) {
        Group group = new Group(
                List.copyOf(entries), entries.stream().map(EntryFormat::encode).toList(), new CompletableFuture<>());
        try {
            if (closed || !queue.offer(group, MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                group.written.completeExceptionally(closed ? closedFailure() : overloaded());
            } else if (closed && queue.remove(group)) {
                group.written.completeExceptionally(closedFailure());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            group.written.completeExceptionally(new TroupeException(
                    ErrorCode.CANCELLED, "journal: interrupted before the entry was taken", null, e));
        }
        return group.written;
    }

    private void run() {
        List<Group> groups = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Group first = closed ? queue.poll() : queue.take();
                if (first != null) {
                    groups.add(first);
                    queue.drainTo(groups, MAX_GROUPS_A_COMMIT - 1);
                    commit(groups);
                }
            } catch (InterruptedException e) {
                // The closer ends the wait; what is queued by now is still written.
            } finally {
                groups.clear();
            }
        }
    }

    private void commit(List<Group> groups) {
        TroupeException failure = broken;
        List<Long> sequences = new ArrayList<>();
        if (failure == null) {
            try {
                failure = write(groups, sequences);
            } catch (RuntimeException | Error e) {
                failure = fault(e);
                broken = failure;
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            if (failure == null) {
                groups.get(i).written.complete(sequences.get(i));
            } else {
                groups.get(i).written.completeExceptionally(failure);
            }
        }
    }

    private @Nullable TroupeException write(List<Group> groups, List<Long> sequences) {
        // The same connection serves rebuilds of the views.
        synchronized (connection) {
            long sequence = lastSequence;
            long micros = Math.max(lastMicros, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
            try {
                PreparedStatement insert = statements.of("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)");
                Database.begin(connection);
                for (Group group : groups) {
                    for (int i = 0; i < group.rows.size(); i++) {
                        sequence++;
                        insert(insert, sequence, micros, group.rows.get(i));
                        for (JournalView view : Database.VIEWS) {
                            view.add(statements, sequence, micros, group.entries.get(i));
                        }
                    }
                    sequences.add(sequence);
                }
                Database.commit(connection);
                lastSequence = sequence;
                lastMicros = micros;
                return null;
            } catch (SQLException e) {
                statements.forget(e);
                TroupeException failure = StorageFailures.of(file, e);
                // After a failed sync nobody knows what is on the disk, so only a fresh start may write again.
                if (!Database.rollBack(connection) || !StorageFailures.passing(e)) {
                    broken = failure;
                }
                return failure;
            }
        }
    }

    private static void insert(PreparedStatement insert, long sequence, long micros, Row row) throws SQLException {
        insert.setLong(1, sequence);
        insert.setLong(2, micros);
        insert.setString(3, row.type());
        setText(insert, 4, row.task());
        setText(insert, 5, row.tenant());
        insert.setString(6, row.body());
        insert.setLong(7, row.checksum(sequence, micros));
        insert.executeUpdate();
    }

    private static void setText(PreparedStatement insert, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            insert.setNull(index, Types.VARCHAR);
        } else {
            insert.setString(index, text);
        }
    }

    private static TroupeException closedFailure() {
        return new TroupeException(ErrorCode.STORAGE, "journal: closed (expected: open)", null);
    }

    private static TroupeException overloaded() {
        return new TroupeException(
                ErrorCode.OVERLOADED,
                "journal: " + MAX_WAITING + " writes wait for the disk (expected: fewer)",
                "try again later; the disk is slow or fails");
    }

    private static TroupeException fault(Throwable cause) {
        return new TroupeException(ErrorCode.INTERNAL, "journal: " + cause, null, cause);
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Group> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(group -> group.written.completeExceptionally(closedFailure()));
    }
}
