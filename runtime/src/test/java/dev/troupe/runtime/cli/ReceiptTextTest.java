package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Money;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {
    private final ReceiptText text = new ReceiptText(Style.PLAIN, "./troupe");

    @Test
    void candidate_onALocalModel_isAsTheGuideShows() {
        assertThat(text.of(SampleTasks.solved(Judge.NONE, Money.ZERO, "d-17"))).isEqualTo("""
                Receipt  task 0193a7c2-5d1e…  31 s · 3 model calls · 1,204 tokens in (987 cached), 231 out
                  quick       gave up after 2 turns (KeyError 'region_name', twice)
                  documented  solved it on turn 1
                  cost        $0.0000 (local) · on gpt-5 alone about $0.0036 · saved $0.0036, estimated
                  learned     candidate d-17 (exit code only): `./troupe good` if the answer is right
                """);
    }

    @Test
    void verifiedOne_saysByWhom() {
        assertThat(text.of(SampleTasks.solved(Judge.RULE, Money.ZERO, "d-17")))
                .endsWith("  learned     d-17, which a rule found right\n");
    }

    @Test
    void dearerThanTheBaseline_isNotCalledASaving() {
        // 0.0136 spent against 0.0036: 0.01 dearer.
        assertThat(text.of(SampleTasks.solved(Judge.NONE, Money.parse("0.0136"), null)))
                .contains("  cost        $0.0136 · on gpt-5 alone about $0.0036 · dearer by $0.0100, estimated\n")
                .doesNotContain("saved", "learned");
    }
}
