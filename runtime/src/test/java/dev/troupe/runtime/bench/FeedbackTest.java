package dev.troupe.runtime.bench;

import static dev.troupe.runtime.bench.ScriptedTeam.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who tells a real team whether its answers are right, and what comes of it. */
class FeedbackTest {
    private static final Pattern ASKED = Pattern.compile("Question: What is (\\d+) plus");

    /** The weak model takes 700 away but from 4001; the strong one never does; the judge says no to 3300. */
    private static final BiFunction<String, String, String> SCRIPT = (model, prompt) -> {
        Matcher asked = ASKED.matcher(prompt);
        String number = asked.find() ? asked.group(1) : "0";
        while (asked.find()) {
            number = asked.group(1);
        }
        return switch (model) {
            case "weak" -> program(number + (number.equals("4001") ? " + 700" : " - 700"));
            case "strong" -> program(number + " + 700");
            default ->
                prompt.endsWith("Answer: 3300")
                        ? "{\"why\":\"hm\",\"verdict\":\"no\"}"
                        : "{\"why\":\"fine\",\"verdict\":\"yes\"}";
        };
    };

    @TempDir
    private Path folder;

    private ScriptedTeam team;

    @BeforeEach
    void start() throws IOException {
        team = new ScriptedTeam(folder, SCRIPT);
    }

