package dev.troupe.runtime.bench;

import static dev.troupe.runtime.bench.Answering.parallel;
import static dev.troupe.runtime.bench.Answering.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    private Bench bench(Bench.Plan plan, Answering asker) {
        return new Bench(plan, folder, asker, Bench.Listener.NONE);
    }
}
