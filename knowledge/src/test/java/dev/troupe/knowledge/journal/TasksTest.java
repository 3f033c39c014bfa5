package dev.troupe.knowledge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 21);
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    Path temp;

    @Test
    void find_byIdOrBeginning_findsTheTenantsOwn() {
        try (Journal journal = Journal.open(temp)) {
            Tasks tasks = new Tasks(journal);
            assertThat(tasks.last("local")).isEmpty();
            for (String id : List.of("0193-a", "0193-b", "0193-bc")) {
                journal.append(Samples.started(id));
                journal.append(new Entry.TaskEnded(Samples.task(id)));
            }
            assertThat(tasks.last("local")).contains(Samples.task("0193-bc"));
            assertThat(tasks.last("other")).isEmpty();
            assertThat(tasks.recent("local", 2)).extracting(TaskRecord::task).containsExactly("0193-bc", "0193-b");
            assertThat(tasks.find("local", "0193-a")).contains(Samples.task("0193-a"));
            assertThat(tasks.find("local", "0193-b")).contains(Samples.task("0193-b"));
            assertThat(tasks.find("local", "0194")).isEmpty();
            assertThat(tasks.find("other", "0193-a")).isEmpty();
            assertThatThrownBy(() -> tasks.find("local", "0193")).isInstanceOfSatisfying(TroupeException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
                assertThat(e.hint()).isEqualTo("give more of the id: 0193-a or 0193-b");
            });
        }
    }

    @Test
    void verdicts_areReadInOrder() {
        try (Journal journal = Journal.open(temp)) {
            var bad = new Entry.VerdictGiven("t", new Verdict(Judge.PERSON, false), "no", "42");
            var good = new Entry.VerdictGiven("t", new Verdict(Judge.PERSON, true), null, null);
            journal.append(List.of(bad, Samples.started("t"), good));
            assertThat(new Tasks(journal).verdicts("t")).containsExactly(bad, good);
        }
    }

    @Test
    void sums_byDayAndStage_addUpAndSurviveARebuild() {
        fillTwoDays();
        try (Journal journal = Journal.open(temp)) {
            Tasks tasks = new Tasks(journal);
            // Samples: 1204 in, 987 cached, 231 out, cost 1e9, baseline 3.6e9, so 2.6e9 saved, all estimated.
            List<Total> days = tasks.byDay("local", FIRST, SECOND);
            assertThat(days)
                    .containsExactly(
                            new Total("2026-11-21", 1, 1, 31_000, usage(1), money(1), money(2.6), Money.ZERO, 0, 0),
                            new Total("2026-11-22", 2, 2, 62_000, usage(2), money(2), money(5.2), Money.ZERO, 0, 0));
            List<Total> stages = tasks.byStage("local", FIRST, SECOND);
            assertThat(stages)
                    .containsExactly(
                            new Total("documented", 3, 3, 33_000, Usage.NONE, Money.ZERO, money(7.8), Money.ZERO, 0, 0),
                            new Total("quick", 3, 3, 60_000, usage(3), money(3), Money.ZERO, Money.ZERO, 0, 0));
            assertThat(tasks.byAgent("local", FIRST, SECOND))
                    .containsExactly(
                            new Total("analyst", 3, 3, 93_000, usage(3), money(3), money(7.8), Money.ZERO, 0, 0));
            assertThat(tasks.byDay("local", SECOND, SECOND)).hasSize(1);
            assertThat(tasks.byDay("other", FIRST, SECOND)).isEmpty();

            journal.rebuild();

            assertThat(tasks.byDay("local", FIRST, SECOND)).isEqualTo(days);
            assertThat(tasks.byStage("local", FIRST, SECOND)).isEqualTo(stages);
        }
    }

    @Test
    void sums_tellWhatWasLearnedAndWhatWasShown() {
        try (Journal journal = Journal.open(temp, at("2026-11-21T12:00:00Z"))) {
            journal.append(new Entry.TaskEnded(Samples.task("a").withLearned("d-1")));
            journal.append(new Entry.TaskEnded(Samples.shown("b", "d-1")));
            Total day = new Tasks(journal).byDay("local", FIRST, FIRST).getFirst();
            assertThat(day.learned()).isEqualTo(1);
            assertThat(day.demonstrated()).isEqualTo(1);
        }
    }

    @Test
    void sums_whenTheTableIsMissingOldOrBehind_areMadeAnew() throws Exception {
        fillTwoDays();
        List<Total> expected = byDay();
        for (String damage : List.of(
                "DROP TABLE total",
                "UPDATE view SET version = 0",
                "DELETE FROM view",
                "UPDATE view SET sequence = sequence - 1")) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("journal.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute(damage);
                if (!damage.startsWith("DROP")) {
                    statement.execute("DELETE FROM total");
                }
            }
            assertThat(byDay()).as(damage).isEqualTo(expected);
        }
    }

    private List<Total> byDay() {
        try (Journal journal = Journal.open(temp)) {
            return new Tasks(journal).byDay("local", FIRST, SECOND);
        }
    }

    private void fillTwoDays() {
        try (Journal journal = Journal.open(temp, at("2026-11-21T23:59:59Z"))) {
            journal.append(new Entry.TaskEnded(Samples.task("a")));
        }
        try (Journal journal = Journal.open(temp, at("2026-11-22T00:00:00Z"))) {
            journal.append(new Entry.TaskEnded(Samples.task("b")));
            journal.append(new Entry.TaskEnded(Samples.task("c")));
        }
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private static Usage usage(int tasks) {
        return new Usage(1204L * tasks, 987L * tasks, 231L * tasks);
    }

    private static Money money(double thousandths) {
        return new Money(Math.round(thousandths * 1_000_000_000L));
    }
}
