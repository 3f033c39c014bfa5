package dev.troupe.knowledge.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemonstrationFileTest {
    private static final Demonstration GOOD = demonstration("d-7", "print('ANSWER: North')", Judge.PERSON);

    @Test
    void written_isReadBackAsItWas() throws IOException {
        Demonstration contradicted = new Demonstration(
                "d-9",
                "local",
                "analyst",
                "t-9",
                "Why?",
                "sh",
                "echo no",
                List.of(),
                "no",
                "quick",
                "local/small",
                5,
                6,
                Judge.NONE,
                0,
                2,
                "d-7",
                Judge.PERSON,
                true);
        StringWriter out = new StringWriter();
        assertThat(DemonstrationFile.write(List.of(GOOD, contradicted), new Scrubber(Map.of()), out))
                .isZero();
        assertThat(out.toString()).startsWith("{\"troupe_demonstrations\":2}\n{\"id\":\"d-7\",\"team\":\"analyst\",");
        assertThat(read(out.toString())).containsExactly(GOOD, contradicted);
    }

    @Test
    void scrubbed_isSaid_andNobodyVouchesForItAnyMore() throws IOException {
        StringWriter out = new StringWriter();
        Demonstration personal = demonstration("d-7", "open('/home/ada/a.csv')", Judge.PERSON);
        assertThat(DemonstrationFile.write(List.of(personal, GOOD), new Scrubber(Map.of()), out))
                .isEqualTo(1);
        assertThat(out.toString()).doesNotContain("ada").contains("\"scrubbed\":true");
        assertThat(read(out.toString()))
                .extracting(Demonstration::code, Demonstration::verified)
                .containsExactly(tuple("open('/home/user/a.csv')", Judge.NONE), tuple(GOOD.code(), Judge.PERSON));
    }

    /** As {@code demos list --json} prints each. */
    @Test
    void version1_isMigrated() throws IOException {
        String line = "{\"id\":\"d-7\",\"team\":\"analyst\",\"task\":\"t-1\",\"question\":\"Who leads?\",\"language\":"
                + "\"python\",\"code\":\"print('ANSWER: North')\",\"answer\":\"North\",\"rung\":\"quick\",\"model\":"
                + "\"local/small\",\"verified\":\"person\",\"helped\":3,\"misled\":1,\"retired\":false}";
        Demonstration expected = new Demonstration(
                "d-7",
                "local",
                "analyst",
                "t-1",
                "Who leads?",
                "python",
                "print('ANSWER: North')",
                List.of(),
                "North",
                "quick",
                "local/small",
                0,
                0,
                Judge.PERSON,
                3,
                1,
                null,
                null,
                false);
        assertThat(read(line + "\n\n")).containsExactly(expected);
        assertThat(read("{\"troupe_demonstrations\":1}\n" + line)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''|f: no line (expected: a file that `demos export` has written)",
                "[]|f:1: no JSON object (expected: one object a line)",
                "{\"id\":|f:1: no JSON object (expected: one object a line)",
                "{\"troupe_demonstrations\":3}|f: version 3 (expected: 1 to 2)",
                "{\"troupe_demonstrations\":\"x\"}|f: version \"x\" (expected: 1 to 2)",
                "{\"id\":\"d-1\",\"team\":\"t\",\"question\":\"q\",\"language\":\"sh\",\"answer\":\"a\"}|f:1: code: missing"
                        + " (expected: a text)",
                "{\"id\":\"d-1\",\"team\":\"t\",\"question\":5}|f:1: question: not a text (expected: a text)",
                "{\"id\":\"d-1\",\"verified\":\"god\"}|f:1: verified: unknown (expected: none, judge, rule or person)",
            })
    void badFiles_areRefusedWhole_withTheLine(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
            assertThat(e).hasMessage(message);
        });
    }

    private static List<Demonstration> read(String text) throws IOException {
        return DemonstrationFile.read("f", new StringReader(text), "local");
    }

    private static Demonstration demonstration(String id, String code, Judge verified) {
        return new Demonstration(
                id,
                "local",
                "analyst",
                "t-1",
                "Who leads?",
                "python",
                code,
                List.of(),
                "North",
                "quick",
                "local/small",
                10,
                20,
                verified,
                3,
                1,
                null,
                null,
                false);
    }
}
