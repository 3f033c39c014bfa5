package dev.troupe.knowledge.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes with -9, again and again on one folder. */
class KillTest {
    private static final long SEED = Long.getLong("kill.seed", 20261122);

    @TempDir
    Path temp;

    @Test
    void killedThirtyTimes_losesNothingAcknowledged() throws Exception {
        kill(30);
    }

    @Test
    @Tag("long")
    void killedThreeHundredTimes_losesNothingAcknowledged() throws Exception {
        kill(300);
    }

    @Test
    void openByTwoProcesses_theSecondIsToldTheOwnersPid_andGetsItAfterAKill() throws Exception {
        Process owner = start(1);
        try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("opened -");
            TroupeException busy = catchThrowableOfType(TroupeException.class, () -> Journal.open(temp));
            assertThat(busy.code()).isEqualTo(ErrorCode.DATA_FOLDER_BUSY);
            assertThat(busy)
                    .hasMessage("data folder: " + temp.toRealPath() + " is in use by process " + owner.pid()
                            + " (expected: one process at a time)");
            owner.destroyForcibly();
            assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
            try (Journal journal = Journal.open(temp)) {
                assertThat(journal.append(new Entry.DemonstrationUsed("d-0", "after", true)))
                        .isPositive();
            }
        } finally {
            owner.destroyForcibly();
        }
    }

    private void kill(int times) throws Exception {
        Random random = new Random(SEED);
        Acknowledged acknowledged = new Acknowledged();
        for (int n = 1; n <= times; n++) {
            String round = "seed " + SEED + ", kill " + n;
            // A third while it starts or opens, the others while it writes.
            boolean early = random.nextInt(3) == 0;
            runAndKill(SEED + n * 10L, early, random.nextInt(early ? 700 : 200), acknowledged);
            acknowledged.check(temp, round);
            if (n % 10 == 0) {
                acknowledged.checkAll(temp, round);
                acknowledged.checkViews(temp, round);
            }
        }
        assertThat(acknowledged.size()).as("acknowledged in all, seed %d", SEED).isGreaterThan(times * 5);
    }

    private Process start(long seed) throws IOException {
        return new ProcessBuilder(Jvm.command(WritingProcess.class, temp, seed, "all", 0))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void runAndKill(long seed, boolean early, int millis, Acknowledged acknowledged) throws Exception {
        Process process = start(seed);
        CompletableFuture<Void> writes = new CompletableFuture<>();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    acknowledged.add(line);
                    if (!line.equals("opened -")) {
                        writes.complete(null);
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            if (!early) {
                writes.get(60, TimeUnit.SECONDS);
            }
            waitOut(process, millis);
        } finally {
            // By its handle: the process's own method would close the pipe, with acknowledgements in it.
            process.toHandle().destroyForcibly();
        }
        // What is in the pipe still counts.
        read.get(30, TimeUnit.SECONDS);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("128 + SIGKILL").isEqualTo(137);
    }

    /** Lets that much time pass; the process must not end by itself meanwhile. */
    private static void waitOut(Process process, int millis) throws InterruptedException, ExecutionException {
        try {
            process.onExit().get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        }
    }
}
