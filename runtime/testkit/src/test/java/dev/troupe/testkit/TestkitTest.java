package dev.troupe.testkit;

import static dev.troupe.testkit.TroupeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.draft.TaskPlan;
import dev.troupe.runtime.api.Answer;
import dev.troupe.runtime.api.Team;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TestkitTest {
    @TempDir
    private Path folder;

    private Team team(ScriptedModel small, ScriptedModel large, ScriptedCode code) {
        return Team.builder("sums")
                .folder(folder)
                .model("small", small)
                .model("large", large)
                .python(python -> {})
                .assistant(
                        "adder",
                        adder -> adder.instructions("Add.")
                                .tools("python")
                                .rung("quick", "small", 1)
                                .rung("large", "large", 1))
                .open(TestTeams.in(folder).code(code));
    }

    @Test
    void script_takesTheTaskThroughItsRungs_andAssertionsReadWhatCameOfIt() {
        ScriptedModel small = ScriptedModel.named("small").writes("print(20 * 30)");
        ScriptedModel large = ScriptedModel.named("large").writes("print('ANSWER:', 20 + 30)");
        ScriptedCode code = ScriptedCode.python().ends(1, "TypeError: no\n").whenRun("20 + 30", "ANSWER: 50\n");
        try (Team team = team(small, large, code)) {
            Answer answer = team.ask("What is 20 plus 30?").join();
            assertThat(answer)
                    .isAnswered("50")
                    .isVerifiedBy(Judge.NONE)
                    .wasSolvedBy("large")
                    .hasEscalations(1)
                    .wasShown(null)
                    .hasProgramContaining("20 + 30")
                    .hasExitCode(0)
                    .hasLearned()
                    .receipt()
                    .costs("0 USD")
                    .hasModelCalls(2)
                    .hasStage("quick", "gave up")
                    .hasStage("large", "solved it on turn 1");
            Assertions.assertThat(large.lastPrompt()).contains("What is 20 plus 30?", "TypeError");
            Assertions.assertThat(code.programs()).hasSize(2);
        }
    }

    @Test
    void script_thatEnds_endsTheTask_whateverRungsAreLeft() {
        ScriptedModel large = ScriptedModel.named("large").writes("print('ANSWER:', 50)");
        try (Team team = team(ScriptedModel.named("small"), large, ScriptedCode.python())) {
            assertThatThrownBy(() -> team.ask("What is 20 plus 30?").join())
                    .isInstanceOfSatisfying(
                            TroupeException.class,
                            e -> Assertions.assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                    .hasMessageContaining("asked 1 times (expected: no more than the script answers)");
            Assertions.assertThat(large.requests()).isEmpty();
        }
    }

    @Test
    void failure_ofTheModel_makesTheNextRungTry() {
        ScriptedModel small = ScriptedModel.named("small").fails(ErrorCode.PROVIDER_FAILED);
        ScriptedModel large = ScriptedModel.named("large").writes("print('ANSWER:', 20 + 30)");
        try (Team team = team(small, large, ScriptedCode.python().prints("ANSWER: 50\n"))) {
            assertThat(team.ask("What is 20 plus 30?").join()).isAnswered("50").wasSolvedBy("large");
        }
    }

    @Test
    void recording_madeOfAModel_answersInItsPlace() {
        Path file = folder.resolve("small.jsonl");
        ScriptedModel real = ScriptedModel.named("small").answers("Fifty.");
        try (Team team = talker(Recordings.completing(file, real, ModelPrice.FREE), "first")) {
            assertThat(team.ask("What is 20 plus 30?").join()).isAnswered("Fifty.");
        }
        try (Team team = talker(Recordings.replaying(file, "scripted/small", 32_768), "second")) {
            assertThat(team.ask("What is 20 plus 30?").join()).isAnswered("Fifty.");
        }
        Assertions.assertThat(real.requests()).hasSize(1);
    }

    private Team talker(dev.troupe.models.chat.ChatModel model, String data) {
        return Team.builder("talk")
                .folder(folder)
                .model("small", model)
                .chat("talker", "small", "Talk.")
                .open(TestTeams.in(folder.resolve(data)));
    }

    @Test
    void assertions_thatDoNotHold_sayWhatIs() {
        ScriptedModel small = ScriptedModel.named("small").answers("Fifty.");
        Answer answer;
        try (Team team = talker(small, "data")) {
            answer = team.ask("What is 20 plus 30?").join();
        }
        for (Map.Entry<String, org.assertj.core.api.ThrowableAssert.ThrowingCallable> wrong :
                Map.<String, org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                                "Sixty.", () -> assertThat(answer).isAnswered("Sixty."),
                                "verified", () -> assertThat(answer).isVerifiedBy(Judge.PERSON),
                                "learned nothing", () -> assertThat(answer).hasLearned(),
                                "expected: one with print",
                                        () -> assertThat(answer).hasProgramContaining("print"),
                                "expected: quick: solved",
                                        () -> assertThat(answer.receipt()).hasStage("quick", "solved"),
                                "model calls",
                                        () -> assertThat(answer.receipt()).hasModelCalls(7))
                        .entrySet()) {
            assertThatThrownBy(wrong.getValue())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(wrong.getKey());
        }
    }

    @Test
    void plans_areLookedAt_byToolsAndLinks() {
        TaskPlan plan = TaskPlan.chain(java.util.List.of("ocr", "translate", "speak"));
        assertThat(plan)
                .uses("speak", "ocr", "translate")
                .hasLink("ocr", "translate")
                .runsBefore("ocr", "speak")
                .isWellFormed();
        assertThatThrownBy(() -> assertThat(plan).hasLink("ocr", "speak")).isInstanceOf(AssertionError.class);
    }
}
