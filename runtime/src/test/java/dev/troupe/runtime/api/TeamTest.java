package dev.troupe.runtime.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TeamTest {
    private static final String FILE = """
            team: sums
            models:
              small: { provider: local, model: qwen2.5-coder-1.5b-instruct }
              large: { provider: openai, model: gpt-5-mini, key: "${NOBODYS_KEY:-}" }
            tools:
              python: { packages: [pandas], sandbox: none }
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: small, turns: 2 }
                  - { name: large, model: large, turns: 1 }
              talker: { kind: chat, model: large }
            entry: adder
            """;

    /** Runs no program: says that it printed 50. */
    private static final class Echo implements CodeExecutor {
        final List<String> sources = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        @Override
        public boolean supports(String language) {
            return language.equals("python");
        }

        @Override
        public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
            sources.add(request.source());
            String output = "ANSWER: 50\n";
            onOutput.accept(output);
            return new CodeResult(0, output, CodeResult.End.EXITED, Duration.ofMillis(1), List.of());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @TempDir
    private Path folder;

    private TeamOptions options() {
        return TeamOptions.usual()
                .data(folder.resolve("data"))
                .cache(folder.resolve("cache"))
                .variable("XDG_CONFIG_HOME", folder.toString());
    }

    private Path file() throws Exception {
        return Files.writeString(folder.resolve("team.yaml"), FILE).getParent();
    }

    @Test
    void file_withOwnModelsAndCode_asksThoseAndNothingElse_andLeavesThemOpen() throws Exception {
        OwnModel small = OwnModel.saying("I cannot.");
        OwnModel large = OwnModel.saying(OwnModel.program("print('ANSWER:', 20 + 30)"));
        Echo echo = new Echo();
        ModelPrice price = ModelPrice.perMillion(BigDecimal.ONE, null, BigDecimal.TEN);
        try (Team team = Team.load(
                file(),
                options()
                        .model("small", small, price)
                        .model("large", large, price)
                        .code(echo))) {
            assertThat(team.name()).isEqualTo("sums");
            assertThat(team.notices()).isEmpty();
            Answer answer = team.ask("What is 20 plus 30?").join();
            assertThat(answer.text()).isEqualTo("50");
            assertThat(answer).hasToString("50");
            assertThat(answer.verified()).isEqualTo(Judge.NONE);
            assertThat(answer.record().rung()).isEqualTo("large");
            // At least one call of each model: 100 tokens in at 1 USD a million, 10 out at 10.
            assertThat(answer.receipt().cost().picodollars())
                    .isEqualTo(200_000_000L * answer.receipt().modelCalls());
            assertThat(team.task(answer.task())).contains(answer.record());
            assertThat(echo.sources).isNotEmpty();
            team.judge(answer.task(), true, null);
            assertThat(team.recent(5)).hasSize(1);
        }
        assertThat(small.closed || large.closed || echo.closed).isFalse();
    }

    @Test
    void file_withoutItsKeyAndWithoutAModelOfTheProgram_leavesThatOut_asEver() throws Exception {
        try (Team team = Team.load(
                file(),
                options().model("small", OwnModel.saying("x"), ModelPrice.FREE).code(new Echo()))) {
            assertThat(team.notices()).anyMatch(notice -> notice.contains("NOBODYS_KEY is not set"));
        }
    }

    @Test
    void ownModel_thatTheTeamDoesNotHave_isRefused() throws Exception {
        Path team = file();
        assertThatThrownBy(() -> Team.load(team, options().model("smal", OwnModel.saying("x"))))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID);
                    assertThat(e).hasMessageContaining("models: smal was brought, and the team has none of that name");
                });
    }

    @Test
    void badFile_isRefused_withAllItsProblems() throws Exception {
        Path bad = Files.writeString(folder.resolve("team.yaml"), FILE.replace("model: small", "model: smal"));
        assertThatThrownBy(() -> Team.load(bad, options()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID))
                .hasMessageContaining("did you mean small?");
    }

    private TeamBuilder adder(OwnModel model) {
        return Team.builder("sums")
                .folder(folder)
                .model("small", model)
                .python(python -> python.set("limits", java.util.Map.of("time", "60s")))
                .assistant(
                        "adder",
                        adder -> adder.instructions("Costs are in ${CURRENCY}. Add.")
                                .tools("python")
                                .rung("quick", "small", 2));
    }

    @Test
    void builder_withoutAFile_runsProgramsInTheSandbox_andTextsMeanThemselves() {
        OwnModel model = OwnModel.saying(OwnModel.program("print('ANSWER:', 20 + 30)"));
        try (Team team = adder(model).open(options())) {
            TeamTask task = team.ask("What is 20 plus 30?");
            assertThat(task.answer().join().text()).isEqualTo("50");
            assertThat(task.outcome().join()).isInstanceOf(Agent.Answered.class);
            assertThat(model.requests.getFirst().messages().getFirst().text()).contains("Costs are in ${CURRENCY}.");
        }
    }

    @Test
    void builder_withMistakes_tellsAllAtOnce() {
        TeamBuilder builder = Team.builder("sums")
                .model("small", OwnModel.saying("x"))
                .assistant("adder", adder -> adder.rung("quick", "smal", 0).set("carryover", true));
        assertThatThrownBy(() -> builder.open(options()))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("unknown model \"smal\" (did you mean small?")
                .hasMessageContaining("agents.adder.instructions: missing")
                .hasMessageContaining("unknown key \"carryover\" (did you mean carry_over?");
    }

    @Test
    void check_ofTheProgram_vouchesAsARule_andItsNoLetsTheRungTryAgain() {
        OwnModel model = new OwnModel(request -> OwnModel.program(
                request.messages().toString().contains("checked and refused")
                        ? "print('ANSWER:', 20 + 30)"
                        : "print('ANSWER:', 20 * 30)"));
        try (Team team = adder(model).open(options().check((question, answer) -> answer.equals("50")))) {
            Answer answer = team.ask("What is 20 plus 30?").join();
            assertThat(answer.text()).isEqualTo("50");
            assertThat(answer.verified()).isEqualTo(Judge.RULE);
        }
        try (Team team = adder(model).open(options().check((question, answer) -> false))) {
            TeamTask task = team.ask("What is 20 plus 31?");
            assertThatThrownBy(task::join)
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSOLVED));
            assertThat(task.outcome().join())
                    .isInstanceOfSatisfying(
                            Agent.Failed.class,
                            failed -> assertThat(failed.record()).isNotNull());
        }
    }

    @Test
    void cancelledFuture_reachesTheModel_andTheNextQuestionIsAnswered() throws Exception {
        OwnModel model = new OwnModel(request ->
                request.messages().toString().contains("xyzzy") ? "" : OwnModel.program("print('ANSWER:', 20 + 30)"));
        try (Team team = adder(model).open(options())) {
            TeamTask task = team.ask("Say xyzzy");
            assertThat(model.asked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(task.answer().cancel(true)).isTrue();
            assertThat(model.cancelled.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(task.outcome().get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Agent.Cancelled.class,
                            cancelled -> assertThat(cancelled.record()).isNotNull());
            assertThatThrownBy(() -> task.answer().join()).isInstanceOf(CancellationException.class);
            assertThatThrownBy(task::join)
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            assertThat(team.ask("What is 20 plus 30?").join().text()).isEqualTo("50");
        }
    }

    @Test
    void cancelledFuture_reachesTheProgram() throws Exception {
        OwnModel model = OwnModel.saying(OwnModel.program("import time\nprint(1, flush=True)\ntime.sleep(50)"));
        try (Team team = adder(model).open(options())) {
            var printed = new java.util.concurrent.CountDownLatch(1);
            TeamTask task = team.ask(Question.of("Sleep 50"), event -> {
                if (event.what() instanceof TaskEvent.OutputChunk) {
                    printed.countDown();
                }
            });
            assertThat(printed.await(30, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            task.answer().cancel(true);
            assertThat(task.outcome().get(20, TimeUnit.SECONDS)).isInstanceOf(Agent.Cancelled.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void close_whileATaskRuns_cancelsIt_andASecondTeamHasTheFolder() throws Exception {
        OwnModel model = OwnModel.hanging();
        Team team = adder(model).open(options());
        TeamTask task = team.ask("Hang");
        assertThat(model.asked.await(20, TimeUnit.SECONDS)).isTrue();
        team.close();
        assertThat(task.outcome().get(20, TimeUnit.SECONDS)).isNotInstanceOf(Agent.Answered.class);
        try (Team second = adder(OwnModel.saying(OwnModel.program("print('ANSWER:', 20 + 30)")))
                .open(options())) {
            assertThat(second.ask("What is 20 plus 30?").join().text()).isEqualTo("50");
        }
    }
}
