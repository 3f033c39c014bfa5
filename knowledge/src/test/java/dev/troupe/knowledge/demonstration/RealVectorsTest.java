package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.embedding.MiniLmEmbedder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library with the weights that it has in life. */
class RealVectorsTest {
    private static final String HIGHEST = "Which region had the highest revenue in 2025?";

    @TempDir
    Path temp;

    @Test
    void questions_areFoundByMeaningKeptApartAndMerged() {
        try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
                Journal journal = Journal.open(temp);
                DemonstrationLibrary library = DemonstrationLibrary.open(journal, embedder)) {
            learn(library, "t-1", HIGHEST);
            learn(library, "t-2", "How many customers placed more than three orders?");
            learn(library, "t-3", "Sort the list [5, 3, 9] with merge sort and print it.");

            // The second question is shown the first one's solution, at the similarity that a team file asks
            // for.
            List<Match> similar =
                    library.search("local", "analyst", "Which region had the lowest revenue in 2024?", 3, 0.6);
            assertThat(similar).extracting(m -> m.demonstration().id()).containsExactly("d-1");
            assertThat(library.search("local", "analyst", "What is the capital of France?", 3, 0.6))
                    .isEmpty();

            for (String wording : List.of(
                    "What region had the highest revenue in 2025",
                    "In 2025, which region had the highest revenue?",
                    "Please tell me which region had the highest revenue in 2025.")) {
                assertThat(learn(library, "w", wording)).as(wording).isEqualTo("d-1");
            }
            assertThat(learn(library, "t-4", "Which region had the lowest revenue in 2025?"))
                    .isEqualTo("d-4");
            assertThat(learn(library, "t-5", "Which region had the highest revenue in 2024?"))
                    .isEqualTo("d-5");

            List<Match> before = library.search("local", "analyst", HIGHEST, 10, 0.1);
            library.rebuild();
            assertThat(library.search("local", "analyst", HIGHEST, 10, 0.1)).isEqualTo(before);
        }
    }

    private static String learn(DemonstrationLibrary library, String task, String question) {
        return library.learn(Samples.task(task, question, "print('ANSWER: 1')", "1", Judge.NONE))
                .orElseThrow()
                .id();
    }
}
