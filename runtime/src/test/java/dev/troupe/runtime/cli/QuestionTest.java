package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class QuestionTest {
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xc3, (byte) 0x28};

    @TempDir
    Path folder;

    @Test
    void argument_isTakenWithoutSurroundingSpace() {
        assertThat(Question.read(CommandLineRun.in(folder).invocation(), " Wie viele Läden? \n", null))
                .isEqualTo("Wie viele Läden?");
    }

    @Test
    void dash_readsStandardInput() {
        byte[] input = "Zürich?\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Question.read(CommandLineRun.in(folder).input(input).invocation(), "-", null))
                .isEqualTo("Zürich?");
    }

    @Test
    void file_isRead() throws Exception {
        Path file = Files.writeString(folder.resolve("question.txt"), "What?\n");
        assertThat(Question.read(CommandLineRun.in(folder).invocation(), null, file))
                .isEqualTo("What?");
    }

    @Test
    void invalidUtf8_isRefused_whereverItComesFrom() throws Exception {
        Path file = Files.write(folder.resolve("question.txt"), NOT_UTF8);
        Invocation invocation = CommandLineRun.in(folder).input(NOT_UTF8).invocation();
        String message = "question: not valid UTF-8 (expected: text in UTF-8)";
        refused(() -> Question.read(invocation, "-", null), ErrorCode.INPUT_INVALID, message);
        refused(() -> Question.read(invocation, null, file), ErrorCode.INPUT_INVALID, message);
        // Java turns such bytes of an argument into U+FFFD.
        refused(() -> Question.read(invocation, "a\ufffd(", null), ErrorCode.INPUT_INVALID, message);
    }

    @Test
    void tenMegabytes_areRefused_withoutReadingThemAll() throws Exception {
        byte[] large = new byte[10_000_000];
        Arrays.fill(large, (byte) 'x');
        Path file = Files.write(folder.resolve("question.txt"), large);
        Invocation invocation = CommandLineRun.in(folder).input(large).invocation();
        String message = "question: more than 1048576 bytes (expected: at most 1048576)";
        refused(() -> Question.read(invocation, "-", null), ErrorCode.INPUT_INVALID, message);
        refused(() -> Question.read(invocation, null, file), ErrorCode.INPUT_INVALID, message);
        // 10,000,000 bytes less the 1,048,577 that were read.
        assertThat(invocation.terminal().in().available()).isEqualTo(8_951_423);
    }

    @Test
    void atTheLimit_isTaken_oneMoreIsNot() {
        Invocation invocation = CommandLineRun.in(folder).invocation();
        assertThat(Question.read(invocation, "x".repeat(Question.MAX_BYTES), null))
                .hasSize(Question.MAX_BYTES);
        refused(
                () -> Question.read(invocation, "x".repeat(Question.MAX_BYTES + 1), null),
                ErrorCode.INPUT_INVALID,
                "question: 1048577 bytes (expected: at most 1048576)");
    }

    @Test
    void noneTwoOrBlank_areRefused() {
        Invocation invocation = CommandLineRun.in(folder).invocation();
        refused(() -> Question.read(invocation, null, null), ErrorCode.INPUT_INVALID, "question: none (expected: one)");
        refused(
                () -> Question.read(invocation, "What?", folder),
                ErrorCode.INPUT_INVALID,
                "question: two (expected: one)");
        refused(
                () -> Question.read(invocation, " \n", null),
                ErrorCode.INPUT_INVALID,
                "question: empty (expected: text)");
    }

    @Test
    void missingFile_isNotFound() {
        Path file = folder.resolve("none.txt");
        refused(
                () -> Question.read(CommandLineRun.in(folder).invocation(), null, file),
                ErrorCode.NOT_FOUND,
                "question file: " + file + " does not exist");
    }

    @Test
    @Timeout(10)
    void standardInputThatNeverEnds_isLeftWhenCancelled() throws Exception {
        CommandLineRun.Setting setting = CommandLineRun.in(folder);
        try (PipedOutputStream writer = new PipedOutputStream();
                InputStream silent = new PipedInputStream(writer)) {
            Invocation invocation = setting.invocation(silent);
            CompletableFuture<String> reading =
                    CompletableFuture.supplyAsync(() -> Question.read(invocation, "-", null));
            setting.cancellation().cancel("interrupted");
            assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
