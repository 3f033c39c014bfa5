package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.knowledge.demonstration.HybridSearch.Hit;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.lucene.index.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationIndexTest {
    private static final String[] WORDS = {
        "revenue", "orders", "region", "product", "highest", "lowest", "average", "north", "tea", "2024", "2025",
        "profit"
    };
    private static final Term LIVE = Fields.live("local", "analyst");

    @TempDir
    Path temp;

    private final WordEmbedder embedder = new WordEmbedder();

    /** Lucene's own scores are the oracle: what is recent must be scored as it will be when Lucene holds it. */
    @Test
    void search_beforeAndAfterAFlush_hasTheSameScores() throws IOException {
        Random random = random();
        try (DemonstrationIndex index = DemonstrationIndex.open(temp, embedder.name())) {
            for (int i = 1; i <= 60; i++) {
                add(index, i, demonstration(i, question(random), 0, false));
                if (i == 20) {
                    index.flush();
                }
            }
            List<String> questions =
                    random.ints(20).mapToObj(i -> question(random)).toList();
            List<List<Hit>> before = questions.stream().map(q -> hits(index, q)).toList();
            index.flush();
            assertThat(index.recent()).isZero();
            for (int i = 0; i < questions.size(); i++) {
                List<Hit> after = hits(index, questions.get(i));
                assertThat(after).hasSize(60);
                for (Hit hit : before.get(i)) {
                    Hit same = after.stream()
                            .filter(other -> other.sequence() == hit.sequence())
                            .findFirst()
                            .orElseThrow();
                    assertThat(hit.score()).isCloseTo(same.score(), within(1e-6));
                    assertThat(hit.cosine()).isCloseTo(same.cosine(), within(1e-6));
                }
            }
        }
    }

    /** Two indexes that are told the same, one of which flushes at random points, the other never. */
    @Test
    void anyChanges_flushedAtAnyPoints_areFoundAlike() throws IOException {
        Random random = random();
        try (DemonstrationIndex flushing = DemonstrationIndex.open(temp.resolve("flushing"), embedder.name());
                DemonstrationIndex never = DemonstrationIndex.open(temp.resolve("never"), embedder.name())) {
            int last = 0;
            for (int sequence = 1; sequence <= 400; sequence++) {
                int number = last == 0 || random.nextInt(3) == 0 ? ++last : 1 + random.nextInt(last);
                Demonstration changed =
                        demonstration(number, question(random), random.nextInt(3), random.nextInt(4) == 0);
                add(flushing, sequence, changed);
                add(never, sequence, changed);
                if (random.nextInt(10) == 0) {
                    flushing.flush();
                }
                assertThat(flushing.lastNumber()).isEqualTo(last).isEqualTo(never.lastNumber());
                for (Term term : List.of(
                        LIVE,
                        Fields.all("local"),
                        Fields.withId("d-" + number),
                        Fields.learnedFrom("d-1"),
                        Fields.same("local", "analyst", changed.question()))) {
                    int limit = 1 + random.nextInt(20);
                    assertThat(flushing.sequences(term, limit)).isEqualTo(never.sequences(term, limit));
                }
                float[] vector = vector(question(random));
                assertThat(nearest(flushing, vector)).isEqualTo(nearest(never, vector));
            }
            assertThat(never.recent()).isEqualTo(last);
        }
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static String question(Random random) {
        StringBuilder question = new StringBuilder("which");
        for (int i = 0; i < 3 + random.nextInt(4); i++) {
            question.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return question.toString();
    }

    private void add(DemonstrationIndex index, long sequence, Demonstration demonstration) {
        index.add(sequence, demonstration, vector(demonstration.question()));
    }

    private float[] vector(String question) {
        return embedder.embed(List.of(question)).getFirst();
    }

    private List<Hit> hits(DemonstrationIndex index, String question) {
        try {
            Words words = Words.of(index.analyzer(), question);
            return index.search(searcher -> HybridSearch.search(searcher, vector(question), words, LIVE, 100, -1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By vector and trust; which of several that are equal is cut off at the limit is left to chance, so all are taken. */
    private static List<Long> nearest(DemonstrationIndex index, float[] vector) throws IOException {
        return index.search(searcher -> HybridSearch.search(searcher, vector, Words.NONE, LIVE, 1000, 0.3)).stream()
                .map(Hit::sequence)
                .sorted()
                .toList();
    }

    private static Demonstration demonstration(int number, String question, int misled, boolean retired) {
        return new Demonstration(
                "d-" + number,
                "local",
                "analyst",
                "t-" + number,
                question,
                "python",
                "code",
                List.of(),
                "1",
                "quick",
                "small",
                1,
                1,
                Judge.RULE,
                0,
                misled,
                number % 3 == 0 ? "d-1" : null,
                null,
                retired);
    }
}
