package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.demonstration.DemonstrationIndex.Mark;
import dev.troupe.knowledge.demonstration.HybridSearch.Hit;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Stored;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.embedding.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index and the journal kept in step: what is written goes to the journal first, and whenever the index cannot be
 * used as it is, it is made from the journal again. All that changes the index runs on its own thread, so that changes
 * follow one another and an interrupted caller cannot close Lucene's files.
 */
final class IndexedDemonstrations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexedDemonstrations.class);

    /** Changes between commits: what a start after a crash has to read from the journal again. */
    private static final int COMMIT_EVERY = 1000;

    /**
     * Recent ones that are worth a segment of Lucene's and the merges that follow it, which slow down the next ten tasks
     * or so. Each search compares all there are; that takes about a tenth of a millisecond.
     */
    private static final int FLUSH_FROM = 128;

    /** As many are flushed even where there is always somebody who waits. */
    private static final int FLUSH_AT = 1024;

    private static final int EMBED_AT_ONCE = 64;

    private final Journal journal;
    private final Path folder;
    private final Vectors vectors;
    private final IndexThread thread = new IndexThread();
    private volatile @Nullable DemonstrationIndex index;
    private long newest;
    private int uncommitted;
    private long lastNumber;

    private IndexedDemonstrations(Journal journal, Embedder embedder) {
        this.journal = journal;
        this.folder = journal.folder().resolve("index").resolve("demonstrations");
        this.vectors = new Vectors(embedder);
    }

    static IndexedDemonstrations open(Journal journal, Embedder embedder) {
        IndexedDemonstrations indexed = new IndexedDemonstrations(journal, embedder);
        try {
            indexed.thread.call(indexed::usable);
        } catch (RuntimeException e) {
            indexed.thread.close();
            throw e;
        }
        return indexed;
    }

    /** Runs a change. What it reads, nobody else changes until it has written. */
    <T> T change(Supplier<T> work) {
        return thread.call(work);
    }

    /** Writes to the journal, then to the index; only inside {@link #change}. */
    void write(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long sequence = journal.append(entries) - entries.size();
        try {
            DemonstrationIndex usable = usable();
            for (Entry entry : entries) {
                sequence++;
                if (entry instanceof Entry.DemonstrationStored stored && sequence > newest) {
                    Demonstration demonstration = stored.demonstration();
                    usable.add(sequence, demonstration, vectors.of(demonstration.question()));
                    counts(sequence, demonstration);
                }
            }
            if (usable.recent() >= FLUSH_AT) {
                tidy(usable);
            }
        } catch (IOException | AlreadyClosedException e) {
            // The journal has it, so the index catches up when it is used next.
            LOG.warn("the index of demonstrations failed and will be opened again", e);
            discard();
        }
        // While whoever wrote goes on.
        thread.whenIdle(this::tidy);
    }

    private void tidy(DemonstrationIndex current) throws IOException {
        if (uncommitted >= COMMIT_EVERY) {
            commit(current);
        } else if (current.recent() >= FLUSH_FROM) {
            current.flush();
        }
    }

    private void tidy() {
        DemonstrationIndex current = index;
        try {
            if (current != null) {
                tidy(current);
            }
        } catch (IOException | AlreadyClosedException e) {
            LOG.warn("the index of demonstrations could not be written and will be opened again", e);
            discard();
        }
    }

    private void counts(long sequence, Demonstration demonstration) {
        newest = sequence;
        lastNumber = Math.max(lastNumber, Fields.number(demonstration.id()));
        uncommitted++;
    }

    /** The id for the next demonstration; only inside {@link #change}. */
    String nextId() {
        usable();
        return "d-" + (lastNumber + 1);
    }

    List<Match> search(String tenant, String team, String question, int limit, double least) {
        float[] vector = vectors.of(question);
        Term filter = Fields.live(tenant, team);
        return matches(use(usable -> {
            Words words = Words.of(usable.analyzer(), question);
            return usable.search(searcher -> HybridSearch.search(searcher, vector, words, filter, limit, least));
        }));
    }

    /** Those that ask the same, the most alike first, retired ones too. */
    List<Demonstration> same(String tenant, String team, String question, int limit, double least) {
        float[] vector = vectors.of(question);
        Term filter = Fields.same(tenant, team, question);
        return matches(use(usable -> usable.search(
                        searcher -> HybridSearch.search(searcher, vector, Words.NONE, filter, limit, least))))
                .stream()
                .sorted(Comparator.comparingDouble(Match::similarity).reversed())
                .map(Match::demonstration)
                .toList();
    }

    /** What a term selects, newest first. */
    List<Demonstration> read(Term term, int limit) {
        List<Long> sequences = use(usable -> usable.sequences(term, limit));
        Map<Long, Demonstration> found = demonstrations(sequences);
        return sequences.stream().map(sequence -> required(found, sequence)).toList();
    }

    private List<Match> matches(List<Hit> hits) {
        Map<Long, Demonstration> found =
                demonstrations(hits.stream().map(Hit::sequence).toList());
        return hits.stream()
                .map(hit -> new Match(required(found, hit.sequence()), Math.clamp(hit.cosine(), 0.0, 1.0)))
                .toList();
    }

    private Map<Long, Demonstration> demonstrations(List<Long> sequences) {
        Map<Long, Demonstration> found = new HashMap<>();
        for (Stored stored : journal.entries(sequences)) {
            if (stored.entry() instanceof Entry.DemonstrationStored entry) {
                found.put(stored.sequence(), entry.demonstration());
            }
        }
        return found;
    }

    private Demonstration required(Map<Long, Demonstration> found, long sequence) {
        Demonstration demonstration = found.get(sequence);
        if (demonstration == null) {
            throw unusable(new IllegalStateException("the journal's entry " + sequence + " is no demonstration"));
        }
        return demonstration;
    }

    private interface Use<T> {
        T of(DemonstrationIndex usable) throws IOException;
    }

    /** Runs a search, opening the index again once if it fails. */
    private <T> T use(Use<T> use) {
        try {
            return use.of(opened());
        } catch (IOException | AlreadyClosedException e) {
            LOG.warn("the index of demonstrations failed and is opened again", e);
            thread.call(() -> {
                discard();
                return usable();
            });
        }
        try {
            return use.of(opened());
        } catch (IOException | AlreadyClosedException e) {
            throw unusable(e);
        }
    }

    private DemonstrationIndex opened() {
        DemonstrationIndex current = index;
        return current != null ? current : thread.call(this::usable);
    }

    void rebuild() {
        thread.call(() -> {
            discard();
            try {
                IOUtils.rm(folder);
            } catch (IOException e) {
                throw unusable(e);
            }
            return usable();
        });
    }

    /** The open index, up to date with the journal. */
    private DemonstrationIndex usable() {
        DemonstrationIndex current = index;
        if (current != null) {
            return current;
        }
        try {
            DemonstrationIndex opened = openOrMakeAnew();
            catchUp(opened);
            opened.refresh();
            lastNumber = opened.lastNumber();
            index = opened;
            return opened;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private DemonstrationIndex openOrMakeAnew() throws IOException {
        try {
            DemonstrationIndex opened = DemonstrationIndex.open(folder, vectors.name());
            Mark mark = opened.mark();
            if (mark.equals(Mark.NONE) ? opened.size() == 0 : mark.fingerprint().equals(fingerprint(mark.sequence()))) {
                newest = mark.sequence();
                return opened;
            }
            opened.close();
            LOG.info("the index of demonstrations is of another version, model or journal and is made anew");
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("the index of demonstrations cannot be read and is made anew", e);
        }
        IOUtils.rm(folder);
        newest = 0;
        return DemonstrationIndex.open(folder, vectors.name());
    }

    private String fingerprint(long sequence) {
        return journal.entries(List.of(sequence)).stream()
                .map(stored -> stored.at().toString())
                .findFirst()
                .orElse("missing");
    }

    private void catchUp(DemonstrationIndex opened) throws IOException {
        Map<String, Long> latest = new LinkedHashMap<>();
        journal.readAround(
                newest,
                List.of("demonstration"),
                stored -> latest.put(
                        ((Entry.DemonstrationStored) stored.entry())
                                .demonstration()
                                .id(),
                        stored.sequence()),
                damaged -> LOG.warn("left out of the index of demonstrations: {}", damaged.getMessage()));
        List<Long> sequences = latest.values().stream().sorted().toList();
        for (int from = 0; from < sequences.size(); from += EMBED_AT_ONCE) {
            List<Long> batch = sequences.subList(from, Math.min(from + EMBED_AT_ONCE, sequences.size()));
            Map<Long, Demonstration> found = demonstrations(batch);
            vectors.prepare(found.values().stream().map(Demonstration::question).toList());
            for (long sequence : batch) {
                Demonstration demonstration = required(found, sequence);
                opened.put(sequence, demonstration, vectors.of(demonstration.question()));
                counts(sequence, demonstration);
            }
        }
        if (sequences.size() >= COMMIT_EVERY) {
            opened.mergeAll();
        }
        if (uncommitted > 0) {
            commit(opened);
        }
    }

    private void commit(DemonstrationIndex usable) throws IOException {
        usable.commit(new Mark(newest, fingerprint(newest)));
        uncommitted = 0;
    }

    private void discard() {
        DemonstrationIndex broken = index;
        index = null;
        uncommitted = 0;
        if (broken != null) {
            IOUtils.closeWhileHandlingException(broken);
        }
    }

    private TroupeException unusable(Exception cause) {
        return new TroupeException(
                ErrorCode.STORAGE,
                "index of demonstrations: " + folder + ": " + cause + " (expected: to read and write it)",
                "check the disk, then ./troupe doctor --rebuild makes it anew; nothing that was acknowledged is lost",
                cause);
    }

    @Override
    public void close() {
        thread.call(() -> {
            DemonstrationIndex current = index;
            if (current != null && uncommitted > 0) {
                try {
                    commit(current);
                } catch (IOException | AlreadyClosedException e) {
                    LOG.warn("the index of demonstrations was not saved; it is made from the journal next time", e);
                }
            }
            discard();
            return true;
        });
        thread.close();
    }
}
