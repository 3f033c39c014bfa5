package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.demonstration.HybridSearch.Hit;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.embedding.Embedder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.VectorUtil;

/**
 * Searches a hundred thousand demonstrations on one thread and compares with an exact search: {@code java …
 * SearchBenchmark <folder> [entries]}. The folder is kept, so that a second run skips the indexing.
 */
final class SearchBenchmark {
    private static final long SEED = 20261122;
    private static final int QUERIES = 1500;
    private static final int COMPARED = 150;
    private static final int LIMIT = 10;
    /** One less than are flushed. */
    private static final int RECENT = 127;

    /** Of a team's share of all entries, in percent: 60, 30 and 10. */
    private static final List<String> TEAMS = List.of("large", "middle", "small");

    private SearchBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        Embedder embedder = new TopicEmbedder();
        try (Journal journal = Journal.open(folder)) {
            if (journal.lastSequence() == 0) {
                fill(journal, entries);
            }
            long start = System.nanoTime();
            try (DemonstrationLibrary library = DemonstrationLibrary.open(journal, embedder)) {
                System.out.printf("%,d entries, opened in %.1f s%n", entries, (System.nanoTime() - start) / 1e9);
                timeLibrary(library);
                Random random = new Random(SEED + 3);
                for (int i = 0; i < RECENT; i++) {
                    String team = TEAMS.get(i % TEAMS.size());
                    library.add("local", team, Topics.question(random), "python", "print('ANSWER: 1')", "1");
                }
                System.out.printf("with %d recent ones beside Lucene%n", RECENT);
                timeLibrary(library);
            }
            recall(folder, embedder);
            System.out.printf("index %,d MiB%n", size(folder.resolve("index/demonstrations")) >> 20);
        }
    }

    /** The least recall of any team, hybrid, on the index that a library has left in the folder. */
    static double recall(Path folder, Embedder embedder) throws IOException {
        try (DemonstrationIndex opened = DemonstrationIndex.open(
                folder.resolve("index/demonstrations"), embedder.name() + "/" + embedder.dimensions())) {
            return opened.search(searcher -> compare(opened, searcher, embedder));
        }
    }

    static void fill(Journal journal, int entries) {
        Random random = new Random(SEED);
        List<Entry> batch = new ArrayList<>();
        for (int i = 1; i <= entries; i++) {
            int share = random.nextInt(10);
            String team = TEAMS.get(share < 6 ? 0 : share < 9 ? 1 : 2);
            Judge judge = Judge.values()[random.nextInt(4)];
            batch.add(new Entry.DemonstrationStored(new Demonstration(
                    "d-" + i,
                    "local",
                    team,
                    "t-" + i,
                    Topics.question(random),
                    "python",
                    "print('ANSWER: 1')".repeat(20),
                    List.of(),
                    "1",
                    "quick",
                    "small",
                    900,
                    120,
                    judge,
                    random.nextInt(5),
                    random.nextInt(2),
                    null,
                    null,
                    false)));
            if (batch.size() == 1000 || i == entries) {
                journal.append(batch);
                batch.clear();
            }
        }
    }

    /** All of a search: the question's vector (synthetic, some microseconds), both indexes, and the journal's entries. */
    private static void timeLibrary(DemonstrationLibrary library) {
        Random random = new Random(SEED + 1);
        for (int run = 0; run < 3; run++) {
            for (String team : TEAMS) {
                long[] wall = new long[QUERIES];
                long[] cpu = new long[QUERIES];
                for (int i = 0; i < QUERIES; i++) {
                    String question = Topics.question(random);
                    long startCpu = cpu();
                    long start = System.nanoTime();
                    library.search("local", team, question, LIMIT, 0.3);
                    wall[i] = System.nanoTime() - start;
                    cpu[i] = cpu() - startCpu;
                }
                if (run == 2) {
                    System.out.printf(
                            "%-7s whole search: wall p50 %.2f p95 %.2f ms, processor p50 %.2f p95 %.2f ms%n",
                            team, at(wall, 0.5), at(wall, 0.95), at(cpu, 0.5), at(cpu, 0.95));
                }
            }
        }
    }

    private static double compare(DemonstrationIndex index, WholeSearcher searcher, Embedder embedder)
            throws IOException {
        Random random = new Random(SEED + 2);
        double least = 1;
        System.out.printf("%d segments%n", searcher.getIndexReader().leaves().size());
        for (String team : TEAMS) {
            Term filter = Fields.live("local", team);
            int found = 0;
            int wanted = 0;
            int nearest = 0;
            for (int i = 0; i < COMPARED; i++) {
                String question = Topics.question(random);
                float[] vector = embedder.embed(List.of(question)).getFirst();
                Words words = Words.of(index.analyzer(), question);
                Set<Long> exact = exact(searcher, vector, searcher.text(words).query(), new TermQuery(filter));
                found += hits(HybridSearch.search(searcher, vector, words, filter, LIMIT, 0), exact);
                wanted += exact.size();
                nearest += hits(
                        HybridSearch.search(searcher, vector, Words.NONE, filter, LIMIT, 0),
                        exact(searcher, vector, null, new TermQuery(filter)));
            }
            least = Math.min(least, found / (double) wanted);
            System.out.printf(
                    "%-7s recall@%d: hybrid %.4f, vectors alone %.4f%n",
                    team, LIMIT, found / (double) wanted, nearest / (double) wanted);
        }
        return least;
    }

    private static int hits(List<Hit> found, Set<Long> exact) {
        return (int)
                found.stream().filter(hit -> exact.contains(hit.sequence())).count();
    }

    /** The same formula over every entry that the filter lets through, with vectors and BM25 in full. */
    private static Set<Long> exact(IndexSearcher searcher, float[] vector, Query words, Query filter)
            throws IOException {
        int all = searcher.getIndexReader().maxDoc();
        Map<Integer, Float> text = new HashMap<>();
        float best = 0;
        if (words != null) {
            for (ScoreDoc hit : searcher.search(words, all).scoreDocs) {
                text.put(hit.doc, hit.score);
            }
        }
        List<Scored> scored = new ArrayList<>();
        int[] allowed = Arrays.stream(searcher.search(filter, all).scoreDocs)
                .mapToInt(hit -> hit.doc)
                .sorted()
                .toArray();
        for (int document : allowed) {
            best = Math.max(best, text.getOrDefault(document, 0f));
        }
        for (var leaf : searcher.getIndexReader().leaves()) {
            var vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
            var places = vectors.iterator();
            var sequences = leaf.reader().getNumericDocValues(Fields.SEQUENCE);
            var trusts = leaf.reader().getNumericDocValues(Fields.TRUST);
            for (int document : allowed) {
                int local = document - leaf.docBase;
                if (local >= 0 && local < leaf.reader().maxDoc()) {
                    places.advance(local);
                    sequences.advanceExact(local);
                    trusts.advanceExact(local);
                    double cosine = VectorUtil.dotProduct(vector, vectors.vectorValue(places.index()));
                    double bm25 = best == 0 ? 0 : text.getOrDefault(document, 0f) / best;
                    double score = 0.75 * cosine + 0.15 * bm25 + 0.10 * Double.longBitsToDouble(trusts.longValue());
                    if (cosine >= 0) {
                        scored.add(new Scored(sequences.longValue(), score));
                    }
                }
            }
        }
        scored.sort((a, b) -> Double.compare(b.score, a.score));
        Set<Long> top = new HashSet<>();
        scored.subList(0, Math.min(LIMIT, scored.size())).forEach(s -> top.add(s.sequence));
        return top;
    }

    private record Scored(long sequence, double score) {}

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double at(long[] nanos, double part) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * part)] / 1e6;
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Questions as teams ask them: some hundred shapes, filled with subjects, measures, places and years. */
    private static final class Topics {
        private static final String[] OPENINGS = {
            "which",
            "what is the name of the",
            "list every",
            "how many times did a",
            "show me the",
            "find the",
            "count the"
        };
        private static final String[] RANKS = {
            "highest", "lowest", "average", "median", "total", "second highest", "fastest growing", "most common"
        };

        static String question(Random random) {
            // Subjects and measures follow Zipf's law, as words do.
            return OPENINGS[random.nextInt(OPENINGS.length)] + " " + zipf(random, "subject", 2000) + " had the "
                    + RANKS[random.nextInt(RANKS.length)] + " " + zipf(random, "measure", 500) + " in "
                    + zipf(random, "place", 300) + " during " + (1990 + random.nextInt(36)) + " by "
                    + zipf(random, "group", 200) + "?";
        }

        private static String zipf(Random random, String kind, int count) {
            return kind + (int) Math.floor(Math.pow(count, random.nextDouble()));
        }
    }

    /**
     * Vectors that lie as those of such questions do: each word has a direction, rarer kinds of words weigh more, and a
     * seeded disturbance stands for all that is not in the words.
     */
    static final class TopicEmbedder implements Embedder {
        private static final int DIMENSIONS = 384;
        private final Map<String, float[]> directions = new HashMap<>();

        @Override
        public String name() {
            return "topics";
        }

        @Override
        public int dimensions() {
            return DIMENSIONS;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(this::embed).toList();
        }

        private float[] embed(String text) {
            float[] sum = new float[DIMENSIONS];
            for (String word : text.split("[ ?]+")) {
                float weight = word.startsWith("subject") ? 2 : word.startsWith("measure") ? 1.6f : 1;
                add(sum, direction(word), weight);
            }
            add(sum, random(text.hashCode()), 1.2f);
            return VectorUtil.l2normalize(sum);
        }

        private synchronized float[] direction(String word) {
            return directions.computeIfAbsent(word, w -> random(w.hashCode()));
        }

        private static float[] random(long seed) {
            Random random = new Random(seed);
            float[] vector = new float[DIMENSIONS];
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] = (float) random.nextGaussian();
            }
            return VectorUtil.l2normalize(vector);
        }

        private static void add(float[] sum, float[] vector, float weight) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * vector[i];
            }
        }

        @Override
        public void close() {}
    }
}
