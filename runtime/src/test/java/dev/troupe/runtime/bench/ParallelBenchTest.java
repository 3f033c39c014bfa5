package dev.troupe.runtime.bench;

import static dev.troupe.runtime.bench.Answering.parallel;
import static dev.troupe.runtime.bench.Answering.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several questions at a time. */
class ParallelBenchTest {
    private static final Configuration QUICK = new Configuration(List.of("quick"), Demonstrations.OFF, false);
    private static final Configuration LEARNING = new Configuration(List.of("quick"), Demonstrations.LEARN, false);

    @TempDir
    private Path folder;

    @Test
    void run_parallel_soManyAreAskedAtATime() {
        // Opens only when three questions are being asked; a fourth would leave the last round short of its third.
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Answering asker = new Answering(question -> question.split(" ")[0]);
        asker.meanwhile = (question, stop) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(three);
            now.decrementAndGet();
        };
        List<Integer> told = new ArrayList<>();
        Bench bench = new Bench(
                parallel(3, plan(Set.of(Split.TEST), QUICK)), folder, asker, (result, done, all) -> told.add(done));

        Report report = bench.run(new Cancellation());

        assertThat(most).hasValue(3);
        assertThat(told).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(report.configurations()).singleElement().satisfies(summary -> {
            assertThat(summary.right()).isEqualTo(6);
            assertThat(summary.parallel()).isEqualTo(3);
        });
        assertThat(report.toMarkdown())
                .endsWith("Asked several at a time, so that their seconds say nothing of a single question:"
                        + " quick (up to 3).\n");
    }

    @Test
    void run_parallel_orderOfAnswersDoesNotMatter() throws IOException {
        List<String> order = plan(Set.of(Split.TEST), QUICK).order(0).stream()
                .map(BenchCase::id)
                .toList();
        Report forward = answeredIn(order, folder.resolve("forward"));
        Report backward = answeredIn(order.reversed(), folder.resolve("backward"));

        assertThat(backward).isEqualTo(forward);
        assertThat(forward.differences()).hasSize(1);
        assertThat(forward.configurations()).extracting(Summary::right).containsExactly(6, 3);
    }

    /** The report of a run whose six questions are asked together and answered in this order. */
    private Report answeredIn(List<String> order, Path where) throws IOException {
        new Bench(
                        plan(Set.of(Split.TEST), Configuration.BARE),
                        where,
                        new Answering(question -> question.split(" ")[0]),
                        Bench.Listener.NONE)
                .run(new Cancellation());
        Map<String, CountDownLatch> turns = new HashMap<>();
        order.forEach(id -> turns.put(id, new CountDownLatch(1)));
        turns.get(order.getFirst()).countDown();
        // Half of the answers are right.
        Answering asker = new Answering(question -> "024".contains(question.split(" ")[0]) ? question : "no idea");
        asker.meanwhile =
                (question, stop) -> await(turns.get("case-" + question.substring(question.lastIndexOf(' ') + 1)));
        Bench bench = new Bench(parallel(6, plan(Set.of(Split.TEST), QUICK)), where, asker, (result, done, all) -> {
            if (done < all) {
                turns.get(order.get(done)).countDown();
            }
        });
        Report report = bench.run(new Cancellation());
        assertThat(Files.readAllLines(where.resolve("runs.jsonl")).stream().skip(6))
                .zipSatisfy(order, (line, id) -> assertThat(line).contains("\"case\":\"" + id + "\""));
        return report;
    }

    @Test
    void run_parallelAndModelGone_othersAreStoppedAndCountForNothing() {
        Bench.Plan plan = parallel(3, plan(Set.of(Split.TEST), QUICK));
        List<String> order = plan.order(0).stream().map(BenchCase::question).toList();
        // The first is answered, which lets in the fourth; then the second fails and stops the third and the fourth.
        CyclicBarrier threeLeft = new CyclicBarrier(3);
        Answering asker = new Answering(question -> question.split(" ")[0]);
        asker.error = question -> question.equals(order.get(1)) ? ErrorCode.MODEL_UNAVAILABLE : null;
        asker.meanwhile = (question, stop) -> {
            if (!question.equals(order.get(0))) {
                await(threeLeft);
                if (!question.equals(order.get(1))) {
                    awaitCancelled(stop);
                }
            }
        };

        assertThatThrownBy(() -> bench(plan, asker).run(new Cancellation()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
        assertThat(asker.asked).containsExactlyInAnyOrderElementsOf(order.subList(0, 4));
        assertThat(asker.closed).isTrue();
        assertThat(bench(plan, asker).report().configurations())
                .extracting(Summary::asked)
                .containsExactly(1);

        Answering again = new Answering(question -> question.split(" ")[0]);
        Report report = bench(plan, again).run(new Cancellation());
        assertThat(again.asked).containsExactlyInAnyOrderElementsOf(order.subList(1, 6));
        assertThat(report.configurations()).extracting(Summary::right).containsExactly(6);
    }

    @Test
    void run_parallelAndCancelled_allInFlightAreCancelled() {
        Cancellation cancellation = new Cancellation();
        CyclicBarrier three =
                new CyclicBarrier(3, () -> Thread.startVirtualThread(() -> cancellation.cancel("Ctrl-C")));
        Answering asker = new Answering(question -> question.split(" ")[0]);
        asker.meanwhile = (question, stop) -> {
            await(three);
            awaitCancelled(stop);
        };
        Bench.Plan plan = parallel(3, plan(Set.of(Split.TEST), QUICK));

        assertThatThrownBy(() -> bench(plan, asker).run(cancellation)).hasMessage("cancelled: Ctrl-C");
        assertThat(asker.asked).hasSize(3);
        assertThat(bench(plan, asker).report().configurations()).isEmpty();
    }

    @Test
    void plan_parallelOutOfRange_refused() {
        for (int wrong : new int[] {0, 65}) {
            Bench.Plan plan = parallel(wrong, plan(Set.of(Split.TEST), QUICK));
            assertThatThrownBy(() -> bench(plan, new Answering(question -> "0")))
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessage("--parallel: " + wrong + " (expected: 1 to 64)");
        }
    }

    @Test
    void run_learningInParallel_judgesEverySolvedQuestion() {
        Answering asker = new Answering(question -> "0");
        bench(parallel(2, plan(Set.of(Split.LEARN), LEARNING)), asker).run(new Cancellation());
        assertThat(asker.verdicts).hasSize(asker.asked.size()).isNotEmpty();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitCancelled(Cancellation stop) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration ignored = stop.onCancel(cancelled::countDown)) {
            await(cancelled);
        }
    }

    private Bench bench(Bench.Plan plan, Answering asker) {
        return new Bench(plan, folder, asker, Bench.Listener.NONE);
    }
}
