package dev.troupe.runtime.cli;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.models.embedding.MiniLmEmbedder;

/** The journal of the data folder with the demonstrations in it, open together for a command. */
record Knowledge(Journal journal, Embedder embedder, DemonstrationLibrary demonstrations) implements AutoCloseable {
    static Knowledge open(Invocation invocation) {
        Journal journal = Journal.open(invocation.folders().data());
        try {
            Embedder embedder = MiniLmEmbedder.open();
            try {
                return new Knowledge(journal, embedder, DemonstrationLibrary.open(journal, embedder));
            } catch (RuntimeException e) {
                embedder.close();
                throw e;
            }
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try (journal;
                embedder) {
            demonstrations.close();
        }
    }
}
