package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the command line through the real sandbox, with a model that must not be asked. */
@Timeout(120)
class ReplayRunTest {
    private static final String PROGRAM = """
            shops = {"Oslo": 7, "Rome": 12}
            city = "Oslo"
            print("ANSWER:", shops[city])
            """;

    /** Without the table: a program whose values stand in two roles is not replayed. */
    private static final String PLAIN = """
            def letters(name):
                return len(name)
            print("ANSWER:", letters(name="Oslo"))
            """;

    @TempDir
    Path folder;

    @Test
    void replay_runsTheProgramInTheSandbox_andAsksNobody() throws IOException {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            String team = team(endpoint);
            add(PLAIN, "How many letters does the name Oslo have?", "4");

            CommandLineRun run =
                    CommandLineRun.in(folder).run("run", team, "How many letters does the name Lisbon have?", "--json");

            assertThat(run.exitCode()).as(run.err()).isZero();
            JsonNode task = run.json();
            assertThat(task.get("answer").asText()).isEqualTo("6");
            assertThat(task.get("rung").asText()).isEqualTo("replay");
            assertThat(task.get("verified").asText()).isEqualTo("person");
            assertThat(task.get("demonstration").asText()).isEqualTo("d-1");
            assertThat(task.get("replayed").asText()).isEqualTo("d-1");
            assertThat(task.get("learned").isNull()).isTrue();
            assertThat(task.get("receipt").get("model_calls").asInt()).isZero();
            assertThat(endpoint.wasAsked()).isFalse();

            CommandLineRun shown =
                    CommandLineRun.in(folder).run("run", team, "How many letters does the name Bergen have?");
            assertThat(shown.err())
                    .contains("▸ replay: d-1 with name Bergen for Oslo")
                    .contains("solved it: d-1 with name Bergen for Oslo");
        }
    }

    @Test
    void replay_ofAProgramWithTheNameInTwoRoles_isLeftToTheModel() throws IOException {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            String team = team(endpoint);
            add(PROGRAM, "How many shops are in Oslo?", "7");
            CommandLineRun run = CommandLineRun.in(folder).run("run", team, "How many shops are in Rome?", "--json");
            assertThat(run.json().get("rung").asText()).isEqualTo("quick");
            assertThat(endpoint.wasAsked()).isTrue();
        }
    }

    private String team(TinyEndpoint endpoint) throws IOException {
        String yaml = TinyEndpoint.TEAM.replace("URL", endpoint.url()).replace("ladder: [", "ladder: [replay, ");
        return Files.writeString(folder.resolve("team.yaml"), yaml).toString();
    }

    private void add(String program, String question, String answer) throws IOException {
        Path file = Files.writeString(folder.resolve("program.py"), program);
        CommandLineRun added = CommandLineRun.in(folder)
                .run(
                        "demos",
                        "add",
                        "--team",
                        "t",
                        "--question",
                        question,
                        "--code",
                        file.toString(),
                        "--answer",
                        answer);
        assertThat(added.exitCode()).as(added.err()).isZero();
    }
}
