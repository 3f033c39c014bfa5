package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a demonstration changes, as pure functions. People outrank rules, rules outrank judges, judges exit codes. */
final class Changes {
    private Changes() {}

    /** What a task has found out, without an id of its own yet. */
    static Demonstration learned(TaskRecord task, String language, String code, Judge verified) {
        return new Demonstration(
                "d-0",
                task.tenant(),
                task.team(),
                task.task(),
                task.question(),
                language,
                code,
                Literals.of(language, code),
                task.answer(),
                Objects.requireNonNullElse(task.rung(), "-"),
                Objects.requireNonNullElse(task.model(), "-"),
                task.receipt().usage().inputTokens(),
                task.receipt().usage().outputTokens(),
                verified,
                0,
                0,
                task.shown(),
                null,
                false);
    }

    static Demonstration withId(Demonstration d, String id) {
        return copy(d, id, d.verified(), d.helped(), d.misled(), d.contradictedBy(), d.retired());
    }

    /**
     * Two solutions of one question made one: the better-verified program, the newer one of equals. Id and counters stay.
     */
    static Demonstration merge(Demonstration kept, Demonstration fresh) {
        if (!kept.retired() && fresh.verified().compareTo(kept.verified()) < 0) {
            return kept;
        }
        String parent = kept.id().equals(fresh.learnedFrom()) ? kept.learnedFrom() : fresh.learnedFrom();
        Demonstration merged = new Demonstration(
                kept.id(),
                fresh.tenant(),
                fresh.team(),
                fresh.task(),
                fresh.question(),
                fresh.language(),
                fresh.code(),
                fresh.literals(),
                fresh.answer(),
                fresh.rung(),
                fresh.model(),
                fresh.inputTokens(),
                fresh.outputTokens(),
                fresh.verified(),
                kept.helped(),
                kept.misled(),
                parent,
                null,
                false);
        return retiredIfUntrusted(merged);
    }

    /**
     * A demonstration whose program no longer works, with the solution that does: the id stays, so that nothing is piled
     * up beside it. What was counted was the old program's.
     */
    static Demonstration repaired(Demonstration broken, Demonstration fresh) {
        String parent = broken.id().equals(fresh.learnedFrom()) ? broken.learnedFrom() : fresh.learnedFrom();
        return new Demonstration(
                broken.id(),
                fresh.tenant(),
                fresh.team(),
                fresh.task(),
                fresh.question(),
                fresh.language(),
                fresh.code(),
                fresh.literals(),
                fresh.answer(),
                fresh.rung(),
                fresh.model(),
                fresh.inputTokens(),
                fresh.outputTokens(),
                fresh.verified(),
                0,
                0,
                parent,
                null,
                false);
    }

    /** Another one has taken its place. */
    static Demonstration superseded(Demonstration d) {
        return copy(d, d.id(), d.verified(), d.helped(), d.misled(), d.contradictedBy(), true);
    }

    /**
     * Whether the old one speaks against keeping the new one: its answer or its program was found wrong by someone whom
     * the new one's verifier does not reach, or the very same program has misled too often.
     */
    static boolean forbids(Demonstration old, Demonstration fresh) {
        Judge by = old.contradictedBy();
        boolean sameProgram = old.code().equals(fresh.code());
        if (by == null) {
            return old.retired() && sameProgram && fresh.verified().compareTo(old.verified()) <= 0;
        }
        return by.compareTo(fresh.verified()) > 0
                && (sameProgram || Questions.sameAnswer(old.answer(), fresh.answer()));
    }

    static Demonstration vouched(Demonstration d, Judge judge) {
        return copy(d, d.id(), judge.or(d.verified()), d.helped(), d.misled(), null, false);
    }

    /** The same program in two libraries: the better word on it, and the greater counts, so that twice is as once. */
    static Demonstration united(Demonstration here, Demonstration foreign) {
        Judge by = higher(here.contradictedBy(), foreign.contradictedBy());
        Judge verified = here.verified().or(foreign.verified());
        boolean contradicted = by != null && by.compareTo(verified) >= 0;
        Demonstration united = retiredIfUntrusted(copy(
                here,
                here.id(),
                contradicted ? Judge.NONE : verified,
                Math.max(here.helped(), foreign.helped()),
                Math.max(here.misled(), foreign.misled()),
                contradicted ? by : null,
                false));
        // What was put aside here comes back by a better word only.
        boolean staysAside = here.retired() && verified.compareTo(here.verified()) <= 0;
        return staysAside ? superseded(united) : united;
    }

    private static @Nullable Judge higher(@Nullable Judge one, @Nullable Judge other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.or(other);
    }

    /** One of another library, as it comes into this one. */
    static Demonstration adopted(Demonstration foreign, String id) {
        Demonstration own = new Demonstration(
                id,
                foreign.tenant(),
                foreign.team(),
                foreign.task(),
                foreign.question(),
                foreign.language(),
                foreign.code(),
                Literals.of(foreign.language(), foreign.code()),
                foreign.answer(),
                foreign.rung(),
                foreign.model(),
                foreign.inputTokens(),
                foreign.outputTokens(),
                foreign.verified(),
                foreign.helped(),
                foreign.misled(),
                foreign.learnedFrom(),
                foreign.contradictedBy(),
                foreign.retired());
        return foreign.retired() ? own : retiredIfUntrusted(own);
    }

    /** What vouched for it before no longer does. */
    static Demonstration contradicted(Demonstration d, Judge judge) {
        return copy(d, d.id(), Judge.NONE, d.helped(), d.misled(), judge, true);
    }

    /** One more use, or the last word on an earlier one. */
    static Demonstration counted(Demonstration d, Optional<Boolean> before, boolean helped) {
        int helpedBefore = before.orElse(false) ? 1 : 0;
        int misledBefore = before.isPresent() && !before.get() ? 1 : 0;
        return retiredIfUntrusted(copy(
                d,
                d.id(),
                d.verified(),
                d.helped() + (helped ? 1 : 0) - helpedBefore,
                d.misled() + (helped ? 0 : 1) - misledBefore,
                d.contradictedBy(),
                d.retired()));
    }

    private static Demonstration retiredIfUntrusted(Demonstration d) {
        boolean retired = d.contradictedBy() != null || Trust.of(d) < Trust.LEAST;
        return copy(d, d.id(), d.verified(), d.helped(), d.misled(), d.contradictedBy(), retired);
    }

    private static Demonstration copy(
            Demonstration d,
            String id,
            Judge verified,
            int helped,
            int misled,
            @Nullable Judge contradictedBy,
            boolean retired) {
        return new Demonstration(
                id,
                d.tenant(),
                d.team(),
                d.task(),
                d.question(),
                d.language(),
                d.code(),
                d.literals(),
                d.answer(),
                d.rung(),
                d.model(),
                d.inputTokens(),
                d.outputTokens(),
                verified,
                helped,
                misled,
                d.learnedFrom(),
                contradictedBy,
                retired);
    }
}
