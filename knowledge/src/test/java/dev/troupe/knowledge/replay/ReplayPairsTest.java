package dev.troupe.knowledge.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pairs of questions with what a careful person says of them. */
class ReplayPairsTest {
    /** Of the examples; another file can be named with {@code -Dreplay.pairs}. */
    private static final Path EXAMPLES = Path.of(System.getProperty("replay.pairs", "../examples/replay/pairs.jsonl"));

    @Test
    void ownPairs_areAllAsExpected() throws IOException, URISyntaxException {
        Path own = Path.of(Objects.requireNonNull(getClass().getResource("/replay/pairs.jsonl"))
                .toURI());
        PairFile.Confusion confusion = PairFile.run(own);
        assertThat(confusion.wrong()).as(confusion.text()).isEmpty();
        assertThat(confusion.missed()).as(confusion.text()).isEmpty();
        assertThat(confusion.replayable()).isGreaterThan(40);
    }

    /** The least share of those that may be replayed. */
    private static final double COVERED = 0.9;

    @Test
    void pairsOfTheExamples_noneIsReplayedWrongly_andMostAre() throws IOException {
        assumeTrue(Files.exists(EXAMPLES), "no file of pairs");
        PairFile.Confusion confusion = PairFile.run(EXAMPLES);
        System.out.println(confusion.text());
        assertThat(confusion.wrong()).as(confusion.text()).isEmpty();
        int replayed = confusion.replayable() - confusion.missed().size();
        assertThat(replayed).as(confusion.text()).isGreaterThanOrEqualTo((int) (confusion.replayable() * COVERED));
    }
}
