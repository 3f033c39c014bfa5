package dev.troupe.knowledge.demonstration;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
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
 * found by; nothing that could not be made anew. Searched by any thread, written by one.
 */
final class DemonstrationIndex implements Closeable {
    static final String VECTOR = "vector";
    static final String QUESTION = "question";
    static final String TRUST = "trust";
    static final String SEQUENCE = "sequence";
    private static final String ID = "id";
    private static final String NUMBER = "number";
    private static final String TENANT = "tenant";
    private static final String SCOPE = "scope";
    private static final String LIVE = "live";
    private static final String LEARNED_FROM = "from";

    /** Of what the fields mean; a new one makes the index anew. */
    private static final String VERSION = "1";

    /** Only a rebuild ever fills it. */
    private static final int BUFFER_MIB = 64;

    /**
     * Each segment has a graph of its own, and each graph is walked: one of a hundred thousand entries costs a third of
     * four of a quarter. Entries are seldom written and often searched, so they are merged eagerly.
     */
    private static final int SEGMENTS_PER_TIER = 2;

    private static final Sort NEWEST_FIRST =
            new Sort(new SortField(NUMBER, SortField.Type.LONG, true), new SortField(SEQUENCE, SortField.Type.LONG));

    private final Directory directory;
    private final Analyzer analyzer;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String embedder;
    private volatile boolean refreshed = true;

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
            if (entry.getKey().equals("mark:" + VERSION + ":" + embedder)) {
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

    void put(long sequence, Demonstration demonstration, float[] vector) throws IOException {
        Document document = new Document();
        String scope = scope(demonstration.tenant(), demonstration.team());
        document.add(new StringField(ID, demonstration.id(), Field.Store.NO));
        document.add(new StringField(TENANT, demonstration.tenant(), Field.Store.NO));
        document.add(new StringField(SCOPE, scope, Field.Store.NO));
        if (!demonstration.retired()) {
            document.add(new StringField(LIVE, scope, Field.Store.NO));
        }
        if (demonstration.learnedFrom() != null) {
            document.add(new StringField(LEARNED_FROM, demonstration.learnedFrom(), Field.Store.NO));
        }
        document.add(new NumericDocValuesField(NUMBER, number(demonstration.id())));
        document.add(new NumericDocValuesField(SEQUENCE, sequence));
        document.add(new DoubleDocValuesField(TRUST, demonstration.trust()));
        document.add(new TextField(QUESTION, demonstration.question(), Field.Store.NO));
        document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        refreshed = false;
        writer.updateDocument(new Term(ID, demonstration.id()), document);
    }

    void commit(Mark mark) throws IOException {
        writer.setLiveCommitData(Map.of("mark:" + VERSION + ":" + embedder, mark.sequence() + ":" + mark.fingerprint())
                .entrySet());
        writer.commit();
    }

    /** Puts all entries into one graph. Takes as long as adding them. */
    void mergeAll() throws IOException {
        refreshed = false;
        writer.forceMerge(1);
    }

    /** Whether searches see all that was put. */
    boolean refreshed() {
        return refreshed;
    }

    /** Lets searches see all that was put. */
    void refresh() throws IOException {
        if (!refreshed) {
            searchers.maybeRefreshBlocking();
            refreshed = true;
        }
    }

    /** What a search does with the index as it stands. */
    interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    <T> T search(Search<T> search) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.in(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** Those of a tenant and team that may be shown. */
    static TermQuery live(String tenant, String team) {
        return new TermQuery(new Term(LIVE, scope(tenant, team)));
    }

    /** Those of a tenant and team, retired ones too. */
    static TermQuery all(String tenant, String team) {
        return new TermQuery(new Term(SCOPE, scope(tenant, team)));
    }

    static Query all(String tenant) {
        return new TermQuery(new Term(TENANT, tenant));
    }

    static Query withId(String id) {
        return new TermQuery(new Term(ID, id));
    }

    static Query learnedFrom(String id) {
        return new TermQuery(new Term(LEARNED_FROM, id));
    }

    /** Places in the journal of what a query finds, newest demonstration first. */
    List<Long> sequences(Query query, int limit) throws IOException {
        return search(searcher -> {
            List<Long> sequences = new ArrayList<>();
            // The second field breaks no ties; it brings the value along.
            for (ScoreDoc hit : searcher.search(query, limit, NEWEST_FIRST).scoreDocs) {
                sequences.add((Long) ((FieldDoc) hit).fields[1]);
            }
            return sequences;
        });
    }

    /** The highest number of any demonstration's id, 0 when there is none. */
    long lastNumber() throws IOException {
        return search(searcher -> {
            ScoreDoc[] hits = searcher.search(MatchAllDocsQuery.INSTANCE, 1, NEWEST_FIRST).scoreDocs;
            return hits.length == 0 ? 0L : (Long) ((FieldDoc) hits[0]).fields[0];
        });
    }

    int size() throws IOException {
        return search(searcher -> ((DirectoryReader) searcher.getIndexReader()).numDocs());
    }

    private static String scope(String tenant, String team) {
        return tenant + '\0' + team;
    }

    static long number(String id) {
        return Long.parseLong(id.substring(2));
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
