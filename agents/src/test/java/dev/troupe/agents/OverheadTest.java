package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.TeamSetup.Bounds;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.Ledger;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What everything of ours costs on a task: actors, planner, journal, ledger and demonstrations are real; the model, the
 * sandbox and the embedder answer at once. Wall times are reported; what is judged is their ratio to the same searches and
 * entries made by direct calls in between, since machines differ by more than a change does. Figures are in
 * {@code docs/benchmarks/overhead.md}.
 */
@Tag("long")
class OverheadTest {
    private static final int WARM_UP = 1_500;
    private static final int BATCH = 200;
    private static final int BATCHES = 10;

    /** Seen: 1.2 to 1.6 on a quiet machine, up to 2.3 on a busy one. */
    private static final double MOST_TIMES_DIRECT = 2.5;

    @TempDir
    Path folder;

    /** On a disk in memory, so that the figure is ours. */
    @Test
    void task_withoutModelSandboxAndDisk_takesLittleMoreThanItsSearchesAndEntries() throws IOException {
        Path memory = Path.of("/dev/shm");
        boolean there = Files.isDirectory(memory) && Files.isWritable(memory);
        Path data = there ? Files.createTempDirectory(memory, "troupe-overhead") : folder;
        try {
            assertThat(measure("in memory", data)).isLessThanOrEqualTo(MOST_TIMES_DIRECT);
        } finally {
            if (there) {
                delete(data);
            }
        }
    }

    /** On this machine's disk: reported beside what its syncs alone take, of which a task waits for three. */
    @Test
    void task_onTheDisk_isReported() throws IOException {
        double[] syncs = syncs();
        System.out.printf(
                Locale.ROOT,
                "a sync of 4 KiB: p50 %.2f ms, p95 %.2f ms%n",
                percentile(syncs, 50),
                percentile(syncs, 95));
        assertThat(measure("on the disk", folder)).isPositive();
    }

    /** The median batch's ratio of a task to its work by direct calls. */
    private static double measure(String where, Path data) {
        Bounds bounds = new Bounds(2, 2, 10_000, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofMinutes(1));
        double[] ratios = new double[BATCHES];
        try (TestTeam test = new TestTeam(
                data, (request, context) -> ScriptedModel.python("print ANSWER: 4"), bounds, new Verifier.None())) {
            batch(test, WARM_UP, 0);
            int asked = WARM_UP;
            for (int i = 0; i < BATCHES; i++) {
                long cpu = cpuNanos();
                double[] tasks = batch(test, BATCH, asked);
                double cpuMillis = (cpuNanos() - cpu) / 1e6 / BATCH;
                double[] direct = direct(test, BATCH, asked + BATCH);
                asked += 2 * BATCH;
                ratios[i] = percentile(tasks, 50) / percentile(direct, 50);
                System.out.printf(
                        Locale.ROOT,
                        "a task %s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, %.2f ms of CPU;"
                                + " by direct calls p50 %.2f ms, p95 %.2f ms; ratio %.2f%n",
                        where,
                        percentile(tasks, 50),
                        percentile(tasks, 95),
                        percentile(tasks, 99),
                        cpuMillis,
                        percentile(direct, 50),
                        percentile(direct, 95),
                        ratios[i]);
            }
            assertThat(test.library.list("local", null, asked)).hasSize(asked);
        }
        return percentile(ratios, 50);
    }

    private static double[] batch(TestTeam test, int size, int from) {
        double[] tasks = new double[size];
        for (int i = 0; i < size; i++) {
            String question = question(from + i);
            long start = System.nanoTime();
            Team.Asked asked =
                    test.team.ask(TestTeam.question(question, "c" + (from + i), TestTeam.MINUTE), event -> {});
            assertThat(asked.await()).isInstanceOf(Agent.Answered.class);
            tasks[i] = (System.nanoTime() - start) / 1e6;
        }
        return tasks;
    }

    /**
     * The harbours keep the questions apart: each task learns a demonstration and is shown another's. A number of two
     * digits would have to be in the program, or it is asked for again.
     */
    private static String question(int number) {
        return "How many boats longer than %d metres lie in harbour h%d?".formatted(number % 10, number);
    }

    /** What a task searches and writes, one call after the other on one thread, without actors, planner and events. */
    private static double[] direct(TestTeam test, int size, int from) {
        TaskRecord sample = new Tasks(test.journal).last("local").orElseThrow();
        JournalLedger ledger = new JournalLedger(test.journal, "newsroom", Limits.NONE);
        double[] tasks = new double[size];
        for (int i = 0; i < size; i++) {
            String task = "direct-" + (from + i);
            String question = question(from + i);
            long start = System.nanoTime();
            CompletableFuture<Long> begun = test.journal.submit(
                    List.of(new Entry.TaskStarted(task, "local", "newsroom", "analyst", "c" + (from + i), question)));
            assertThat(test.library.search("local", "newsroom", question, 1, 0.6))
                    .hasSize(1);
            ledger.lease(new Ledger.LeaseRequest(task, "local", "local/small", Money.ZERO, 1_000))
                    .settle(Usage.NONE, Money.ZERO, "ok");
            test.library.end(of(sample, task, question), sample.shown(), null);
            begun.join();
            tasks[i] = (System.nanoTime() - start) / 1e6;
        }
        return tasks;
    }

    private static TaskRecord of(TaskRecord sample, String task, String question) {
        return new TaskRecord(
                task,
                sample.tenant(),
                sample.team(),
                sample.agent(),
                task,
                question,
                sample.started(),
                sample.outcome(),
                sample.answer(),
                sample.verified(),
                sample.exitCode(),
                sample.rung(),
                sample.model(),
                sample.language(),
                sample.code(),
                sample.shown(),
                null,
                sample.escalations(),
                sample.receipt(),
                sample.artifacts(),
                sample.error());
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the disk alone takes to make 4 KiB durable. */
    private double[] syncs() throws IOException {
        double[] syncs = new double[500];
        try (FileChannel file =
                FileChannel.open(folder.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(4_096);
            for (int i = 0; i < syncs.length; i++) {
                long start = System.nanoTime();
                file.write(block.rewind());
                file.force(false);
                syncs[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return syncs;
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
