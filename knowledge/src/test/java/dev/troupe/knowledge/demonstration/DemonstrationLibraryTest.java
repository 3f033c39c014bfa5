package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary.Judged;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Stored;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemonstrationLibraryTest {
    private static final String TENANT = "local";
    private static final String TEAM = "analyst";
    private static final String HIGHEST = "Which region had the highest revenue in 2025?";
    private static final String LOWEST = "Which region had the lowest revenue in 2024?";
    private static final Verdict GOOD = new Verdict(Judge.PERSON, true);
    private static final Verdict BAD = new Verdict(Judge.PERSON, false);

    @TempDir
    Path temp;

    private Journal journal;
    private DemonstrationLibrary library;

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

    private void reopen() {
        close();
        open();
    }

    @Test
    void learn_solvedTask_isFoundAtOnceWithAllThatIsKnownOfIt() {
        Demonstration learned = library.learn(
                        Samples.task("t-1", HIGHEST, "print('ANSWER:', \"North\", 2025)", "North", Judge.NONE))
                .orElseThrow();

        assertThat(learned)
                .isEqualTo(new Demonstration(
                        "d-1",
                        TENANT,
                        TEAM,
                        "t-1",
                        HIGHEST,
                        "python",
                        "print('ANSWER:', \"North\", 2025)",
                        List.of(
                                new Demonstration.Literal(6, 15, "ANSWER:"),
                                new Demonstration.Literal(17, 24, "North"),
                                new Demonstration.Literal(26, 30, "2025")),
                        "North",
                        "documented",
                        "small",
                        1204,
                        231,
                        Judge.NONE,
                        0,
                        0,
                        null,
                        null,
                        false));
        Match match = search(HIGHEST).getFirst();
        assertThat(match.demonstration()).isEqualTo(learned);
        assertThat(match.similarity()).isBetween(0.999, 1.0);
        assertThat(library.search(TENANT, TEAM, LOWEST, 3, 0.5)).hasSize(1);
        assertThat(library.search(TENANT, TEAM, LOWEST, 3, 0.99)).isEmpty();
        assertThat(library.search(TENANT, TEAM, HIGHEST, 0, 0)).isEmpty();
        // No word of it counts for the text field; the vector still finds something.
        assertThat(library.search(TENANT, TEAM, "the of a", 3, -1)).hasSize(1);
    }

    @Test
    void search_neverCrossesTenantsOrTeams() {
        learn("t-1", HIGHEST, "1", "North", Judge.RULE);
        assertThat(library.search("other", TEAM, HIGHEST, 10, -1)).isEmpty();
        assertThat(library.search(TENANT, "other", HIGHEST, 10, -1)).isEmpty();
        assertThat(library.find("other", "d-1")).isEmpty();
        assertThat(library.list("other", null, 10)).isEmpty();
        assertThatThrownBy(() -> library.reject("other", "d-1"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void learn_withoutAProgramOrASolution_keepsNothing() {
        TaskRecord solved = Samples.task("t-1");
        assertThat(library.learn(Samples.task("t-1", HIGHEST, null, "North", Judge.RULE)))
                .isEmpty();
        assertThat(library.learn(withOutcome(solved, "unsolved"))).isEmpty();
        assertThat(library.list(TENANT, null, 10)).isEmpty();
    }

    @Test
    void learn_sameQuestionAgain_keepsTheBetterVerifiedProgramOrTheNewerOfEquals() {
        learn("t-1", HIGHEST, "first", "North", Judge.NONE);
        Demonstration newer = learn("t-2", "What region had the highest revenue in 2025", "second", "N", Judge.NONE);
        assertThat(newer.id()).isEqualTo("d-1");
        assertThat(newer.code()).isEqualTo("second");
        assertThat(learn("t-3", HIGHEST, "third", "North", Judge.RULE).code()).isEqualTo("third");
        assertThat(learn("t-4", HIGHEST, "fourth", "North", Judge.JUDGE).code()).isEqualTo("third");
        assertThat(library.list(TENANT, TEAM, 10)).hasSize(1);
    }

    @Test
    void learn_sameQuestionAgain_keepsTheCounters() {
        learn("t-1", HIGHEST, "first", "North", Judge.RULE);
        library.used(TENANT, "d-1", "t-2", true);
        library.used(TENANT, "d-1", "t-3", false);
        Demonstration merged = learn("t-4", HIGHEST, "second", "North", Judge.RULE);
        assertThat(merged.code()).isEqualTo("second");
        assertThat(merged.helped()).isEqualTo(1);
        assertThat(merged.misled()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which region had the highest revenue in 2024?",
                "Which region had the lowest revenue in 2025?",
                "Which region did not have the highest revenue in 2025?",
                "Which product had the highest revenue in 2025?",
            })
    void learn_questionThatDiffersInOneWord_isAnotherOne(String other) {
        learn("t-1", HIGHEST, "first", "North", Judge.NONE);
        assertThat(learn("t-2", other, "second", "South", Judge.NONE).id()).isEqualTo("d-2");
        assertThat(library.list(TENANT, TEAM, 10)).extracting(Demonstration::id).containsExactly("d-2", "d-1");
    }

    @Test
    void used_movesTrustAndRetiresWhatMisleads() {
        learn("t-1", HIGHEST, "code", "North", Judge.NONE);
        // (1 + 0) / (2 + 0), then (1 + 1) / (2 + 1), then (1 + 1) / (2 + 2)
        assertThat(Trust.of(library.find(TENANT, "d-1").orElseThrow())).isEqualTo(0.5);
        assertThat(Trust.of(library.used(TENANT, "d-1", "t-2", true))).isEqualTo(2.0 / 3);
        assertThat(Trust.of(library.used(TENANT, "d-1", "t-3", false))).isEqualTo(0.5);
        for (int misled = 2; misled <= 4; misled++) {
            library.used(TENANT, "d-1", "u-" + misled, false);
        }
        // 2 / (3 + 4) = 0.29 is below 0.3.
        Demonstration retired = library.find(TENANT, "d-1").orElseThrow();
        assertThat(retired.retired()).isTrue();
        assertThat(search(HIGHEST)).isEmpty();
        // The same program is no news; another one is.
        assertThat(library.learn(Samples.task("t-9", HIGHEST, "code", "North", Judge.NONE)))
                .isEmpty();
        assertThat(learn("t-10", HIGHEST, "other code", "North", Judge.NONE).id())
                .isEqualTo("d-2");
    }

    @Test
    void used_saidTwiceOfOneTask_countsTheLastWord() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        library.used(TENANT, "d-1", "t-2", true);
        library.used(TENANT, "d-1", "t-2", true);
        assertThat(library.find(TENANT, "d-1").orElseThrow().helped()).isEqualTo(1);
        Demonstration corrected = library.used(TENANT, "d-1", "t-2", false);
        assertThat(corrected.helped()).isZero();
        assertThat(corrected.misled()).isEqualTo(1);
    }

    @Test
    void end_ofATask_storesItWithWhatItLeavesBehindAndWhatHelped() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        TaskRecord task = Samples.task("t-2", LOWEST, "code 2", "East", Judge.NONE);
        TaskRecord ended = library.end(task, "d-1", true);
        assertThat(ended).isEqualTo(task.withLearned("d-2"));
        assertThat(new Tasks(journal).find(TENANT, "t-2")).contains(ended);
        assertThat(library.find(TENANT, "d-1").orElseThrow().helped()).isEqualTo(1);
        assertThat(new Tasks(journal).uses("t-2")).containsExactly(new Entry.DemonstrationUsed("d-1", "t-2", true));
        // All of it is one group, after the entry of the first.
        assertThat(journal.entries(List.of(2L, 3L, 4L, 5L)).stream()
                        .map(Stored::at)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void end_ofATaskThatImprovesOnWhatItWasShown_countsOnTheImprovedOne() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        TaskRecord ended = library.end(Samples.task("t-2", HIGHEST, "better", "North", Judge.RULE), "d-1", true);
        assertThat(ended.learned()).isEqualTo("d-1");
        Demonstration improved = library.find(TENANT, "d-1").orElseThrow();
        assertThat(improved.code()).isEqualTo("better");
        assertThat(improved.helped()).isEqualTo(1);
    }

    @Test
    void end_ofATaskThatWasShownWhatIsGone_isStoredAllTheSame() {
        TaskRecord failed = withOutcome(Samples.task("t-1"), "unsolved");
        assertThat(library.end(failed, "d-9", false)).isEqualTo(failed);
        assertThat(new Tasks(journal).find(TENANT, "t-1")).contains(failed);
    }

    @Test
    void verdict_good_vouchesForWhatTheTaskLeftBehind() {
        TaskRecord task = solve("t-1", HIGHEST, "code", "North", null);
        Judged judged = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(judged.task()).isEqualTo(task);
        assertThat(judged.demonstration().orElseThrow().verified()).isEqualTo(Judge.PERSON);
        assertThat(judged.retired()).isEmpty();
        assertThat(Trust.of(search(HIGHEST).getFirst().demonstration())).isEqualTo(0.9);
        assertThat(new Tasks(journal).verdicts("t-1")).hasSize(1);
    }

    @Test
    void verdict_bad_retiresWhatTheTaskLeftBehindAndWhatWasLearnedFromIt() {
        solve("t-1", HIGHEST, "code", "North", null);
        solve("t-2", LOWEST, "learned from the first", "East", "d-1");
        solve("t-3", "Which product had the lowest revenue in 2024?", "learned from the second", "Tea", "d-2");
        solve("t-4", "Which product had the lowest revenue in 2023?", "and vouched for", "Tea", "d-2");
        library.verdict(TENANT, "t-4", GOOD, null, null);

        Judged judged = library.verdict(TENANT, "t-1", BAD, "the year is wrong", "South");

        assertThat(judged.retired()).containsExactly("d-1", "d-2", "d-3");
        assertThat(judged.demonstration().orElseThrow().retired()).isTrue();
        assertThat(search(HIGHEST)).extracting(m -> m.demonstration().id()).containsExactly("d-4");
        assertThat(new Tasks(journal).verdicts("t-1"))
                .containsExactly(new Entry.VerdictGiven("t-1", BAD, "the year is wrong", "South"));
        // Nobody but a person brings the answer back.
        assertThat(library.learn(Samples.task("t-5", HIGHEST, "other", "north.", Judge.RULE)))
                .isEmpty();
        assertThat(learn("t-6", HIGHEST, "other", "South", Judge.RULE).id()).isEqualTo("d-5");
        Judged again = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(again.demonstration().orElseThrow().retired()).isFalse();
    }

    @Test
    void verdict_ofALowerJudge_doesNotTouchWhatAHigherOneVouchesFor() {
        solve("t-1", HIGHEST, "code", "North", null);
        library.verdict(TENANT, "t-1", GOOD, null, null);
        Judged judged = library.verdict(TENANT, "t-1", new Verdict(Judge.RULE, false), null, null);
        assertThat(judged.demonstration().orElseThrow().retired()).isFalse();
        assertThat(judged.retired()).isEmpty();
    }

    @Test
    void verdict_onATaskThatWasShownADemonstration_movesThatOnesTrust() {
        solve("t-1", HIGHEST, "code", "North", null);
        solve("t-2", LOWEST, "code 2", "East", "d-1");
        library.used(TENANT, "d-1", "t-2", true);
        library.verdict(TENANT, "t-2", BAD, null, null);
        Demonstration shown = library.find(TENANT, "d-1").orElseThrow();
        assertThat(shown.helped()).isZero();
        assertThat(shown.misled()).isEqualTo(1);
    }

    @Test
    void verdict_badOnATaskWhoseProgramLostToABetterOne_leavesTheBetterOne() {
        TaskRecord first = solve("t-1", HIGHEST, "right", "South", null);
        library.verdict(TENANT, first.task(), GOOD, null, null);
        assertThat(solve("t-2", HIGHEST, "wrong", "North", null).learned()).isEqualTo("d-1");
        Judged judged = library.verdict(TENANT, "t-2", BAD, null, null);
        assertThat(judged.retired()).isEmpty();
        assertThat(search(HIGHEST).getFirst().demonstration().code()).isEqualTo("right");
    }

    @Test
    void verdict_goodOnATaskWhoseProgramLost_putsItInThePlaceOfTheOther() {
        TaskRecord task = Samples.task("t-1", HIGHEST, "by the person's choice", "South", Judge.NONE);
        Demonstration other = learn("t-2", HIGHEST, "by a rule", "North", Judge.RULE);
        journal.append(new Entry.TaskEnded(task.withLearned(other.id())));
        Judged judged = library.verdict(TENANT, "t-1", GOOD, null, null);
        assertThat(judged.demonstration().orElseThrow().code()).isEqualTo("by the person's choice");
        assertThat(judged.demonstration().orElseThrow().id()).isEqualTo("d-1");
    }

    @Test
    void verdict_onATaskThatDoesNotExistOrHasNoAnswer_isRefused() {
        assertThatThrownBy(() -> library.verdict(TENANT, "nope", GOOD, null, null))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e).hasMessage("task: nope (expected: the id of one that exists)");
                });
        journal.append(new Entry.TaskEnded(withOutcome(Samples.task("t-1"), "unsolved")));
        assertThatThrownBy(() -> library.verdict(TENANT, "t-1", GOOD, null, null))
                .hasMessage("task: t-1 ended unsolved (expected: solved, to call it good)");
        assertThat(library.verdict(TENANT, "t-1", BAD, null, null).demonstration())
                .isEmpty();
    }

    @Test
    void byHand_addVerifyAndReject_work() {
        Demonstration added = library.add(TENANT, TEAM, HIGHEST, "sh", "echo 'North'", "North");
        assertThat(added.verified()).isEqualTo(Judge.PERSON);
        assertThat(added.literals()).containsExactly(new Demonstration.Literal(5, 12, "North"));
        assertThat(library.reject(TENANT, "d-1")).containsExactly("d-1");
        assertThat(search(HIGHEST)).isEmpty();
        assertThat(library.verify(TENANT, "d-1").retired()).isFalse();
        assertThat(search(HIGHEST)).hasSize(1);
        assertThat(library.find(TENANT, "../d-1")).isEmpty();
        assertThatThrownBy(() -> library.verify(TENANT, "d-9"))
                .hasMessage("demonstration: d-9 (expected: the id of one that exists)");
    }

    @Test
    void open_afterACleanEnd_hasAllAndGoesOnCounting() {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        reopen();
        assertThat(search(HIGHEST)).hasSize(1);
        assertThat(learn("t-2", LOWEST, "code", "East", Judge.NONE).id()).isEqualTo("d-2");
    }

    @Test
    void open_whenTheIndexIsMissingTornOldOrOfOtherWeights_makesItAnew() throws IOException {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        learn("t-2", LOWEST, "code", "East", Judge.NONE);
        library.used(TENANT, "d-1", "t-3", true);
        library.reject(TENANT, "d-2");
        List<Demonstration> before = library.list(TENANT, null, 10);
        Path index = temp.resolve("index/demonstrations");
        for (Damage damage : List.<Damage>of(
                file -> Files.delete(file),
                file -> Files.write(file, new byte[0]),
                file -> Files.write(file, new byte[(int) Files.size(file)]),
                DemonstrationLibraryTest::flipABit)) {
            close();
            for (Path file : files(index)) {
                if (!file.endsWith("write.lock")) {
                    damage.to(file);
                }
            }
            open();
            assertThat(library.list(TENANT, null, 10)).isEqualTo(before);
            assertThat(search(HIGHEST)).hasSize(1);
        }
        library.close();
        library = DemonstrationLibrary.open(journal, new WordEmbedder("other weights"));
        assertThat(library.list(TENANT, null, 10)).isEqualTo(before);
        library.rebuild();
        assertThat(library.list(TENANT, null, 10)).isEqualTo(before);
        assertThat(search(HIGHEST)).hasSize(1);
    }

    @Test
    void open_withOneFileOfTheIndexDamaged_makesItAnew() throws IOException {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        close();
        Path index = temp.resolve("index/demonstrations");
        int files = files(index).size();
        assertThat(files).isGreaterThan(3);
        for (int i = 0; i < files; i++) {
            Path file = files(index).get(i);
            if (!file.endsWith("write.lock")) {
                flipABit(file);
            }
            open();
            assertThat(search(HIGHEST)).as("after damage to %s", file).hasSize(1);
            close();
        }
        open();
    }

    @Test
    void open_whenTheJournalWasReplaced_followsTheNewOne() throws IOException {
        learn("t-1", HIGHEST, "code", "North", Judge.RULE);
        close();
        Files.delete(temp.resolve("journal.db"));
        try (Journal other = Journal.open(temp)) {
            other.append(Samples.started("another"));
        }
        open();
        assertThat(search(HIGHEST)).isEmpty();
    }

    @Test
    void everyOperation_fromManyThreads_leavesViewsEqualToARebuild() throws Exception {
        int threads = 8;
        CountDownLatch done = new CountDownLatch(threads);
        List<Throwable> failures = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        String question = "How many orders had product " + (thread * 10 + i) % 23 + "?";
                        Demonstration d = learn(thread + "-" + i, question, "code " + i, "" + i, Judge.NONE);
                        assertThat(library.search(TENANT, TEAM, question, 1, 0.9))
                                .hasSize(1);
                        library.used(TENANT, d.id(), "u-" + thread + i, i % 3 != 0);
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
        List<Demonstration> before = library.list(TENANT, null, 1000);
        assertThat(before).hasSizeGreaterThanOrEqualTo(23);
        assertThat(before.stream().filter(d -> !d.retired()).map(Demonstration::question))
                .doesNotHaveDuplicates();
        library.rebuild();
        assertThat(library.list(TENANT, null, 1000)).isEqualTo(before);
    }

    @Test
    void anInterruptedCaller_doesNotHarmTheIndex() {
        learn("t-1", HIGHEST, "code", "North", Judge.NONE);
        Thread.currentThread().interrupt();
        try {
            library.learn(Samples.task("t-2", LOWEST, "code", "East", Judge.NONE));
        } catch (TroupeException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(search(HIGHEST)).isNotEmpty();
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 16;
        Files.write(file, bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private List<Match> search(String question) {
        return library.search(TENANT, TEAM, question, 10, 0.2);
    }

    private Demonstration learn(String task, String question, String code, String answer, Judge verified) {
        return library.learn(Samples.task(task, question, code, answer, verified))
                .orElseThrow();
    }

    /** As an agent does. */
    private TaskRecord solve(String id, String question, String code, String answer, String shown) {
        return library.end(withShown(Samples.task(id, question, code, answer, Judge.NONE), shown), null, null);
    }

    private static TaskRecord withOutcome(TaskRecord t, String outcome) {
        return copy(t, outcome, t.shown(), t.learned());
    }

    private static TaskRecord withShown(TaskRecord t, String shown) {
        return copy(t, t.outcome(), shown, t.learned());
    }

    private static TaskRecord copy(TaskRecord t, String outcome, String shown, String learned) {
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
