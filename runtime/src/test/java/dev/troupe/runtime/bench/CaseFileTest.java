package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.BenchCase.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFileTest {
    private static final String GOOD = "{\"id\":\"a-1\",\"template\":\"a\",\"skill\":\"sums\",\"split\":\"learn\","
            + "\"question\":\"1 + 1?\",\"check\":{\"number\":2,\"tolerance\":0}}";

    @TempDir
    private Path folder;

    @Test
    void file_goodLines_read() throws IOException {
        assertThat(CaseFile.read(file(GOOD + "\n\n" + GOOD.replace("a-1", "a-2") + "\n")))
                .hasSize(2)
                .first()
                .isEqualTo(new BenchCase("a-1", "a", "sums", Split.LEARN, "1 + 1?", new Check.Numeric(2, 0)));
    }

    @Test
    void file_withASlice_tellsIt() throws IOException {
        String sliced = GOOD.replace("{\"id\"", "{\"slice\": \"tune\", \"id\"");
        assertThat(CaseFile.read(file(sliced)))
                .singleElement()
                .satisfies(one -> assertThat(one.slice()).isEqualTo("tune"));
    }

    @Test
    void file_sameIdTwice_refusedWithItsLine() throws IOException {
        refused(GOOD + "\n" + GOOD, ":2: id: a-1 (expected: once)");
    }

    @Test
    void file_templateInBothHalves_refused() throws IOException {
        refused(
                GOOD + "\n" + GOOD.replace("a-1", "a-2").replace("learn", "test"),
                ":2: template: a (expected: in one half only)");
    }

    @Test
    void file_unknownSplit_refused() throws IOException {
        refused(GOOD.replace("learn", "train"), ":1: split: train (expected: learn or test)");
    }

    @Test
    void file_fieldMissing_refused() throws IOException {
        refused(GOOD.replace("\"question\"", "\"query\""), ":1: question: null (expected: a text)");
    }

    @Test
    void file_noJson_refused() throws IOException {
        refused(GOOD + "\n{\"id\":", ":2: ");
    }

    @Test
    void file_empty_refused() throws IOException {
        refused("", "no cases (expected: one a line)");
    }

    @Test
    void file_missing_notFound() {
        assertThatThrownBy(() -> CaseFile.read(folder.resolve("none.jsonl")))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private void refused(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> CaseFile.read(file))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessageContaining(message);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cases.jsonl"), text);
    }
}
