package dev.troupe.knowledge.demonstration;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * A question's words in the base form in which the index holds them.
 *
 * @param counts how often each occurs, stop words left out; of a text that is no question but a book, its beginning's
 * @param length how many there are in all, each as often as it occurs
 */
record Words(Map<String, Integer> counts, int length) {
    static final Words NONE = new Words(Map.of(), 0);

    /** Half as many as a query of Lucene may have clauses. */
    private static final int MAX_DISTINCT = 512;

    static Words of(Analyzer analyzer, String question) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int length = 0;
        try (TokenStream tokens = analyzer.tokenStream(Fields.QUESTION, question)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                length++;
                if (counts.size() < MAX_DISTINCT || counts.containsKey(word.toString())) {
                    counts.merge(word.toString(), 1, Integer::sum);
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new IllegalStateException("question: cannot be read from memory", e);
        }
        return new Words(counts, length);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    int count(String word) {
        return counts.getOrDefault(word, 0);
    }
}
