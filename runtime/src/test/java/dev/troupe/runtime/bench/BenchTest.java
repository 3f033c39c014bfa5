package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
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
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final Configuration QUICK = new Configuration(List.of("quick"), Demonstrations.OFF, false);
    private static final Configuration LEARNING = new Configuration(List.of("quick"), Demonstrations.LEARN, false);
    private static final Configuration FROZEN = new Configuration(List.of("quick"), Demonstrations.FROZEN, false);

    @TempDir
    private Path folder;

    @Test
    void run_someRight_countedByConfiguration() {
        Answering bare = new Answering(question -> question.startsWith("0 ") ? "0" : "no idea");
        bench(plan(Set.of(Split.TEST), Configuration.BARE), bare).run(new Cancellation());
        Answering quick = new Answering(question -> question.split(" ")[0]);
        Report report = bench(plan(Set.of(Split.TEST), QUICK), quick).run(new Cancellation());

        assertThat(report.configurations()).extracting(Summary::configuration).containsExactly("bare", "quick");
        assertThat(report.configurations()).extracting(Summary::right).containsExactly(1, 6);
        assertThat(report.configurations()).extracting(Summary::asked).containsExactly(6, 6);
        assertThat(report.configurations().getFirst().exitZero()).isEqualTo(6);
        assertThat(report.configurations().getFirst().exitZeroRight()).isEqualTo(1);
        assertThat(report.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.pairs()).isEqualTo(6);
            assertThat(difference.difference().mean()).isEqualTo(5 / 6.0, within(1e-12));
        });
        assertThat(report.toMarkdown())
                .contains(
                        "| news | small | bare | 1 of 6 (16.7 %) | ", "| 2.00 | 100 | 40 | 10 | 1.5 | 2.0 | $0.0060 |")
                .contains("| 1 of 6 (17 %) |", "| quick | bare | +83.3 | ");
    }

    @Test
    void run_again_asksOnlyWhatHasNoResult() {
        Answering first = new Answering(question -> "0");
        bench(plan(Set.of(Split.TEST), 2, 1, QUICK), first).run(new Cancellation());
        assertThat(first.asked).hasSize(2);

        Answering second = new Answering(question -> "0");
        Report report = bench(plan(Set.of(Split.TEST), 6, 1, QUICK), second).run(new Cancellation());
        assertThat(second.asked).hasSize(4).doesNotContainAnyElementsOf(first.asked);
        assertThat(report.configurations()).extracting(Summary::asked).containsExactly(6);
    }

    @Test
    void run_afterACrashInTheMiddleOfALine_lineIsAskedAgain() throws IOException {
        bench(plan(Set.of(Split.TEST), 2, 1, QUICK), new Answering(question -> "0"))
                .run(new Cancellation());
        Path runs = folder.resolve("runs.jsonl");
        String whole = Files.readString(runs);
        Files.writeString(runs, whole.substring(0, whole.length() - 40));

        Answering again = new Answering(question -> "0");
        bench(plan(Set.of(Split.TEST), 2, 1, QUICK), again).run(new Cancellation());
        assertThat(again.asked).hasSize(1);
        assertThat(Files.readAllLines(runs)).hasSize(2);
    }

    @Test
    void run_cancelled_keepsResultsAndGoesOn() {
        Cancellation cancellation = new Cancellation();
        Answering stopped = new Answering(question -> "0");
        stopped.meanwhile = (question, stop) -> {
            if (stopped.asked.size() == 3) {
                cancellation.cancel("stopped by the test");
            }
        };
        assertThatThrownBy(() -> bench(plan(Set.of(Split.TEST), QUICK), stopped).run(cancellation))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(stopped.closed).isTrue();

        Answering next = new Answering(question -> "0");
        bench(plan(Set.of(Split.TEST), QUICK), next).run(new Cancellation());
        // The third was being answered when it was cancelled: it has no result.
        assertThat(next.asked).hasSize(4).contains(stopped.asked.getLast());
    }

    @Test
    void run_modelGone_endsAndCountsNothingAsWrong() {
        Answering broken = new Answering(question -> "0");
        broken.error = question -> ErrorCode.MODEL_UNAVAILABLE;
        assertThatThrownBy(() -> bench(plan(Set.of(Split.TEST), QUICK), broken).run(new Cancellation()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
        assertThat(bench(plan(Set.of(Split.TEST), QUICK), broken).report().configurations())
                .isEmpty();
    }

    @Test
    void run_taskOutOfTime_countsAsWrong() {
        Answering slow = new Answering(question -> question.split(" ")[0]);
        slow.error = question -> ErrorCode.TIMEOUT;
        Report report = bench(plan(Set.of(Split.TEST), QUICK), slow).run(new Cancellation());
        assertThat(report.configurations()).extracting(Summary::right).containsExactly(0);
        assertThat(report.configurations()).extracting(Summary::exitZero).containsExactly(0);
    }

    @Test
    void run_demonstrationsOff_teamIsToldNoVerdict() {
        Answering quick = new Answering(question -> question.split(" ")[0]);
        bench(plan(EnumSet.allOf(Split.class), QUICK), quick).run(new Cancellation());
        assertThat(quick.asked).hasSize(12);
        assertThat(quick.verdicts).isEmpty();
    }

    @Test
    void run_learning_verdictAfterEachAnswerAndFrozenSeesTheSameFolder() {
        Answering learning = new Answering(question -> question.startsWith("1 ") ? "wrong" : question.split(" ")[0]);
        bench(plan(Set.of(Split.LEARN), LEARNING), learning).run(new Cancellation());
        assertThat(learning.verdicts).hasSize(6).containsOnlyOnce(new Verdict(Judge.RULE, false));

        Answering frozen = new Answering(question -> question.split(" ")[0]);
        frozen.shown = "d-1";
        Report report = bench(plan(Set.of(Split.TEST), FROZEN), frozen).run(new Cancellation());
        assertThat(frozen.verdicts).isEmpty();
        assertThat(frozen.data).isEqualTo(learning.data);
        assertThat(report.configurations().getLast().configuration()).isEqualTo("quick +frozen");
        assertThat(report.configurations().getLast().demonstrationsUsed()).isEqualTo(6);
        assertThat(report.configurations().getLast().demonstrationsHelped()).isEqualTo(6);
        assertThat(report.configurations().getLast().demonstrationsMisled()).isZero();
    }

    @Test
    void run_frozenBeforeAnythingWasLearned_refused() {
        assertThatThrownBy(() -> bench(plan(Set.of(Split.TEST), FROZEN), new Answering(question -> "0"))
                        .run(new Cancellation()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void plan_learningFromTheTestHalf_refused() {
        assertThatThrownBy(() -> bench(plan(EnumSet.allOf(Split.class), LEARNING), new Answering(question -> "0")))
                .hasMessage("--demonstrations learn (expected: with --split learn)");
        assertThatThrownBy(() -> bench(plan(Set.of(Split.LEARN), FROZEN), new Answering(question -> "0")))
                .hasMessage("--demonstrations frozen (expected: with --split test)");
    }

    @Test
    void order_sameSeed_sameForAllAndLimitIsAPrefix() {
        Bench.Plan all = plan(EnumSet.allOf(Split.class), 100, 2, QUICK);
        Bench.Plan some = plan(EnumSet.allOf(Split.class), 5, 2, QUICK);
        assertThat(some.order(0)).isEqualTo(all.order(0).subList(0, 5));
        assertThat(some.order(1)).containsExactlyInAnyOrderElementsOf(some.order(0));
        assertThat(all.order(1)).isNotEqualTo(all.order(0));
    }

    @Test
    void run_repeat_eachAskedThatOften() {
        Answering twice = new Answering(question -> "0");
        Report report = bench(plan(Set.of(Split.TEST), 3, 2, QUICK), twice).run(new Cancellation());
        assertThat(twice.asked).hasSize(6);
        assertThat(Set.copyOf(twice.asked)).hasSize(3);
        assertThat(report.configurations()).extracting(Summary::asked).containsExactly(6);
    }

    @Test
    void runFile_unknownField_isReadAllTheSame() throws IOException {
        bench(plan(Set.of(Split.TEST), 1, 1, QUICK), new Answering(question -> "0"))
                .run(new Cancellation());
        Path runs = folder.resolve("runs.jsonl");
        String line = Files.readString(runs).strip();
        assertThat(line).contains("\"case\":", "\"exit_code\":0", "\"cost_usd\":\"0.001000000000\"");
        Files.writeString(
                runs,
                line.replace("\"case\":", "\"new_field\":1,\"case\":") + "\n",
                StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(bench(plan(Set.of(Split.TEST), 1, 1, QUICK), new Answering(question -> "0"))
                        .report()
                        .configurations())
                .hasSize(1);
    }

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
    void plan_parallelOutOfRangeOrLearning_refused() {
        for (int wrong : new int[] {0, 65}) {
            Bench.Plan plan = parallel(wrong, plan(Set.of(Split.TEST), QUICK));
            assertThatThrownBy(() -> bench(plan, new Answering(question -> "0")))
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessage("--parallel: " + wrong + " (expected: 1 to 64)");
        }
        Bench.Plan learning = parallel(2, plan(Set.of(Split.LEARN), LEARNING));
        assertThatThrownBy(() -> bench(learning, new Answering(question -> "0")))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessage("--parallel: 2 (expected: 1 with --demonstrations learn)");
    }

    @Test
    void runFile_lineThatDoesNotSayHowManyAtATime_isTakenForOne() throws IOException {
        Bench.Plan plan = parallel(4, plan(Set.of(Split.TEST), 1, 1, QUICK));
        bench(plan, new Answering(question -> "0")).run(new Cancellation());
        Path runs = folder.resolve("runs.jsonl");
        assertThat(Files.readString(runs)).contains("\"parallel\":4,");
        Files.writeString(runs, Files.readString(runs).replace("\"parallel\":4,", ""));
        assertThat(bench(plan, new Answering(question -> "0")).report().configurations())
                .extracting(Summary::parallel)
                .containsExactly(1);
    }

    @Test
    void runFile_afterAWriteThatFailed_nothingIsAppended() throws IOException {
        Path runs = folder.resolve("runs.jsonl");
        Answering asker = new Answering(question -> "0");
        Bench bench = bench(plan(Set.of(Split.TEST), QUICK), asker);
        Files.createDirectory(runs);
        assertThatThrownBy(() -> bench.run(new Cancellation()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
        assertThat(asker.asked).hasSize(1);
        Files.delete(runs);
        assertThatThrownBy(() -> bench.run(new Cancellation())).hasMessageEndingWith(": a write has failed before");
        assertThat(runs).doesNotExist();
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

    private static Bench.Plan parallel(int parallel, Bench.Plan plan) {
        return new Bench.Plan(
                plan.team(),
                plan.cases(),
                plan.split(),
                plan.configurations(),
                plan.limit(),
                plan.repeat(),
                plan.seed(),
                parallel);
    }

    private Bench bench(Bench.Plan plan, Answering asker) {
        return new Bench(plan, folder, asker, Bench.Listener.NONE);
    }

    private static Bench.Plan plan(Set<Split> split, Configuration configuration) {
        return plan(split, 100, 1, configuration);
    }

    /** Six questions a half, two a template, whose right answer is the number that they begin with. */
    private static Bench.Plan plan(Set<Split> split, int limit, int repeat, Configuration configuration) {
        List<BenchCase> cases = IntStream.range(0, 12)
                .mapToObj(i -> new BenchCase(
                        "case-" + i,
                        "template-" + i / 2,
                        "sums",
                        i < 6 ? Split.TEST : Split.LEARN,
                        i % 6 + " as a number, question " + i,
                        new Check.Text(List.of("" + i % 6), List.of())))
                .toList();
        return new Bench.Plan("news", cases, split, List.of(configuration), limit, repeat, 7, 1);
    }

    /** A team that answers by a function. */
    private static final class Answering implements Asker, Asker.Factory {
        private final Function<String, String> answers;
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final List<Verdict> verdicts = new ArrayList<>();
        private BiConsumer<String, Cancellation> meanwhile = (question, stop) -> {};
        private Function<String, @Nullable ErrorCode> error = question -> null;
        private @Nullable String shown;
        private @Nullable Path data;
        private boolean closed;

        Answering(Function<String, String> answers) {
            this.answers = answers;
        }

        @Override
        public String model() {
            return "small";
        }

        @Override
        public Asker open(Configuration configuration, Path data) {
            this.data = data;
            try {
                Files.createDirectories(data);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return this;
        }

        @Override
        public Asked ask(String question, Cancellation cancellation) {
            asked.add(question);
            meanwhile.accept(question, cancellation);
            ErrorCode error = this.error.apply(question);
            Receipt receipt = new Receipt(
                    Money.parse("0.001"),
                    new Receipt.Baseline("openai/gpt-5", Money.ZERO, Receipt.Basis.ESTIMATED),
                    Money.ZERO,
                    new Usage(100, 40, 10),
                    2,
                    2000,
                    List.of());
            TaskRecord record = new TaskRecord(
                    "t-" + asked.size(),
                    "local",
                    "news",
                    "desk",
                    "c",
                    question,
                    Instant.EPOCH,
                    error == null ? "solved" : "failed",
                    error == null ? answers.apply(question) : "",
                    Judge.NONE,
                    0,
                    "quick",
                    "small",
                    "python",
                    "print()",
                    shown,
                    null,
                    0,
                    receipt,
                    List.of(),
                    error == null ? null : error.name());
            return new Asked(record, 1500);
        }

        @Override
        public void judge(String task, Verdict verdict) {
            assertThat(task).isEqualTo("t-" + asked.size());
            verdicts.add(verdict);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
