package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.FileSummary;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LadderPlansTest {
    @TempDir
    Path temporary;

    @Test
    void assistant_asPlan_hasDocumentsSamplingAndFiles() throws IOException {
        TeamFile team = new TeamFolderFixture(temporary).valid(TeamFolderFixture.full(), Map.of());

        LadderPlan plan = LadderPlans.of(team, team.entryAssistant(), null);

        Sampling sampling = new Sampling(0.0, 0.9, 7, 800, List.of());
        assertThat(plan.languages()).containsExactly("python", "sh");
        assertThat(plan.prelude()).isEqualTo("sales = open('data/sales.csv')\n");
        assertThat(LadderPlans.of(team.withoutPreludes(), team.entryAssistant(), null)
                        .prelude())
                .isEmpty();
        assertThat(plan.rungs().getFirst()).isEqualTo(new Rung("quick", "small", sampling, 3, null, false, null));
        assertThat(plan.rungs().getLast()).satisfies(rung -> {
            assertThat(rung.sampling()).isEqualTo(sampling);
            assertThat(rung.turns()).isEqualTo(5);
            assertThat(rung.docs().about("How much?")).isEqualTo("# The data\nRevenue is in euros.\n");
            assertThat(rung.describeFiles()).isTrue();
            assertThat(rung.demonstrated()).isNull();
        });
        assertThat(plan.demonstrations()).isEqualTo(new Demonstrations(2, 0.7));
        assertThat(plan.verifier()).isEqualTo(new Verifier.Rule("ANSWER: .+"));
        assertThat(plan.carryOver()).isFalse();
        // Granted twice, by its folder and by name: told once.
        assertThat(plan.fileSummaries()).containsExactly(new FileSummary("data/sales.csv", """
                CSV, comma, 1 row; columns:
                  region: text, always "north"
                  revenue: integer, 1 to 1
                first rows:
                  north,1"""));
    }

    @Test
    void assistantWithoutTools_asPlan_runsNoCode() throws IOException {
        TeamFile team = new TeamFolderFixture(temporary).valid(TeamFolderFixture.SMALLEST, Map.of());

        LadderPlan plan = LadderPlans.of(team, team.entryAssistant(), null);

        assertThat(plan.languages()).isEmpty();
        assertThat(plan.prelude()).isEmpty();
        assertThat(plan.fileSummaries()).isEmpty();
    }
}
