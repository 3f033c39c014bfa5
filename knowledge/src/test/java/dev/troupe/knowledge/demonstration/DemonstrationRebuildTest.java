package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index as a view of the journal: kept, made anew, and the same in the end. */
class DemonstrationRebuildTest extends DemonstrationFixture {
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
                DemonstrationRebuildTest::flipABit)) {
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
}