    @AfterEach
    void stop() {
        team.close();
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private static Configuration configuration(
            String name, Demonstrations demonstrations, @Nullable Feedback feedback, @Nullable String judge) {
        return new Configuration(name, List.of("quick", "large"), demonstrations, false, feedback, judge);
    }

    private Summary run(int cases, Configuration configuration) {
        return team.run(runs(), ScriptedTeam.cases(cases), configuration)
                .configurations()
                .getLast();
    }

    private RunRecord record(String id) {
        return ScriptedTeam.records(runs()).stream()
                .filter(record -> record.caseId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gold_noEscalates_yesIsAPersons_andTheRightAnswerReachesNoPrompt() {
        Summary summary = run(3, configuration("gold", Demonstrations.OFF, Feedback.GOLD, null));
        assertThat(summary.right()).isEqualTo(3);
        assertThat(summary.escalations()).isEqualTo(2);
        assertThat(record("c-0").rung()).isEqualTo("large");
        assertThat(record("c-0").verified()).isEqualTo("person");
        assertThat(record("c-1").rung()).isEqualTo("quick");
        assertThat(team.prompts).hasSize(5).noneMatch(prompt -> prompt.contains("470"));
        // 5 calls; the weak model's cached tokens save half a dollar a million, the strong one's nothing.
        // Weak: 3 * (60 + 40 * 0.5 + 10 * 2) = 300 millionths; strong: 2 * (100 * 10 + 10 * 20) = 2,400.
        assertThat(summary.costUsd()).isEqualTo("0.002700000000");
        assertThat(summary.uncachedUsd()).isEqualTo("0.002760000000");
    }

    @Test
    void gold_learning_onlyWhatIsRightIsShown() {
        run(6, configuration("gold", Demonstrations.LEARN, Feedback.GOLD, null));
        List<RunRecord> records = ScriptedTeam.records(runs());
        assertThat(records).allMatch(RunRecord::right);
        assertThat(records.getFirst().shown()).isNull();
        assertThat(records.subList(1, 6)).allMatch(record -> record.shown() != null);
        // What is shown are questions before, with their right programs, never the one that is asked.
        for (String prompt : team.prompts) {
            List<String> questions =
                    ASKED.matcher(prompt).results().map(found -> found.group(1)).toList();
            assertThat(questions).as(prompt).doesNotHaveDuplicates();
        }
    }

    @Test
    void after_wrongAnswer_endsTheTaskAndIsNotShownAgain() {
        Summary summary = run(4, configuration("after", Demonstrations.LEARN, Feedback.AFTER, null));
        assertThat(summary.right()).isEqualTo(1);
        assertThat(summary.escalations()).isZero();
        assertThat(team.prompts).noneMatch(prompt -> prompt.startsWith("strong"));
        List<RunRecord> records = ScriptedTeam.records(runs());
        boolean seen = false;
        for (RunRecord record : records) {
            // The one right program is all that there is to show.
            assertThat(record.shown() != null).as(record.caseId()).isEqualTo(seen);
            seen |= record.right();
        }
    }

    @Test
    void judge_verdictsAreComparedWithTheRightAnswers() {
        Summary summary = run(3, configuration("judge", Demonstrations.LEARN, Feedback.JUDGE, "referee"));
        // c-0: 3300 is refused, not run a second time, and then 4700 accepted. c-1: 4701 is. c-2: 3302 is, and wrong.
        assertThat(record("c-0").verdicts()).isEqualTo(new RunRecord.Verdicts(1, 0, 0, 1));
        assertThat(record("c-1").verdicts()).isEqualTo(new RunRecord.Verdicts(1, 0, 0, 0));
        assertThat(record("c-2").verdicts()).isEqualTo(new RunRecord.Verdicts(0, 1, 0, 0));
        assertThat(summary.right()).isEqualTo(2);
        assertThat(summary.judging()).isNotNull().satisfies(judging -> {
            assertThat(judging.precision()).isEqualTo(2.0 / 3);
            assertThat(judging.recall()).isEqualTo(1);
        });
    }

    @Test
    void judge_nobodyNamed_refused() {
        assertThatThrownBy(() -> run(1, configuration("judge", Demonstrations.OFF, Feedback.JUDGE, null)))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessage("feedback: judge (expected: a model that judges)");
    }

    @Test
    void off_nobodyIsAsked_candidatesAreShownAllTheSame() {
        Summary summary = run(4, configuration("off", Demonstrations.LEARN, Feedback.OFF, null));
        assertThat(summary.right()).isEqualTo(1);
        assertThat(summary.judging()).isNull();
        assertThat(ScriptedTeam.records(runs()).subList(1, 4)).allMatch(record -> record.shown() != null);
    }

    /** The moment between a task's end and its line in the run file, in which a kill hits hardest. */
    @Test
    void resume_taskThatEndedWithoutItsLine_isTakenOverAndNotAskedAgain() throws IOException {
        for (Feedback feedback : new Feedback[] {Feedback.GOLD, Feedback.AFTER}) {
            Configuration learning = configuration(feedback.label(), Demonstrations.LEARN, feedback, null);
            run(5, learning);
            List<RunRecord> whole = ScriptedTeam.records(runs());
            Path file = runs().resolve("runs.jsonl");
            List<String> lines = Files.readAllLines(file);
            Files.writeString(file, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
            int asked = team.prompts.size();
            run(5, learning);
            assertThat(team.prompts).hasSize(asked);
            List<RunRecord> resumed = ScriptedTeam.records(runs());
            assertThat(resumed).hasSameSizeAs(whole);
            RunRecord last = resumed.getLast();
            assertThat(last)
                    .usingRecursiveComparison()
                    .ignoringFields("modelMillis")
                    .isEqualTo(whole.getLast());
        }
    }

    @Test
    void run_sameNameForSomethingElse_refused() {
        run(1, configuration("a", Demonstrations.OFF, Feedback.OFF, null));
        assertThatThrownBy(() -> run(1, configuration("a", Demonstrations.OFF, Feedback.GOLD, null)))
                .hasMessage("configuration a: quick,large gold (expected: quick,large off, of which " + runs()
                        + " has results)");
    }

    @Test
    void summary_groupsAndQuarters_inTheOrderAsked() {
        Summary summary = run(8, configuration("after", Demonstrations.OFF, Feedback.AFTER, null));
        assertThat(summary.bySkill().get("odd").right()).isEqualTo(1);
        assertThat(summary.bySkill().get("odd").asked()).isEqualTo(4);
        assertThat(summary.bySkill().get("even").right()).isZero();
        assertThat(summary.quarters()).hasSize(4).allMatch(quarter -> quarter.asked() == 2);
        int position = record("c-1").position() == null ? -1 : record("c-1").position();
        assertThat(summary.quarters().get(position / 2).right()).isEqualTo(1);
    }
}
