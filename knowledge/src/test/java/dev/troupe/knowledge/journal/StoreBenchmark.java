package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Durable commits a second of what could have held the journal: {@code java … StoreBenchmark <empty folder> <store>},
 * where the store is {@code journal} (what was chosen), {@code file} (an appended file with a sync for each entry), or
 * a JDBC address, whose driver must be on the class path, with a commit for each entry.
 */
final class StoreBenchmark {
    private static final int SECONDS = 4;
    private static final String BODY =
            EntryFormat.encode(new Entry.TaskEnded(Samples.task("t"))).body();

    private StoreBenchmark() {}

    private interface Store extends AutoCloseable {
        void append(long n) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        for (int threads : new int[] {1, 16}) {
            try (Store store = open(Path.of(arguments[0], threads + "-threads"), arguments[1])) {
                measure(store, 1, threads);
                measure(store, SECONDS, threads);
            }
        }
    }

    private static Store open(Path folder, String kind) throws Exception {
        folder.toFile().mkdirs();
        return switch (kind) {
            case "journal" -> new Chosen(Journal.open(folder));
            case "file" ->
                new AppendedFile(
                        FileChannel.open(folder.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            default -> new Jdbc(DriverManager.getConnection(kind.replace("FOLDER", folder.toString())));
        };
    }

    private static void measure(Store store, int seconds, int threads) throws Exception {
        AtomicLong count = new AtomicLong();
        long[] nanos = new long[2_000_000];
        CountDownLatch done = new CountDownLatch(threads);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int t = 0; t < threads; t++) {
            Thread.ofPlatform().start(() -> {
                try {
                    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                        store.append(start);
                        int n = (int) count.getAndIncrement();
                        nanos[n % nanos.length] = System.nanoTime() - start;
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (seconds > 1) {
            long[] sorted = Arrays.copyOf(nanos, (int) count.get());
            Arrays.sort(sorted);
            System.out.printf(
                    "%2d threads: %,7d commits/s, p50 %.2f ms, p95 %.2f ms%n",
                    threads,
                    count.get() / seconds,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[(int) (sorted.length * 0.95)] / 1e6);
        }
    }

    private record Chosen(Journal journal) implements Store {
        @Override
        public void append(long n) {
            journal.append(new Entry.Leased("" + n, "t", "local", BODY, "m", Money.ZERO, 0));
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    private record AppendedFile(FileChannel file) implements Store {
        @Override
        public synchronized void append(long n) throws IOException {
            byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            ByteBuffer entry = ByteBuffer.allocate(bytes.length + 12)
                    .putInt(bytes.length)
                    .putLong(crc.getValue())
                    .put(bytes)
                    .flip();
            while (entry.hasRemaining()) {
                file.write(entry);
            }
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Jdbc implements Store {
        private final Connection connection;
        private final PreparedStatement insert;

        Jdbc(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE entry (sequence BIGINT PRIMARY KEY, type VARCHAR(50), body TEXT)");
            }
            connection.setAutoCommit(false);
            this.insert = connection.prepareStatement("INSERT INTO entry VALUES (?, 'task-ended', ?)");
        }

        @Override
        public synchronized void append(long n) throws SQLException {
            insert.setLong(1, n);
            insert.setString(2, BODY);
            insert.executeUpdate();
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
