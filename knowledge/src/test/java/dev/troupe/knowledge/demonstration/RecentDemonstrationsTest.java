package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library does with demonstrations that Lucene does not hold yet. */
class RecentDemonstrationsTest {
    private static final String TENANT = "local";
    private static final String TEAM = "analyst";
    private static final String HIGHEST = "Which region had the highest revenue in 2025?";
    private static final String LOWEST = "Which region had the lowest revenue in 2024?";

    @TempDir
    Path temp;

    private Journal journal;
    private DemonstrationLibrary library;

    @BeforeEach
    void open() {
        journal = Journal.open(temp.resolve("data"));
        library = DemonstrationLibrary.open(journal, new WordEmbedder());
    }

    @AfterEach
    void close() {
        library.close();
        journal.close();
    }

    @Test
    void learn_fewOfThem_areFoundAtOnceAlthoughLuceneHasNone() throws IOException {
        learn("t-1", HIGHEST, "highest", Judge.RULE);
        learn("t-2", LOWEST, "lowest", Judge.NONE);
        assertThat(segmentFiles()).isEmpty();
        assertThat(found(HIGHEST)).containsExactly("d-1", "d-2");
        assertThat(found(LOWEST)).containsExactly("d-2", "d-1");
        assertThat(library.find(TENANT, "d-2").orElseThrow().code()).isEqualTo("lowest");
        assertThat(library.list(TENANT, null, 10)).extracting(Demonstration::id).containsExactly("d-2", "d-1");
        assertThat(library.list(TENANT, TEAM, 1)).extracting(Demonstration::id).containsExactly("d-2");
    }

    @Test
    void learn_many_areFlushedTogetherAndFoundAllTheSame() throws IOException {
        for (int i = 1; i <= 128; i++) {
            learn("t-" + i, "How many boats lie in harbour " + i + "?", "code " + i, Judge.NONE);
            assertThat(found("How many boats lie in harbour " + i + "?").getFirst())
                    .isEqualTo("d-" + i);
        }
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (segmentFiles().isEmpty() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(segmentFiles()).isNotEmpty();
        for (int i = 1; i <= 128; i++) {
            assertThat(found("How many boats lie in harbour " + i + "?").getFirst())
                    .isEqualTo("d-" + i);
        }
        assertThat(library.list(TENANT, TEAM, 300)).hasSize(128);
    }

    @Test
    void search_neverCrossesTenantsOrTeamsAmongRecentOnes() {
        learn("t-1", HIGHEST, "code", Judge.RULE);
        assertThat(library.search("other", TEAM, HIGHEST, 10, -1)).isEmpty();
        assertThat(library.search(TENANT, "other", HIGHEST, 10, -1)).isEmpty();
        assertThat(library.find("other", "d-1")).isEmpty();
        assertThat(library.list("other", null, 10)).isEmpty();
        assertThat(library.list(TENANT, "other", 10)).isEmpty();
        // The same question of another team is no duplicate.
        library.add(TENANT, "other", HIGHEST, "python", "code", "North");
        assertThat(found(HIGHEST)).containsExactly("d-1");
        assertThat(library.search(TENANT, "other", HIGHEST, 10, -1))
                .extracting(match -> match.demonstration().id())
                .containsExactly("d-2");
    }

    @Test
    void learn_sameQuestionAgain_mergesWithARecentOneAndWithOneOfLucene() {
        learn("t-1", HIGHEST, "first", Judge.NONE);
        assertThat(learn("t-2", HIGHEST, "second", Judge.NONE).id()).isEqualTo("d-1");
        assertThat(search(HIGHEST)).extracting(Demonstration::code).containsExactly("second");
        reopen();
        assertThat(learn("t-3", HIGHEST, "third", Judge.RULE).id()).isEqualTo("d-1");
        assertThat(search(HIGHEST)).extracting(Demonstration::code).containsExactly("third");
        assertThat(library.list(TENANT, TEAM, 10)).hasSize(1);
    }

    @Test
    void used_movesTrustOfARecentOneAndOfOneInLucene() {
        learn("t-1", HIGHEST, "code", Judge.NONE);
        library.used(TENANT, "d-1", "u-1", true);
        assertThat(search(HIGHEST).getFirst().helped()).isEqualTo(1);
        reopen();
        library.used(TENANT, "d-1", "u-2", true);
        assertThat(search(HIGHEST)).hasSize(1);
        assertThat(search(HIGHEST).getFirst().helped()).isEqualTo(2);
        // What is as alike, but has not helped, comes after it.
        learn("t-2", "In 2025 which region had the highest revenue, and why?", "code", Judge.NONE);
        assertThat(found(HIGHEST)).containsExactly("d-1", "d-2");
    }

    @Test
    void reject_recentOneAndOneOfLucene_areFoundNoMore() {
        learn("t-1", HIGHEST, "code", Judge.RULE);
        assertThat(library.reject(TENANT, "d-1")).containsExactly("d-1");
        assertThat(search(HIGHEST)).isEmpty();
        learn("t-2", LOWEST, "code", Judge.RULE);
        reopen();
        assertThat(found(LOWEST)).containsExactly("d-2");
        assertThat(library.reject(TENANT, "d-2")).containsExactly("d-2");
        assertThat(search(LOWEST)).isEmpty();
        assertThat(library.verify(TENANT, "d-1").retired()).isFalse();
        assertThat(found(HIGHEST)).containsExactly("d-1");
        assertThat(library.list(TENANT, null, 10)).extracting(Demonstration::id).containsExactly("d-2", "d-1");
    }

    @Test
    void open_afterACrashBeforeTheFlush_hasThemFromTheJournal() throws IOException {
        learn("t-1", HIGHEST, "code", Judge.RULE);
        reopen();
        learn("t-2", LOWEST, "code", Judge.NONE);
        library.reject(TENANT, "d-1");
        List<Demonstration> before = library.list(TENANT, null, 10);
        Path left = temp.resolve("as a crash leaves it");
        copy(temp.resolve("data"), left);
        try (Journal other = Journal.open(left);
                DemonstrationLibrary opened = DemonstrationLibrary.open(other, new WordEmbedder())) {
            assertThat(opened.list(TENANT, null, 10)).isEqualTo(before);
            assertThat(opened.search(TENANT, TEAM, HIGHEST, 10, 0.2))
                    .extracting(match -> match.demonstration().id())
                    .containsExactly("d-2");
            opened.rebuild();
            assertThat(opened.list(TENANT, null, 10)).isEqualTo(before);
        }
    }

    private void reopen() {
        close();
        open();
    }

    private Demonstration learn(String task, String question, String code, Judge verified) {
        return library.learn(Samples.task(task, question, code, "North", verified))
                .orElseThrow();
    }

    private List<Demonstration> search(String question) {
        return library.search(TENANT, TEAM, question, 10, 0.2).stream()
                .map(Match::demonstration)
                .toList();
    }

    private List<String> found(String question) {
        return search(question).stream().map(Demonstration::id).toList();
    }

    /** Of Lucene; a commit without any entry has none. */
    private List<Path> segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("data/index/demonstrations"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("_"))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
