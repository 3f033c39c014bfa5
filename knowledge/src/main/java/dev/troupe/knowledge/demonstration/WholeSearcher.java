package dev.troupe.knowledge.demonstration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/**
 * Searches what Lucene holds while the recent ones count in every word's rarity, and scores the recent ones as it would
 * score them: so it makes no difference to BM25 on which side a demonstration is.
 */
final class WholeSearcher extends IndexSearcher {
    private final Recent recent;
    private final Map<Term, TermStatistics> words = new HashMap<>();
    private @Nullable CollectionStatistics all;

    WholeSearcher(IndexReader reader, Recent recent) {
        super(reader);
        this.recent = recent;
    }

    Recent recent() {
        return recent;
    }

    @Override
    public TermStatistics termStatistics(Term term, int documents, long occurrences) {
        return words.computeIfAbsent(term, t -> withRecent(t, documents, occurrences));
    }

    private TermStatistics withRecent(Term term, int documents, long occurrences) {
        int more = 0;
        long moreOccurrences = 0;
        for (Recent.Item item : recent.items()) {
            int count = item.words().count(term.text());
            more += count > 0 ? 1 : 0;
            moreOccurrences += count;
        }
        return new TermStatistics(term.bytes(), documents + more, occurrences + moreOccurrences);
    }

    /** Of the questions; no other field is scored. */
    @Override
    public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
        if (all == null) {
            all = withRecent(field, super.collectionStatistics(field));
        }
        return all;
    }

    private @Nullable CollectionStatistics withRecent(String field, @Nullable CollectionStatistics lucene) {
        int more = 0;
        long length = 0;
        long distinct = 0;
        for (Recent.Item item : recent.items()) {
            more += item.words().isEmpty() ? 0 : 1;
            length += item.words().length();
            distinct += item.words().counts().size();
        }
        if (more == 0) {
            return lucene;
        }
        return lucene == null
                ? new CollectionStatistics(field, more, more, length, distinct)
                : new CollectionStatistics(
                        field,
                        lucene.maxDoc() + more,
                        lucene.docCount() + more,
                        lucene.sumTotalTermFreq() + length,
                        lucene.sumDocFreq() + distinct);
    }

    /**
     * What is asked, for Lucene's side and for the recent ones.
     *
     * @param query any of the words may occur
     * @param bm25 of a recent one's question
     */
    record Text(Query query, ToDoubleFunction<Recent.Item> bm25) {}

    Text text(Words asked) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> word : asked.counts().entrySet()) {
            Term term = new Term(Fields.QUESTION, word.getKey());
            // Looked up once; the query is run twice.
            TermStates found = TermStates.build(this, term, true);
            query.add(new BoostQuery(new TermQuery(term, found), word.getValue()), Occur.SHOULD);
            TermStatistics statistics =
                    recent.items().stream().anyMatch(item -> item.words().count(term.text()) > 0)
                            ? termStatistics(term, found.docFreq(), found.totalTermFreq())
                            : null;
            CollectionStatistics questions = statistics == null ? null : collectionStatistics(Fields.QUESTION);
            if (statistics != null && questions != null) {
                parts.add(new Part(word.getKey(), getSimilarity().scorer(word.getValue(), questions, statistics)));
            }
        }
        return new Text(
                query.build(),
                item -> parts.stream()
                        .mapToDouble(part -> part.score(item.words()))
                        .sum());
    }

    private record Part(String word, SimScorer scorer) {
        double score(Words words) {
            int count = words.count(word);
            return count == 0 ? 0 : scorer.score(count, SmallFloat.intToByte4(words.length()));
        }
    }
}
