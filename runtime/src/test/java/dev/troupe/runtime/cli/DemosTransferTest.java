package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one data folder to another, as from machine to machine. */
class DemosTransferTest {
    private static final String KEY = "w3ather-k3y-1";

    @TempDir
    private Path folder;

    @BeforeEach
    void twoDemonstrations() throws IOException {
        add("Which region leads?", "print('ANSWER: North')");
        add("How warm is it?", "print('ANSWER:', get('https://w/?appid=" + KEY + "', '/home/ada/cache'))");
    }

    private void add(String question, String code) throws IOException {
        Path program = Files.writeString(folder.resolve("program.py"), code);
        CommandLineRun run = run(
                "here", "demos", "add", "--team", "t", "--question", question, "--code", "" + program, "--answer", "x");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private CommandLineRun run(String data, String... arguments) {
        return CommandLineRun.in(folder)
                .with("TROUPE_DATA", folder.resolve(data).toString())
                .with("WEATHER_KEY", KEY)
                .run(arguments);
    }

    @Test
    void exported_andImportedElsewhere_areCandidatesThere_orTrustedWhereTheUserSaysSo() throws IOException {
        Path file = folder.resolve("learned.jsonl");
        CommandLineRun exported = run("here", "demos", "export", file.toString());
        assertThat(exported.out())
                .isEqualTo("2 demonstrations written to " + file
                        + "; something was taken out of 1, which count as candidates now\n");
        assertThat(file).content().hasLineCount(3).doesNotContain(KEY).doesNotContain("ada");

        CommandLineRun imported = run("there", "demos", "import", file.toString());
        assertThat(imported.out()).as(imported.err()).isEqualTo("2 demonstrations read, 2 added\n");
        assertThat(run("there", "demos", "list").out()).contains("candidate").doesNotContain("by person");
        assertThat(run("there", "demos", "import", file.toString()).out())
                .isEqualTo("2 demonstrations read, 2 unchanged\n");

        JsonNode trusted = run("there", "demos", "import", file.toString(), "--trust", "--json")
                .json();
        assertThat(trusted.get("updated").asInt()).isEqualTo(1);
        assertThat(trusted.get("unchanged").asInt()).isEqualTo(1);
        assertThat(run("there", "demos", "show", "d-1").out()).contains("by person");
        assertThat(run("there", "demos", "show", "d-2").out())
                .contains("candidate", "appid=[secret]", "/home/user/cache");
    }

    @Test
    void standardOutput_isTheFileItself() throws IOException {
        CommandLineRun exported = run("here", "demos", "export", "-", "--team", "t");
        Path file = Files.writeString(folder.resolve("piped.jsonl"), exported.out());
        assertThat(run("there", "demos", "import", file.toString(), "--json")
                        .json()
                        .get("added")
                        .asInt())
                .isEqualTo(2);
        assertThat(run("here", "demos", "export", "-", "--team", "other").out())
                .isEqualTo("{\"troupe_demonstrations\":2}\n");
    }

    @Test
    void badFiles_areTold_andChangeNothing() throws IOException {
        Path newer = Files.writeString(folder.resolve("newer.jsonl"), "{\"troupe_demonstrations\":3}\n");
        CommandLineRun run = run("there", "demos", "import", newer.toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .isEqualTo("error: " + newer + ": version 3 (expected: 1 to 2)\n"
                        + "hint: a newer Troupe has written it; update Troupe\n");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, '\n'});
        assertThat(run("there", "demos", "import", binary.toString()).err()).contains("not valid UTF-8");
        assertThat(run("there", "demos", "import", folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(4);
        CommandLineRun exists = run("here", "demos", "export", newer.toString());
        assertThat(exists.exitCode()).isEqualTo(4);
        assertThat(exists.err()).contains("exists (expected: a new one)");
        assertThat(run("there", "demos", "list").out()).startsWith("none yet");
    }
}
