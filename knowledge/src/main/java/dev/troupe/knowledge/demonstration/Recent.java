package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;

/**
 * The newest demonstrations, which Lucene does not hold yet. It finds what is in a segment only, and a segment for one
 * costs almost as much as one for dozens; so these are compared one by one until there are enough of them. An older
 * state that Lucene has of one of them counts no more. Immutable: each change makes another.
 */
final class Recent {
    private final long flushed;
    private final Map<Long, Item> items;

    private Recent(long flushed, Map<Long, Item> items) {
        this.flushed = flushed;
        this.items = items;
    }

    /**
     * A demonstration as it would be in the index.
     *
     * @param number of its id
     * @param sequence where its newest entry stands in the journal
     * @param terms what selects it, but for the question's words
     */
    record Item(
            long number, long sequence, Demonstration demonstration, Words words, Set<Term> terms, Document document) {
        float[] vector() {
            return Fields.vector(document);
        }
    }

    /** None, when Lucene has all up to that number. */
    static Recent none(long flushed) {
        return new Recent(flushed, Map.of());
    }

    /** These with one more, or with a newer state of one. */
    Recent with(Item item) {
        Map<Long, Item> more = new TreeMap<>(Comparator.<Long>reverseOrder());
        more.putAll(items);
        more.put(item.number(), item);
        return new Recent(flushed, more);
    }

    /** None, when Lucene has got all of these. */
    Recent flushed() {
        return none(lastNumber());
    }

    boolean holds(long number) {
        return items.containsKey(number);
    }

    int size() {
        return items.size();
    }

    /** At most how many of Lucene's count no more. */
    int replaced() {
        return (int) items.keySet().stream().filter(number -> number <= flushed).count();
    }

    /** The highest number of any demonstration's id, here or in Lucene, 0 when there is none. */
    long lastNumber() {
        return items.keySet().stream()
                .findFirst()
                .map(number -> Math.max(number, flushed))
                .orElse(flushed);
    }

    /** All of them, newest demonstration first. */
    Collection<Item> items() {
        return Collections.unmodifiableCollection(items.values());
    }

    /** Those that a query for the term would find, newest demonstration first. */
    List<Item> matching(Term term) {
        return items.values().stream()
                .filter(item -> item.terms().contains(term))
                .toList();
    }
}
