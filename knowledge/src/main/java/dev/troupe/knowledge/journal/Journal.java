package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record of everything that happened in one data folder, and the source of every view. An entry is on
 * the disk when {@link #append} returns; entries of many threads share a sync. Each row carries a checksum that is
 * compared at each read. Thread-safe; whoever opened it closes it, and until then no other process can open the folder.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MAX_WAIT_SECONDS = 60;

    private final Path folder;
    private final FolderLock lock;
    private final Connection writing;
    private final Writer writer;
    private final Reader reader;

    private Journal(Path folder, FolderLock lock, Connection writing, Writer writer, Reader reader) {
        this.folder = folder;
        this.lock = lock;
        this.writing = writing;
        this.writer = writer;
        this.reader = reader;
    }

    /** As {@link #open(Path, Clock)} by the system's clock. */
    public static Journal open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    /**
     * Opens the journal of a data folder, which is made if it is missing (readable by its owner only).
     *
     * @throws TroupeException {@code DATA_FOLDER_BUSY} when another process has it open, {@code STORAGE} when it cannot
     *     be used, is damaged, or was written by a newer version
     */
    public static Journal open(Path folder, Clock clock) {
        Path real = makeFolder(folder);
        FolderLock lock = FolderLock.take(real);
        Path file = real.resolve("journal.db");
        Connection writing = null;
        Reader reader = null;
        try {
            writing = Database.open(file);
            reader = new Reader(file, Database.reader(file));
            Writer writer = new Writer(file, writing, clock);
            Journal journal = new Journal(real, lock, writing, writer.start(), reader);
            journal.checkViews();
            return journal;
        } catch (SQLException e) {
            closeAll(lock, writing, reader);
            throw StorageFailures.of(file, e);
        } catch (RuntimeException e) {
            closeAll(lock, writing, reader);
            throw e;
        }
    }

    private static Path makeFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                // A folder is only there after a crash when the one above it has been synced.
                try (FileChannel parent =
                        FileChannel.open(folder.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                    parent.force(true);
                }
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw StorageFailures.unusable(folder, e);
        }
    }

    /** The data folder. */
    public Path folder() {
        return folder;
    }

    /** The place of the newest entry, 0 when there is none. */
    public long lastSequence() {
        return writer.lastSequence();
    }

    /** As {@link #append(List)} with one entry. */
    public long append(Entry entry) {
        return append(List.of(entry));
    }

    /**
     * Writes entries that belong together: after a crash either all are there or none.
     *
     * @return the place of the last one; it is on the disk
     * @throws TroupeException {@code STORAGE} when the disk is full or fails; nothing of these entries is kept then
     */
    public long append(List<? extends Entry> entries) {
        return await(submit(entries));
    }

    /** As {@link #append(List)}, without waiting: the future completes when the entries are on the disk. */
    public CompletableFuture<Long> submit(List<? extends Entry> entries) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(lastSequence());
        }
        return writer.submit(entries);
    }

    private static long await(CompletableFuture<Long> written) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
        try {
            while (true) {
                try {
                    return written.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // The entry is on its way; leaving now would leave its fate unknown.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TroupeException known) {
                throw new TroupeException(known.code(), String.valueOf(known.getMessage()), known.hint(), known);
            }
            throw new TroupeException(ErrorCode.INTERNAL, "journal: " + e.getCause(), null, e);
        } catch (TimeoutException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "journal: a write took more than " + MAX_WAIT_SECONDS + " s (expected: milliseconds)",
                    "the disk hangs; the entry may appear later",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Hands over all entries after {@code sequence}, oldest first, each after its checksum was compared.
     *
     * @param types names of the entries that are wanted, none for all: {@code task-ended}, {@code demonstration}, …
     * @throws TroupeException {@code STORAGE} at the first one that is damaged
     */
    public void read(long sequence, List<String> types, Consumer<Stored> consumer) {
        reader.read(sequence, types, consumer, damage -> {
            throw damage;
        });
    }

    /**
     * As {@link #read}, but hands damaged entries over too and goes on, so that one bad row does not take all with it.
     */
    public void readAround(
            long sequence, List<String> types, Consumer<Stored> consumer, Consumer<TroupeException> damaged) {
        reader.read(sequence, types, consumer, damaged);
    }

    /**
     * The entries at these places, in no particular order; a place that does not exist is left out.
     *
     * @throws TroupeException {@code STORAGE} when one is damaged
     */
    public List<Stored> entries(List<Long> sequences) {
        return reader.at(sequences);
    }

    /** For the views that are queries on the journal's own file. */
    Reader reader() {
        return reader;
    }

    /**
     * Checks the whole file: its structure, its indexes, that no entry is missing, and every checksum.
     *
     * @return what is wrong, for people; empty when all is well
     */
    public List<String> verify() {
        return reader.verify();
    }

    /** Makes the views in the journal's own file anew: totals and conversations. */
    public void rebuild() {
        Database.VIEWS.forEach(this::rebuild);
    }

    private void rebuild(JournalView view) {
        try {
            synchronized (writing) {
                view.rebuild(
                        writing,
                        reader,
                        damage -> LOG.warn("left out of the view {}: {}", view.name(), damage.getMessage()));
            }
        } catch (SQLException e) {
            throw StorageFailures.of(folder.resolve("journal.db"), e);
        }
    }

    /** Lets tests fill the disk. */
    void limitPages(long pages) throws SQLException {
        synchronized (writing) {
            Database.execute(writing, "PRAGMA max_page_count = " + pages);
        }
    }

    private void checkViews() throws SQLException {
        synchronized (writing) {
            for (JournalView view : Database.VIEWS) {
                if (!view.current(writing)) {
                    LOG.info("the view {} is made from the journal anew", view.name());
                    rebuild(view);
                }
            }
        }
    }

    @Override
    public void close() {
        writer.close();
        closeAll(lock, writing, reader);
    }

    private static void closeAll(FolderLock lock, @Nullable Connection writing, @Nullable Reader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
            if (writing != null) {
                // Waits for the writer, should it still be busy.
                synchronized (writing) {
                    writing.close();
                }
            }
        } catch (SQLException e) {
            LOG.warn("the journal could not be closed cleanly; nothing that was acknowledged is lost", e);
        } finally {
            lock.close();
        }
    }
}
