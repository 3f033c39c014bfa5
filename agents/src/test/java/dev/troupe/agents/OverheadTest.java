package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.TeamSetup.Bounds;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What everything of ours costs on a task: actors, planner, journal, ledger and demonstrations are real; the model, the
 * sandbox and the embedder answer at once. Figures are in {@code docs/benchmarks/overhead.md}.
 */
@Tag("long")
class OverheadTest {
    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_000;
    private static final double LIMIT_MILLIS = 5;

    @TempDir
    Path folder;

    @Test
    void task_withoutModelAndSandbox_takesAtMost5Milliseconds() throws IOException {
        double[] syncs = syncs();
        Bounds bounds = new Bounds(2, 2, 4_000, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofMinutes(1));
        double[] tasks = new double[MEASURED];
        try (TestTeam test = new TestTeam(
                folder, (request, context) -> ScriptedModel.python("print ANSWER: 4"), bounds, new Verifier.None())) {
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                // Numbers keep the questions apart: each task learns a demonstration and is shown another's.
                String question = "How many boats longer than %d metres lie in harbour %d?".formatted(i % 40, i);
                long start = System.nanoTime();
                Team.Asked asked = test.team.ask(TestTeam.question(question, "c" + i, TestTeam.MINUTE), event -> {});
                assertThat(asked.await()).isInstanceOf(Agent.Answered.class);
                if (i >= WARM_UP) {
                    tasks[i - WARM_UP] = (System.nanoTime() - start) / 1e6;
                }
            }
            assertThat(test.library.list("local", null, 10)).isNotEmpty();
        }
        System.out.printf(
                Locale.ROOT,
                "overhead of a task: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms; a sync of 4 KiB: p50 %.2f ms, p95 %.2f ms%n",
                percentile(tasks, 50),
                percentile(tasks, 95),
                percentile(tasks, 99),
                percentile(syncs, 50),
                percentile(syncs, 95));
        assertThat(percentile(tasks, 95)).isLessThanOrEqualTo(LIMIT_MILLIS);
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
