package dev.troupe.knowledge.demonstration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds the demonstrations that a question should be shown. Candidates are the nearest by the quantised graph together
 * with the best by BM25; each of them is then scored exactly, on its full vector:
 *
 * <pre>score = 0.75 cosine + 0.15 bm25 / (best bm25) + 0.10 trust</pre>
 *
 * <p>A convex combination rather than reciprocal ranks: it keeps how much better a match is, and was found to be better
 * and easier to tune than rank fusion by Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval"
 * (2023). The cosine weighs most because it alone decides who is let in at all. The recent ones, which Lucene does not
 * hold yet, are all candidates.
 */
final class HybridSearch {
    private static final double COSINE = 0.75;
    private static final double TEXT = 0.15;
    private static final double TRUST = 0.10;

    /** Candidates for each that is wanted: the graph's order is a little wrong, and the text and the trust reorder it. */
    private static final int OVERSAMPLING = 5;

    /**
     * Up to this many entries are compared one by one: a graph that is walked for the few of one team visits more of the
     * others than that.
     */
    private static final int FEW = 12_000;

    private static final int MAX_CANDIDATES = 1000;

    private HybridSearch() {}

    /** A demonstration's place in the journal with what made it a match. */
    record Hit(long sequence, double cosine, double score) {}

    /**
     * @param words the question's words; none to search by vector alone
     * @param filter what may be found at all
     * @return best first, at most {@code limit}
     */
    static List<Hit> search(WholeSearcher searcher, float[] vector, Words words, Term filter, int limit, double least)
            throws IOException {
        Recent recent = searcher.recent();
        int candidates = Math.min(MAX_CANDIDATES, Math.max(1, limit) * OVERSAMPLING + recent.replaced());
        Set<Integer> documents = nearest(searcher, vector, new TermQuery(filter), candidates);
        List<Recent.Item> recentOnes = recent.matching(filter);
        WholeSearcher.Text text = searcher.text(words);
        double[] recentTexts = recentOnes.stream().mapToDouble(text.bm25()).toArray();
        double bestText = Arrays.stream(recentTexts).max().orElse(0);
        Weight weight = null;
        if (!words.isEmpty()) {
            Query filtered = new BooleanQuery.Builder()
                    .add(text.query(), Occur.MUST)
                    .add(new TermQuery(filter), Occur.FILTER)
                    .build();
            // Nobody asks how many there are, so the search may skip what cannot be among the best.
            TopDocs best = searcher.search(filtered, new TopScoreDocCollectorManager(candidates, candidates));
            documents.addAll(documents(best));
            bestText = best.scoreDocs.length == 0 ? bestText : Math.max(bestText, best.scoreDocs[0].score);
            weight = searcher.createWeight(searcher.rewrite(text.query()), ScoreMode.COMPLETE, 1);
        }
        List<Hit> hits = new ArrayList<>();
        for (Map.Entry<LeafReaderContext, List<Integer>> leaf :
                byLeaf(searcher, documents).entrySet()) {
            score(leaf.getKey(), leaf.getValue(), recent, vector, weight, bestText, hits);
        }
        score(recentOnes, recentTexts, vector, bestText, hits);
        hits.removeIf(hit -> hit.cosine < least);
        hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingLong(Hit::sequence));
        return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
    }

    private static Hit hit(long sequence, double cosine, double text, double trust) {
        return new Hit(sequence, cosine, COSINE * cosine + TEXT * text + TRUST * trust);
    }

    private static Set<Integer> nearest(IndexSearcher searcher, float[] vector, TermQuery filter, int candidates)
            throws IOException {
        return searcher.getIndexReader().docFreq(filter.getTerm()) <= FEW
                ? nearestOfFew(searcher, vector, filter, candidates)
                : documents(searcher.search(
                        new KnnFloatVectorQuery(Fields.VECTOR, vector, candidates, filter), candidates));
    }

    private static Set<Integer> nearestOfFew(IndexSearcher searcher, float[] vector, Query filter, int candidates)
            throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
        PriorityQueue<ScoreDoc> best = new PriorityQueue<>(Comparator.comparingDouble(hit -> hit.score));
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer allowed = weight.scorer(leaf);
            // It quantises the question's vector anew, so only where something may be found.
            VectorScorer scorer = allowed == null
                    ? null
                    : leaf.reader().getFloatVectorValues(Fields.VECTOR).scorer(vector);
            if (allowed != null && scorer != null) {
                Bits live = leaf.reader().getLiveDocs();
                for (int document = allowed.iterator().nextDoc();
                        document != DocIdSetIterator.NO_MORE_DOCS;
                        document = allowed.iterator().nextDoc()) {
                    if (live == null || live.get(document)) {
                        scorer.iterator().advance(document);
                        keep(best, leaf.docBase + document, scorer.score(), candidates);
                    }
                }
            }
        }
        Set<Integer> documents = new TreeSet<>();
        best.forEach(hit -> documents.add(hit.doc));
        return documents;
    }

    private static void keep(PriorityQueue<ScoreDoc> best, int document, float score, int candidates) {
        ScoreDoc worst = best.size() < candidates ? null : best.peek();
        if (worst == null || score > worst.score) {
            if (worst != null) {
                best.poll();
            }
            best.add(new ScoreDoc(document, score));
        }
    }

    private static Set<Integer> documents(TopDocs top) {
        Set<Integer> documents = new TreeSet<>();
        for (ScoreDoc hit : top.scoreDocs) {
            documents.add(hit.doc);
        }
        return documents;
    }

    private static Map<LeafReaderContext, List<Integer>> byLeaf(IndexSearcher searcher, Set<Integer> documents) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        Map<LeafReaderContext, List<Integer>> byLeaf = new HashMap<>();
        for (int document : documents) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
            byLeaf.computeIfAbsent(leaf, l -> new ArrayList<>()).add(document - leaf.docBase);
        }
        return byLeaf;
    }

    private static void score(
            LeafReaderContext leaf,
            List<Integer> documents,
            Recent recent,
            float[] vector,
            @Nullable Weight weight,
            double bestText,
            List<Hit> hits)
            throws IOException {
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
        NumericDocValues numbers = DocValues.getNumeric(leaf.reader(), Fields.NUMBER);
        NumericDocValues sequences = DocValues.getNumeric(leaf.reader(), Fields.SEQUENCE);
        NumericDocValues trusts = DocValues.getNumeric(leaf.reader(), Fields.TRUST);
        Scorer text = weight == null ? null : weight.scorer(leaf);
        KnnVectorValues.DocIndexIterator places = vectors.iterator();
        for (int document : documents) {
            if (places.advance(document) != document
                    || !numbers.advanceExact(document)
                    || !sequences.advanceExact(document)
                    || !trusts.advanceExact(document)) {
                throw new IOException("document " + document + " lacks a field");
            }
            if (!recent.holds(numbers.longValue())) {
                double cosine = VectorUtil.dotProduct(vector, vectors.vectorValue(places.index()));
                double trust = Double.longBitsToDouble(trusts.longValue());
                hits.add(hit(sequences.longValue(), cosine, text(text, document, bestText), trust));
            }
        }
    }

    private static void score(
            List<Recent.Item> recent, double[] texts, float[] vector, double bestText, List<Hit> hits) {
        for (int i = 0; i < recent.size(); i++) {
            Recent.Item item = recent.get(i);
            double cosine = VectorUtil.dotProduct(vector, item.vector());
            double text = bestText == 0 ? 0 : texts[i] / bestText;
            hits.add(hit(item.sequence(), cosine, text, Trust.of(item.demonstration())));
        }
    }

    private static double text(@Nullable Scorer scorer, int document, double best) throws IOException {
        if (scorer == null || best == 0) {
            return 0;
        }
        int at = scorer.docID() < document ? scorer.iterator().advance(document) : scorer.docID();
        return at == document ? scorer.score() / best : 0;
    }
}
