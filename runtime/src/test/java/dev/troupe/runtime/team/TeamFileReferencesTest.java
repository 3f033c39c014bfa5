package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a team file refers to: files, documents, preludes, keys and other variables. */
class TeamFileReferencesTest extends TeamFileFixture {
    @Test
    void fileGrants_outsideOrMissing_areRefused() throws IOException {
        Files.writeString(temporary.resolve("secret.txt"), "x");
        Files.createSymbolicLink(team.folder().resolve("out"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(team.folder().resolve("round"), team.folder().resolve("round"));
        String expected = " (expected: a path inside the team's folder, relative to it)";

        assertThat(
                        team.problems(
                                TeamFolderFixture.SMALLEST
                                        + "tools: { python: { files: [../secret.txt, /etc/passwd, out, dat, round, ., data/../..] } }\n"))
                .containsExactly(
                        "10:28  tools.python.files[0]: \"../secret.txt\"" + expected,
                        "10:43  tools.python.files[1]: \"/etc/passwd\"" + expected,
                        "10:56  tools.python.files[2]: \"out\" leads out of the team's folder by a link" + expected,
                        "10:61  tools.python.files[3]: \"dat\": no such file (did you mean data? expected: a path inside"
                                + " the team's folder, relative to it)",
                        "10:66  tools.python.files[4]: \"round\" is a link that leads nowhere" + expected,
                        "10:73  tools.python.files[5]: \".\"" + expected,
                        "10:76  tools.python.files[6]: \"data/../..\"" + expected);
    }

    @Test
    void documents_missingOrNoText_areRefused() throws IOException {
        Files.write(team.folder().resolve("bad.md"), new byte[] {'a', '\n', (byte) 0xff});
        Files.writeString(team.folder().resolve("blank.md"), " \n");
        String rung = "- { name: quick, model: small";

        assertThat(team.problems(replaced(rung, rung + ", docs: bad.md")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"bad.md\": byte 0xff, which is no UTF-8 (line 2)"
                        + " (expected: a file in UTF-8)");
        assertThat(team.problems(replaced(rung, rung + ", docs: blank.md")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"blank.md\": empty (expected: a text file)");
        assertThat(team.problems(replaced(rung, rung + ", docs: data")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"data\": not a regular file (expected: a text file)");
    }

    @Test
    void preludes_missingOrNoText_areRefused() throws IOException {
        Files.write(team.folder().resolve("bad.py"), new byte[] {'a', '\n', (byte) 0xff});
        Files.writeString(team.folder().resolve("blank.py"), "\n");
        Files.writeString(team.folder().resolve("large.py"), "#".repeat((256 << 10) + 1));
        String inside = " (expected: a path inside the team's folder, relative to it)";

        assertThat(preludeProblem("bad.py"))
                .isEqualTo("\"bad.py\": byte 0xff, which is no UTF-8 (line 2) (expected: a file in UTF-8)");
        assertThat(preludeProblem("blank.py")).isEqualTo("\"blank.py\": empty (expected: a text file)");
        assertThat(preludeProblem("large.py")).isEqualTo("\"large.py\": larger than 256KiB (expected: at most 256KiB)");
        assertThat(preludeProblem("data")).isEqualTo("\"data\": not a regular file (expected: a text file)");
        assertThat(preludeProblem("../x.py")).isEqualTo("\"../x.py\"" + inside);
        assertThat(preludeProblem("table.py"))
                .isEqualTo("\"table.py\": no such file (did you mean tables.py? expected: a path inside the team's"
                        + " folder, relative to it)");
    }

    /** The one problem of a team with this prelude, without its place. */
    private String preludeProblem(String path) {
        String place = "10:29  tools.python.prelude: ";
        List<String> problems =
                team.problems(TeamFolderFixture.SMALLEST + "tools: { python: { prelude: " + path + " } }\n");
        assertThat(problems).hasSize(1).first().asString().startsWith(place);
        return problems.getFirst().substring(place.length());
    }

    @Test
    void key_unset_isNamed() {
        String yaml = openAi("key: \"${OPENAI_API_KEY}\"");

        assertThat(team.problems(yaml))
                .containsExactly(
                        "3:54  models.small.key: OPENAI_API_KEY is not set (expected: an environment variable with"
                                + " the secret)");
        assertThat(team.problems(team.read(yaml, Map.of("OPENAI_API_KEY", ""))))
                .containsExactly(
                        "3:54  models.small.key: OPENAI_API_KEY is empty (expected: an environment variable with the"
                                + " secret)");
        assertThat(team.problems(team.read(yaml, Map.of("OPENAI_API_KEY", "sk-1"))))
                .isEmpty();
    }

    @Test
    void key_leftOutForAllRungs_leavesNothingToTry() {
        assertThat(team.problems(openAi("key: \"${OPENAI_API_KEY:-}\"")))
                .containsExactly(
                        "9:7  agents.a.ladder: no rung is left: OPENAI_API_KEY is not set (expected: a model that"
                                + " can be asked)");
    }

    @Test
    void key_missingOrWrittenOut_isRefusedAndNotShown() {
        assertThat(team.problems(openAi("temperature: 1")))
                .containsExactly(
                        "3:3  models.small.key: missing (expected: \"${OPENAI_API_KEY}\", or a url of an endpoint that"
                                + " needs no key)");
        String written = openAi("key: sk-abcdef123456, modle: x");
        TeamReading.Invalid invalid = (TeamReading.Invalid) team.read(written, Map.of());
        assertThat(invalid.report().text(false))
                .contains("models.small.key: a secret that is written in the file")
                .contains("key: ***************, modle")
                .doesNotContain("abcdef");
    }

    @Test
    void judge_leftOut_isAProblem() {
        String yaml = TeamFolderFixture.SMALLEST.replace(
                        "agents:", "  large: { provider: openai, model: m, key: \"${K:-}\" }\nagents:")
                + "    verify: { judge: large }\n";

        assertThat(team.problems(yaml))
                .containsExactly(
                        "11:22  agents.a.verify.judge: large is left out: K is not set (expected: a model that can be"
                                + " asked)");
    }

    @Test
    void environment_problems_quoteTheFileAndNeverTheValue() {
        String yaml = TeamFolderFixture.SMALLEST.replace("smollm2-135m }", "smollm2, temperature: \"${T}\" }");

        assertThat(team.problems(team.read(yaml, Map.of("T", "hidden-value"))))
                .containsExactly("3:58  models.small.temperature: \"${T}\" (expected: a number, 0 to 2)");
        assertThat(team.problems(yaml))
                .containsExactly(
                        "3:58  models.small.temperature: T is not set (expected: an environment variable: ${NAME}, or"
                                + " ${NAME:-default}; $${ for a literal ${)");
        assertThat(team.problems(replaced("instructions: i", "instructions: 'a ${b c}'")))
                .containsExactly(
                        "7:19  agents.a.instructions: a reference that is not complete (expected: an environment"
                                + " variable: ${NAME}, or ${NAME:-default}; $${ for a literal ${)");
    }
}
