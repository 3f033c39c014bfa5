package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.SearchBenchmark.TopicEmbedder;
import dev.troupe.knowledge.journal.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchRecallTest {
    @TempDir
    Path temp;

    /** 25,000 entries: the largest team's 15,000 are found by the graph, the others' are compared one by one. */
    @Test
    @Tag("long")
    void search_besideAnExactOne_findsNineteenOfTwenty() throws Exception {
        TopicEmbedder embedder = new TopicEmbedder();
        try (Journal journal = Journal.open(temp)) {
            SearchBenchmark.fill(journal, 25_000);
            DemonstrationLibrary.open(journal, embedder).close();
            assertThat(SearchBenchmark.recall(temp, embedder)).isGreaterThanOrEqualTo(0.95);
        }
    }
}
