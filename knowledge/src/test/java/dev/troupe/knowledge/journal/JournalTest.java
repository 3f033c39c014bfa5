package dev.troupe.knowledge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path temp;

    @Test
    void append_anyKind_isReadBackAsItWas() {
        Entry[] entries = {
            new Entry.Leased("l-1", "t-1", "local", "analyst", "openai/gpt-5", new Money(5), 1000),
            new Entry.Settled("l-1", "t-1", new Usage(10, 5, 3), new Money(4), "ok"),
            Samples.started("t-1"),
            new Entry.TaskEnded(Samples.task("t-1")),
            new Entry.VerdictGiven("t-1", new Verdict(Judge.PERSON, false), "wrong year", "South"),
            new Entry.VerdictGiven("t-1", new Verdict(Judge.PERSON, true), null, null),
            new Entry.DemonstrationUsed("d-1", "t-1", true),
            Samples.started("half a pair \ud83d, a null \0, an umlaut ü and a face 😀"),
        };
        try (Journal journal = Journal.open(temp)) {
            for (Entry entry : entries) {
                journal.append(entry);
            }
        }

        try (Journal journal = Journal.open(temp)) {
            List<Stored> stored = all(journal);
            assertThat(stored).extracting(Stored::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(stored.subList(0, 7))
                    .extracting(Stored::entry)
                    .containsExactlyElementsOf(List.of(entries).subList(0, 7));
            // Half a surrogate pair has no UTF-8; it becomes a question mark and nothing else suffers.
            assertThat(((Entry.TaskStarted) stored.get(7).entry()).task())
                    .isEqualTo("half a pair ?, a null \0, an umlaut ü and a face 😀");
            assertThat(journal.verify()).isEmpty();
        }
    }

    @Test
    void append_fromManyThreads_keepsAllWithoutGaps() throws Exception {
        int threads = 16;
        int each = 25;
        Set<Long> acknowledged = Collections.synchronizedSet(new TreeSet<>());
        try (Journal journal = Journal.open(temp)) {
            CountDownLatch done = new CountDownLatch(threads);
            for (int t = 0; t < threads; t++) {
                int thread = t;
                Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        acknowledged.add(journal.append(Samples.started(thread + "-" + i)));
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(acknowledged).hasSize(threads * each);
            assertThat(all(journal)).extracting(Stored::sequence).containsExactlyElementsOf(acknowledged);
            assertThat(journal.verify()).isEmpty();
        }
    }

    @Test
    void append_aQuestionOfTenMegabytes_isKept() {
        String question = "x".repeat(10_000_000);
        try (Journal journal = Journal.open(temp)) {
            journal.append(new Entry.TaskStarted("t", "local", "a", "a", "c", question));
            assertThat(((Entry.TaskStarted) all(journal).getFirst().entry()).question())
                    .isEqualTo(question);
        }
    }

    @Test
    void append_afterClose_isRefused() {
        Journal journal = Journal.open(temp);
        journal.close();
        assertThatThrownBy(() -> journal.append(Samples.started("t")))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
                    assertThat(e).hasMessage("journal: closed (expected: open)");
                });
    }

    @Test
    void append_byAnInterruptedThread_isEitherKeptOrRefused() {
        try (Journal journal = Journal.open(temp)) {
            Thread.currentThread().interrupt();
            TroupeException refusal = null;
            try {
                journal.append(Samples.started("t"));
            } catch (TroupeException e) {
                refusal = e;
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(all(journal)).hasSize(refusal == null ? 1 : 0);
            assertThat(journal.append(Samples.started("next"))).isPositive();
        }
    }

    @Test
    void open_newFolder_isForItsOwnerOnly() throws IOException {
        Path folder = temp.resolve("a/b");
        Journal.open(folder).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void open_twiceInOneProcess_isBusyAndLeavesTheFirstUnharmed() {
        try (Journal journal = Journal.open(temp)) {
            TroupeException busy = catchThrowableOfType(TroupeException.class, () -> Journal.open(temp));
            assertThat(busy.code()).isEqualTo(ErrorCode.DATA_FOLDER_BUSY);
            assertThat(busy)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(journal.append(Samples.started("t"))).isEqualTo(1);
        }
    }

    @Test
    void open_underAFile_saysThatTheFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertStorage(() -> Journal.open(file.resolve("data")), "data folder: " + file.resolve("data"));
        assertStorage(() -> Journal.open(file), "data folder: ");
    }

    @Test
    void open_fileOfANewerVersion_saysSoAndLeavesItAlone() throws Exception {
        Path file = written();
        execute(file, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertStorage(() -> Journal.open(temp), "has version 99 (expected: 2 or older)");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_fileThatACrashLeftWithoutASchema_isFinished() throws Exception {
        execute(temp.resolve("journal.db"), "PRAGMA journal_mode = WAL");
        assertThat(temp.resolve("journal.db")).isNotEmptyFile();
        try (Journal journal = Journal.open(temp)) {
            assertThat(journal.append(Samples.started("t"))).isEqualTo(1);
        }
    }

    @Test
    void open_anotherProgramsDatabase_saysSoAndLeavesItAlone() throws Exception {
        Path file = temp.resolve("journal.db");
        execute(file, "CREATE TABLE theirs (a)");
        byte[] before = Files.readAllBytes(file);
        assertStorage(() -> Journal.open(temp), "another program's database");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_fileThatIsNoDatabase_saysThatItIsDamaged() throws Exception {
        Path file = Files.writeString(temp.resolve("journal.db"), "not a database, ".repeat(500));
        assertStorage(() -> Journal.open(temp), "journal.db is damaged");
        assertThat(file).hasContent("not a database, ".repeat(500));
    }

    @Test
    void read_entryWithAFlippedBit_namesItAndTheOthersCanStillBeRead() throws Exception {
        Path file = written();
        execute(file, "UPDATE entry SET body = replace(body, 'How many', 'How mony') WHERE sequence = 2");
        try (Journal journal = Journal.open(temp)) {
            assertStorage(() -> all(journal), "journal.db, entry 2 is damaged: its checksum does not match");
            List<Long> intact = new ArrayList<>();
            List<TroupeException> damaged = new ArrayList<>();
            journal.readAround(0, List.of(), stored -> intact.add(stored.sequence()), damaged::add);
            assertThat(intact).containsExactly(1L, 3L);
            assertThat(damaged).hasSize(1);
            assertThat(journal.verify()).singleElement().asString().contains("entry 2 is damaged");
            assertThat(journal.append(Samples.started("next"))).isEqualTo(4);
        }
    }

    @Test
    void verify_missingEntry_isFound() throws Exception {
        execute(written(), "DELETE FROM entry WHERE sequence = 2");
        try (Journal journal = Journal.open(temp)) {
            assertThat(journal.verify()).singleElement().asString().endsWith("entries 2 to 2 are missing");
        }
    }

    @Test
    void open_fileWithDamagedPages_failsWithStorageAndNeverSilently() throws Exception {
        Path file = written();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            // All pages but the first, which holds the schema.
            bytes.seek(4096);
            bytes.write(new byte[(int) bytes.length() - 4096]);
        }
        TroupeException failure = catchThrowableOfType(TroupeException.class, () -> {
            try (Journal journal = Journal.open(temp)) {
                all(journal);
            }
        });
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE);
        assertThat(failure.hint()).isNotBlank();
    }

    @Test
    void append_whenTheDiskIsFull_saysSoAndGoesOnOnceThereIsSpace() throws Exception {
        try (Journal journal = Journal.open(temp)) {
            journal.append(Samples.started("first"));
            // The database's own limit stands in for the disk's; the code path is the one of ENOSPC.
            journal.limitPages(1);
            assertStorage(
                    () -> journal.append(new Entry.TaskStarted("t", "local", "a", "a", "c", "x".repeat(100_000))),
                    "the disk is full");
            journal.limitPages(1_000_000);
            assertThat(journal.append(Samples.started("second"))).isEqualTo(2);
            assertThat(journal.verify()).isEmpty();
        }
    }

    /** A closed journal of three entries. */
    private Path written() {
        try (Journal journal = Journal.open(temp)) {
            List.of("a", "b", "c").forEach(task -> journal.append(Samples.started(task)));
        }
        return temp.resolve("journal.db");
    }

    static List<Stored> all(Journal journal) {
        List<Stored> all = new ArrayList<>();
        journal.read(0, List.of(), all::add);
        return all;
    }

    private static void execute(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertStorage(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
            assertThat(e).hasMessageContaining(message).hasMessageContaining("(expected: ");
            assertThat(e.hint()).isNotBlank();
        });
    }
}
