package dev.troupe.knowledge.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.knowledge.kill.SystemCalls.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records every system call of a process that writes, then lets the power fail at many points of the record on a disk
 * that loses whatever was not synced.
 */
class PowerFailureTest {
    private static final long SEED = Long.getLong("kill.seed", 20261122);

    @TempDir
    Path temp;

    @Test
    void powerFailsAtManyPoints_losesNothingAcknowledged() throws Exception {
        failAt(40, 40);
    }

    @Test
    @Tag("long")
    void powerFailsAtAThousandPoints_losesNothingAcknowledged() throws Exception {
        failAt(200, 1000);
    }

    /** Shows that the test can fail: the same record on a disk that lies about syncs. */
    @Test
    void powerFailsOnADiskThatLies_isNoticed() throws Exception {
        List<Call> calls = record(3);
        assertThatThrownBy(() -> failAfter(calls, Set.of(calls.size()), new LossyDisk(false), new Random(SEED)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("acknowledged and missing");
    }

    private void failAt(int rounds, int points) throws Exception {
        List<Call> calls = record(rounds);
        assertThat(calls.stream().filter(call -> call.equals(new Call.Synced("journal.db"))))
                .as("checkpoints, or the power never fails in one")
                .isNotEmpty();
        Random random = new Random(SEED);
        // Every point is a system call; the first ones, while the folder is made, are all tried.
        Set<Integer> cuts = new TreeSet<>();
        for (int i = 0; i < points; i++) {
            cuts.add(i % 4 == 0 ? random.nextInt(Math.min(120, calls.size())) : random.nextInt(calls.size()));
        }
        failAfter(calls, cuts, new LossyDisk(true), random);
    }

    /** Plays the calls once and lets the power fail at each cut on the way: once nothing unsynced is kept, once some is. */
    private void failAfter(List<Call> calls, Set<Integer> cuts, LossyDisk disk, Random random) throws IOException {
        Acknowledged acknowledged = new Acknowledged();
        for (int played = 0; played <= calls.size(); played++) {
            if (cuts.contains(played)) {
                String round = "seed " + SEED + ", power failed after call " + played;
                check(disk, null, acknowledged, round);
                check(disk, random, acknowledged, round + ", some kept");
            }
            if (played < calls.size()) {
                Call call = calls.get(played);
                disk.apply(call);
                if (call instanceof Call.Said said && said.line().contains("-")) {
                    acknowledged.add(said.line());
                }
            }
        }
    }

    private void check(LossyDisk disk, Random chance, Acknowledged acknowledged, String round) throws IOException {
        Path found = Files.createTempDirectory(temp, "found");
        disk.afterPowerFailure(found, chance);
        acknowledged.checkAll(found, round);
        try (Stream<Path> files = Files.walk(found)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private List<Call> record(int rounds) throws Exception {
        assumeTrue(canTrace(), "strace is missing or may not trace here; ./check installs it");
        Path folder = Files.createDirectory(temp.resolve("data")).toRealPath();
        Path log = temp.resolve("strace.log");
        List<String> writing = Jvm.command(WritingProcess.class, folder, SEED, "journal", rounds);
        Process process = new ProcessBuilder(SystemCalls.command(log, writing))
                .redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(() -> readIfThere(temp.resolve("err")))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
        List<Call> calls = SystemCalls.read(log, folder);
        assertThat(calls.stream().filter(Call.Said.class::isInstance).count()).isGreaterThanOrEqualTo(rounds * 6L);
        return calls;
    }

    private static String readIfThere(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
