package dev.troupe.knowledge.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.demonstration.WordEmbedder;
import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Total;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a {@link WritingProcess} said was safe, and the check that it is. */
final class Acknowledged {
    private final Set<String> lines = new HashSet<>();
    private final Set<String> found = new HashSet<>();
    private long readTo;

    void add(String line) {
        if (!line.equals("opened -")) {
            lines.add(line);
        }
    }

    int size() {
        return lines.size();
    }

    /** The folder opens and can be written, and nothing that was acknowledged since the last check is missing. */
    void check(Path folder, String round) {
        try (Journal journal = Journal.open(folder)) {
            journal.read(readTo, List.of(), stored -> {
                found.add(line(stored.entry()));
                readTo = stored.sequence();
            });
            Set<String> missing = new HashSet<>(lines);
            missing.removeAll(found);
            assertThat(missing).as("acknowledged and missing, %s", round).isEmpty();
            assertThat(journal.append(new Entry.DemonstrationUsed("d-0", "after", true)))
                    .as("the folder can be written, %s", round)
                    .isPositive();
        }
    }

    /** Every row is sound, and nothing that was ever acknowledged is missing. */
    void checkAll(Path folder, String round) {
        found.clear();
        readTo = 0;
        check(folder, round);
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.verify()).as(round).isEmpty();
        }
    }

    /** The views as they are found equal the views made anew, and hold every demonstration that was acknowledged. */
    void checkViews(Path folder, String round) {
        try (Journal journal = Journal.open(folder);
                DemonstrationLibrary library = DemonstrationLibrary.open(journal, new WordEmbedder())) {
            Tasks tasks = new Tasks(journal);
            Conversations conversations = new Conversations(journal);
            List<Conversations.Summary> summaries = conversations.list("local", "analyst", 10);
            List<Total> totals = tasks.byStage("local", LocalDate.MIN, LocalDate.of(9999, 1, 1));
            List<Demonstration> demonstrations = library.list("local", null, 1_000_000);
            Set<String> indexed = demonstrations.stream()
                    .map(demonstration -> "demonstration " + demonstration.task())
                    .collect(Collectors.toSet());
            assertThat(indexed)
                    .as(round)
                    .containsAll(lines.stream()
                            .filter(line -> line.startsWith("demonstration "))
                            .toList());
            journal.rebuild();
            library.rebuild();
            assertThat(tasks.byStage("local", LocalDate.MIN, LocalDate.of(9999, 1, 1)))
                    .as(round)
                    .isEqualTo(totals);
            assertThat(conversations.list("local", "analyst", 10)).as(round).isEqualTo(summaries);
            assertThat(library.list("local", null, 1_000_000)).as(round).isEqualTo(demonstrations);
        }
    }

    private static String line(Entry entry) {
        return switch (entry) {
            case Entry.Leased e -> "leased " + e.task();
            case Entry.Settled e -> "settled " + e.task();
            case Entry.TaskStarted e -> "task-started " + e.task();
            case Entry.TaskEnded e -> "task-ended " + e.record().task();
            case Entry.VerdictGiven e -> "verdict " + e.task();
            case Entry.DemonstrationStored e ->
                "demonstration " + e.demonstration().task();
            case Entry.DemonstrationUsed e -> "demonstration-used " + e.task();
            case Entry.TurnUndone e -> "turn-undone " + e.task();
        };
    }
}
