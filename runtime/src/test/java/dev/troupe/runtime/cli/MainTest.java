package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path folder;

    @Test
    void help_everyCommand_hasDescriptionExamplesAndExitCodes() {
        List<String> names = new ArrayList<>();
        for (CommandLine command :
                commands(new CommandTree(CommandLineRun.in(folder).invocation()).build())) {
            String name = command.getCommandSpec().qualifiedName();
            names.add(name);
            String[] arguments =
                    (name + " --help").substring("troupe ".length()).split(" ", -1);
            CommandLineRun run = CommandLineRun.in(folder).run(arguments);
            assertThat(run.exitCode()).as(name).isZero();
            assertThat(run.err()).as(name).isEmpty();
            assertThat(run.out())
                    .as(name)
                    .contains(
                            "Usage: " + name, "Examples:\n  troupe ", "Exit codes:\n  0", "130   cancelled", "--json");
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
        }
        assertThat(names).contains("troupe", "troupe version", "troupe models pull");
    }

    private static List<CommandLine> commands(CommandLine root) {
        List<CommandLine> all = new ArrayList<>(List.of(root));
        root.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }

    @Test
    void json_failureOfATaskThatEnded_hasItsReceiptToo() {
        CommandLineRun run = CommandLineRun.in(folder)
                .failing(
                        SampleTasks.solved(Judge.NONE, Money.ZERO, null),
                        new TroupeException(ErrorCode.UNSOLVED, "quick gave up", "a hint"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().at("/task").asText()).isEqualTo(SampleTasks.ID);
        assertThat(run.json().at("/receipt/model_calls").asInt()).isPositive();
        assertThat(run.json().at("/error/code").asText()).isEqualTo("UNSOLVED");
    }

    @Test
    void help_exitCodes_nameEveryErrorCode() {
        String help = CommandLineRun.in(folder).run("--help").out();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(help).containsPattern("\n  " + code.exitCode() + " +[a-z]");
        }
    }

    @Test
    void unknownCommand_forPerson_saysWhatWasMeant() {
        CommandLineRun run = CommandLineRun.in(folder).run("modles");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: command: modles (expected: one of ")
                .contains("hint: did you mean models?");
    }

    @Test
    void unknownOption_withJson_isOneObjectOnStandardOutput() {
        CommandLineRun run = CommandLineRun.in(folder).run("version", "--jsno", "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
        JsonNode error = run.json().get("error");
        assertThat(run.json().get("task").isNull()).isTrue();
        assertThat(error.get("code").asText()).isEqualTo("USAGE");
        assertThat(error.get("message").asText()).contains("--jsno");
        assertThat(error.get("hint").asText()).contains("--help");
    }

    @Test
    void noCommand_isWrongUsage() {
        assertThat(CommandLineRun.in(folder).run().exitCode()).isEqualTo(2);
        assertThat(CommandLineRun.in(folder).run("models").err()).contains("expected: one of list, pull, rm, verify");
    }

    @Test
    void version_withJson_isAnObject() {
        CommandLineRun run = CommandLineRun.in(folder).run("version", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("troupe").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void unknownModel_isNotFound() {
        CommandLineRun run = CommandLineRun.in(folder).run("models", "verify", "no-such-model");
        assertThat(run.exitCode()).isEqualTo(ErrorCode.NOT_FOUND.exitCode());
        assertThat(run.err())
                .startsWith("error: model: no-such-model (expected: ")
                .contains("\nhint: ");
    }

    @Test
    void cancelledPull_endsWith130() {
        CommandLineRun.Setting setting = CommandLineRun.in(folder);
        setting.cancellation().cancel("interrupted");
        CommandLineRun run = setting.run("models", "pull", "smollm2-135m", "--json");
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void colours_onScreen_areSwitchedOffByEveryKnownWay() {
        assertThat(CommandLineRun.in(folder).onScreen().run("models", "list").out())
                .contains("\u001b[");
        assertThat(CommandLineRun.in(folder).run("models", "list").out()).doesNotContain("\u001b[");
        assertThat(CommandLineRun.in(folder)
                        .onScreen()
                        .run("models", "list", "--no-color")
                        .out())
                .doesNotContain("\u001b[");
        assertThat(CommandLineRun.in(folder)
                        .onScreen()
                        .with("NO_COLOR", "1")
                        .run("nothing")
                        .err())
                .doesNotContain("\u001b[");
        assertThat(CommandLineRun.in(folder)
                        .onScreen()
                        .with("TERM", "dumb")
                        .run("nothing")
                        .err())
                .doesNotContain("\u001b[");
        // The specification: an empty NO_COLOR is as none.
        assertThat(CommandLineRun.in(folder)
                        .onScreen()
                        .with("NO_COLOR", "")
                        .run("nothing")
                        .err())
                .contains("\u001b[");
    }

    @Test
    void cacheFolder_thatIsAFile_isAStorageError() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        CommandLineRun run =
                CommandLineRun.in(folder).with("TROUPE_CACHE", file.toString()).run("models", "rm", "smollm2-135m");
        assertThat(run.exitCode()).isEqualTo(ErrorCode.STORAGE.exitCode());
        assertThat(run.err().toLowerCase(Locale.ROOT)).contains("error: ", "hint: ");
    }

    @Test
    void unexpectedFault_showsWhereTheLogIs_andNotItsMessage() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                stream, stream, InputStream.nullInputStream(), Map.of("HOME", folder.toString()), false, false, 80);
        int exitCode = new Failures(new Invocation(terminal, new Cancellation()))
                .report(new CompletionException(new IllegalStateException("holds a prompt")));
        assertThat(exitCode).isEqualTo(70);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("error: a fault of Troupe's own (IllegalStateException)\nhint: the stack trace is in "
                        + folder + "/.local/state/troupe/log/troupe-")
                .doesNotContain("holds a prompt");
    }
}
