package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import java.util.List;
import java.util.Optional;

/**
 * How a demonstration of another library comes into this one. Of each question one program is kept: the one of the
 * higher verifier, that of this library among equals. The same program gets the better word of both, a contradiction
 * outranking what it reaches, so that merging the same twice changes nothing.
 */
public final class Merging {
    private Merging() {}

    /** What became of it. */
    public enum Outcome {
        /** There was none for its question. */
        ADDED,
        /** It has taken the place of a program that is vouched for less. */
        REPLACED,
        /** Its program was here, and more or less is thought of it now. */
        UPDATED,
        /** What is here stays as it is. */
        UNCHANGED
    }

    /**
     * What became of it.
     *
     * @param id what stands for its question from now on
     */
    public record Merged(Outcome outcome, String id) {}

    /** @param same those of this library that ask the same, the most alike first, retired ones too */
    static Merged of(Demonstration foreign, List<Demonstration> same, String freshId, Change change) {
        Optional<Demonstration> sameProgram = same.stream()
                .filter(here -> here.code().strip().equals(foreign.code().strip()))
                .findFirst();
        if (sameProgram.isPresent()) {
            return united(sameProgram.get(), foreign, change);
        }
        Optional<Demonstration> kept =
                same.stream().filter(here -> !here.retired()).findFirst();
        if (same.stream().anyMatch(here -> Changes.forbids(here, foreign)) || (kept.isPresent() && foreign.retired())) {
            return new Merged(
                    Outcome.UNCHANGED,
                    kept.or(() -> same.stream().findFirst()).orElseThrow().id());
        }
        if (kept.isEmpty()) {
            Demonstration added = change.store(null, Changes.adopted(foreign, freshId));
            return new Merged(Outcome.ADDED, added.id());
        }
        Demonstration here = kept.get();
        if (foreign.verified().compareTo(here.verified()) <= 0) {
            return new Merged(Outcome.UNCHANGED, here.id());
        }
        change.store(here, Changes.adopted(foreign, here.id()));
        return new Merged(Outcome.REPLACED, here.id());
    }

    private static Merged united(Demonstration here, Demonstration foreign, Change change) {
        Demonstration united = Changes.united(here, foreign);
        if (united.equals(here)) {
            return new Merged(Outcome.UNCHANGED, here.id());
        }
        change.store(here, united);
        return new Merged(Outcome.UPDATED, here.id());
    }
}
