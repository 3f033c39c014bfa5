package dev.troupe.knowledge.demonstration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
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

    WholeSearcher(IndexReader reader, Recent recent) {
        super(reader);
        this.recent = recent;
    }

    Recent recent() {
        return recent;
    }

    @Override
    public TermStatistics termStatistics(Term term, int documents, long occurrences) throws IOException {
        int more = 0;
        long moreOccurrences = 0;
        for (Recent.Item item : recent.items()) {
            int count = item.words().count(term.text());
            more += count > 0 ? 1 : 0;
            moreOccurrences += count;
        }
        return new TermStatistics(term.bytes(), documents + more, occurrences + moreOccurrences);
    }

    @Override
    public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
        CollectionStatistics lucene = super.collectionStatistics(field);
        List<Words> questions = recent.items().stream()
                .map(Recent.Item::words)
                .filter(words -> !words.isEmpty())
                .toList();
        if (questions.isEmpty()) {
            return lucene;
        }
        long words = questions.stream().mapToLong(Words::length).sum();
        long distinct = questions.stream()
                .mapToLong(question -> question.counts().size())
                .sum();
        int more = questions.size();
        return lucene == null
                ? new CollectionStatistics(field, more, more, words, distinct)
                : new CollectionStatistics(
                        field,
                        lucene.maxDoc() + more,
                        lucene.docCount() + more,
                        lucene.sumTotalTermFreq() + words,
                        lucene.sumDocFreq() + distinct);
    }

    /** BM25 of a recent one's question for the one that is asked. */
    ToDoubleFunction<Recent.Item> bm25(Words asked) throws IOException {
        CollectionStatistics all = asked.isEmpty() ? null : collectionStatistics(Fields.QUESTION);
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> word : asked.counts().entrySet()) {
            Term term = Words.term(word.getKey());
            boolean known =
                    recent.items().stream().anyMatch(item -> item.words().count(term.text()) > 0);
            if (known && all != null) {
                IndexReader reader = getIndexReader();
                TermStatistics statistics = termStatistics(term, reader.docFreq(term), reader.totalTermFreq(term));
                parts.add(new Part(word.getKey(), getSimilarity().scorer(word.getValue(), all, statistics)));
            }
        }
        return item ->
                parts.stream().mapToDouble(part -> part.score(item.words())).sum();
    }

    private record Part(String word, SimScorer scorer) {
        double score(Words words) {
            int count = words.count(word);
            return count == 0 ? 0 : scorer.score(count, SmallFloat.intToByte4(words.length()));
        }
    }
}
