package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void mean_allAlike_noWidth() {
        assertThat(Bootstrap.mean(List.of(new double[] {1, 1}, new double[] {1})))
                .isEqualTo(new Interval(1, 1, 1));
    }

    @Test
    void mean_independentValues_intervalOfTheBinomial() {
        // 60 of 100 right: the normal approximation is 0.6 +- 1.96 * sqrt(0.6 * 0.4 / 100) = 0.504 to 0.696.
        Interval interval = Bootstrap.mean(ones(60, 100));
        assertThat(interval.mean()).isEqualTo(0.6, within(1e-12));
        assertThat(interval.low()).isEqualTo(0.504, within(0.012));
        assertThat(interval.high()).isEqualTo(0.696, within(0.012));
    }

    @Test
    void mean_groupsThatAgree_widerByTheRootOfTheirSize() {
        // Four equal values in each of 25 groups carry as much as 25 values: +- 1.96 * sqrt(0.6 * 0.4 / 25) = 0.192.
        List<double[]> groups = IntStream.range(0, 25)
                .mapToObj(i -> {
                    double[] group = new double[4];
                    Arrays.fill(group, i < 15 ? 1 : 0);
                    return group;
                })
                .toList();
        Interval interval = Bootstrap.mean(groups);
        assertThat(interval.mean()).isEqualTo(0.6, within(1e-12));
        assertThat((interval.high() - interval.low()) / 2).isEqualTo(0.192, within(0.02));
    }

    @Test
    void mean_unequalGroups_everyValueCountsTheSame() {
        assertThat(Bootstrap.mean(List.of(new double[] {1, 1, 1}, new double[] {0}))
                        .mean())
                .isEqualTo(0.75);
    }

    @Test
    void mean_again_same() {
        assertThat(Bootstrap.mean(ones(7, 20))).isEqualTo(Bootstrap.mean(ones(7, 20)));
    }

    @Test
    void mean_nothing_refused() {
        assertThatThrownBy(() -> Bootstrap.mean(List.of())).hasMessage("groups: none (expected: at least one)");
    }

    private static List<double[]> ones(int ones, int all) {
        return IntStream.range(0, all)
                .mapToObj(i -> new double[] {i < ones ? 1 : 0})
                .toList();
    }
}
