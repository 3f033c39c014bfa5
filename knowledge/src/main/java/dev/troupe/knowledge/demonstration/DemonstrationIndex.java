package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * The Lucene index of demonstrations. It holds where each one's newest entry stands in the journal, and what it can be
 * found by; nothing that could not be made anew. What is new is kept beside Lucene's segments until there is enough for
 * a segment, and found there all the same. Searched by any thread, written by one.
 */
final class DemonstrationIndex implements Closeable {
    /** Only a rebuild ever fills it. */
    private static final int BUFFER_MIB = 64;

    /**
     * Each segment has a graph of its own, and each graph is walked: one of a hundred thousand entries costs a third of
     * four of a quarter. Entries are seldom written and often searched, so they are merged eagerly.
     */
    private static final int SEGMENTS_PER_TIER = 2;

    private static final Sort NEWEST_FIRST = new Sort(
            new SortField(Fields.NUMBER, SortField.Type.LONG, true),
            new SortField(Fields.SEQUENCE, SortField.Type.LONG));

    private final Directory directory;
    private final Analyzer analyzer;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String embedder;
    private volatile Recent recent = Recent.none(0);

    private DemonstrationIndex(
            Directory directory, IndexWriter writer, SearcherManager searchers, Analyzer analyzer, String embedder) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
        this.analyzer = analyzer;
        this.embedder = embedder;
    }

    /**
     * Opens or makes the index.
     *
     * @param embedder the weights that its vectors come from
     * @throws IOException when it cannot be opened as it is: torn, or of another Lucene
     */
    static DemonstrationIndex open(Path folder, String embedder) throws IOException {
        Directory directory = new MMapDirectory(folder);
        IndexWriter writer = null;
        try {
            Analyzer analyzer = new EnglishAnalyzer();
            writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(analyzer)
                            .setCodec(new IndexCodec())
                            .setRAMBufferSizeMB(BUFFER_MIB)
                            .setMergePolicy(new TieredMergePolicy().setSegmentsPerTier(SEGMENTS_PER_TIER))
                            .setCommitOnClose(false));
            SearcherManager searchers = new SearcherManager(writer, null);
            DemonstrationIndex index = new DemonstrationIndex(directory, writer, searchers, analyzer, embedder);
            index.checkIntegrity();
            return index;
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(writer, directory);
            throw e;
        }
    }

    private void checkIntegrity() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                leaf.reader().checkIntegrity();
            }
        } finally {
            searchers.release(searcher);
        }
    }

    /** What the last commit was told, or an empty mark for an index that is new, of an old version or other weights. */
    Mark mark() {
        for (Map.Entry<String, String> entry : commitData()) {
            if (entry.getKey().equals("mark:" + Fields.VERSION + ":" + embedder)) {
                String[] parts = entry.getValue().split(":", 2);
                return new Mark(Long.parseLong(parts[0]), parts[1]);
            }
        }
        return Mark.NONE;
    }

    private Iterable<Map.Entry<String, String>> commitData() {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        return data == null ? List.of() : data;
    }

    /**
     * How far the index follows the journal.
     *
     * @param sequence the newest entry that is in it
     * @param fingerprint of that entry, to notice when the journal is another one
     */
    record Mark(long sequence, String fingerprint) {
        static final Mark NONE = new Mark(0, "");
    }

    /** Puts it into Lucene, for many at once; searches see it after {@link #refresh}. */
    void put(long sequence, Demonstration demonstration, float[] vector) throws IOException {
        writer.updateDocument(
                Fields.withId(demonstration.id()),
                Fields.document(sequence, demonstration, vector, Fields.terms(demonstration)));
    }

    /** Adds it, or a newer state of it, to the recent ones; searches see it at once. */
    void add(long sequence, Demonstration demonstration, float[] vector) {
        Set<Term> terms = Fields.terms(demonstration);
        recent = recent.with(new Recent.Item(
                Fields.number(demonstration.id()),
                sequence,
                demonstration,
                Words.of(analyzer, demonstration.question()),
                terms,
                Fields.document(sequence, demonstration, vector, terms)));
    }

    /** How many there are that Lucene does not hold yet. */
    int recent() {
        return recent.size();
    }

    /** Puts the recent ones into Lucene. */
    void flush() throws IOException {
        Recent flushed = recent;
        if (flushed.size() > 0) {
            for (Recent.Item item : flushed.items()) {
                writer.updateDocument(Fields.withId(item.demonstration().id()), item.document());
            }
            searchers.maybeRefreshBlocking();
            // Not before searches find them in Lucene: whoever searches looks at these first.
            recent = flushed.flushed();
        }
    }

    /** Makes it durable, the recent ones too. */
    void commit(Mark mark) throws IOException {
        flush();
        writer.setLiveCommitData(
                Map.of("mark:" + Fields.VERSION + ":" + embedder, mark.sequence() + ":" + mark.fingerprint())
                        .entrySet());
        writer.commit();
    }

    /** Puts all entries into one graph. Takes as long as adding them. */
    void mergeAll() throws IOException {
        writer.forceMerge(1);
    }

    /** Lets searches see all that was put. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
        recent = Recent.none(lastNumber());
    }

    /** What a search does with the index as it stands. */
    interface Search<T> {
        T in(WholeSearcher searcher) throws IOException;
    }

    <T> T search(Search<T> search) throws IOException {
        // First these: what is no longer among them is in the searcher that is taken then.
        Recent now = recent;
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.in(new WholeSearcher(searcher.getIndexReader(), now));
        } finally {
            searchers.release(searcher);
        }
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** Places in the journal of what a term selects, newest demonstration first. */
    List<Long> sequences(Term term, int limit) throws IOException {
        return search(searcher -> {
            Recent now = searcher.recent();
            Map<Long, Long> byNumber = new TreeMap<>(Comparator.<Long>reverseOrder());
            now.matching(term).forEach(item -> byNumber.put(item.number(), item.sequence()));
            int wanted = (int) Math.min(Integer.MAX_VALUE, (long) limit + now.replaced());
            for (ScoreDoc hit : searcher.search(new TermQuery(term), wanted, NEWEST_FIRST).scoreDocs) {
                // The second field breaks no ties; it brings the value along.
                Object[] fields = ((FieldDoc) hit).fields;
                if (!now.holds((Long) fields[0])) {
                    byNumber.put((Long) fields[0], (Long) fields[1]);
                }
            }
            return byNumber.values().stream().limit(limit).toList();
        });
    }

    /** The highest number of any demonstration's id, 0 when there is none. */
    long lastNumber() throws IOException {
        return search(searcher -> {
            ScoreDoc[] hits = searcher.search(MatchAllDocsQuery.INSTANCE, 1, NEWEST_FIRST).scoreDocs;
            long flushed = hits.length == 0 ? 0L : (Long) ((FieldDoc) hits[0]).fields[0];
            return Math.max(flushed, searcher.recent().lastNumber());
        });
    }

    int size() throws IOException {
        return search(searcher -> ((DirectoryReader) searcher.getIndexReader()).numDocs());
    }

    /** Closes without a commit; what was put since the last one is read from the journal again at the next opening. */
    @Override
    public void close() throws IOException {
        try (directory;
                writer) {
            searchers.close();
        }
    }
}
