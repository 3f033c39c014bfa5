package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A library on a journal of its own, and tasks to fill it with. */
abstract class DemonstrationFixture {
    static final String TENANT = "local";
    static final String TEAM = "analyst";
    static final String HIGHEST = "Which region had the highest revenue in 2025?";
    static final String LOWEST = "Which region had the lowest revenue in 2024?";
    static final Verdict GOOD = new Verdict(Judge.PERSON, true);
    static final Verdict BAD = new Verdict(Judge.PERSON, false);

    @TempDir
    Path temp;

    Journal journal;
    DemonstrationLibrary library;

    @BeforeEach
    void open() {
        journal = Journal.open(temp);
        library = DemonstrationLibrary.open(journal, new WordEmbedder());
    }

    @AfterEach
    void close() {
        library.close();
        journal.close();
    }

    void reopen() {
        close();
        open();
    }

    List<Match> search(String question) {
        return library.search(TENANT, TEAM, question, 10, 0.2);
    }

    Demonstration learn(String task, String question, String code, String answer, Judge verified) {
        return library.learn(Samples.task(task, question, code, answer, verified))
                .orElseThrow();
    }

    /** As an agent does. */
    TaskRecord solve(String id, String question, String code, String answer, String shown) {
        return library.end(withShown(Samples.task(id, question, code, answer, Judge.NONE), shown), null, null);
    }

    static TaskRecord withOutcome(TaskRecord t, String outcome) {
        return copy(t, outcome, t.shown(), t.learned());
    }

    static TaskRecord withShown(TaskRecord t, String shown) {
        return copy(t, t.outcome(), shown, t.learned());
    }

    static TaskRecord copy(TaskRecord t, String outcome, String shown, String learned) {
        return new TaskRecord(
                t.task(),
                t.tenant(),
                t.team(),
                t.agent(),
                t.conversation(),
                t.question(),
                t.started(),
                outcome,
                t.answer(),
                t.verified(),
                t.exitCode(),
                t.rung(),
                t.model(),
                t.language(),
                t.code(),
                shown,
                learned,
                t.escalations(),
                t.receipt(),
                t.artifacts(),
                t.error());
    }
}
