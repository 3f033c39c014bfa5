package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, each time followed by a request that works. */
class LocalChatModelFaultTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    // The common pool has one thread on a machine with two cores.
    private static final Executor VIRTUAL = Thread::startVirtualThread;
    private static final ChatRequest STORY = request(1000, "Tell me a very long story.");

    @TempDir
    static Path folder;

    private static LocalChatModel model;

    @BeforeAll
    static void open() {
        model = LocalChatModel.open(SmallModel.options(folder).withQueue(1));
        model.warmUp(context());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @AfterEach
    void theNextRequestWorks() {
        ChatResponse response = model.chat(request(2, "Say hello."), piece -> {}, context());

        assertThat(response.usage().outputTokens()).isEqualTo(2);
    }

    @Test
    void chat_processKilledBeforeTheFirstToken_isRetriedOnANewOne() throws Exception {
        ProcessHandle first = process();
        // A stopped process takes the request and cannot answer it.
        signal(first, "STOP");
        CompletableFuture<ChatResponse> response = CompletableFuture.supplyAsync(
                () -> model.chat(request(2, "Say hello."), piece -> {}, context()), VIRTUAL);
        // Sending to a stopped process does not block, so the request is out well before the kill.
        assertThatThrownBy(() -> response.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);

        signal(first, "KILL");

        assertThat(response.get(60, TimeUnit.SECONDS).usage().outputTokens()).isEqualTo(2);
        assertThat(process().pid()).isNotEqualTo(first.pid());
    }

    @Test
    void chat_processKilledMidAnswer_failsAndIsNotRepeated() {
        AtomicInteger pieces = new AtomicInteger();

        assertCode(
                ErrorCode.PROVIDER_FAILED,
                () -> model.chat(
                        STORY,
                        piece -> {
                            if (pieces.incrementAndGet() == 3) {
                                process().destroyForcibly();
                            }
                        },
                        context()));
    }

    @Test
    void chat_cancelledMidAnswer_endsAtOnceAndTheProcessLives() {
        ProcessHandle before = process();
        CallContext context = context();
        long[] cancelledAt = {0};

        assertCode(
                ErrorCode.CANCELLED,
                () -> model.chat(
                        STORY,
                        piece -> {
                            cancelledAt[0] = System.nanoTime();
                            context.cancellation().cancel("by the test");
                        },
                        context));

        assertThat(Duration.ofNanos(System.nanoTime() - cancelledAt[0])).isLessThan(Duration.ofMillis(1500));
        assertThat(process().pid()).isEqualTo(before.pid());
    }

    @Test
    void chat_deadlineDuringALongPrompt_endsInTimeAndTheProcessLives() {
        ProcessHandle before = process();
        // Nearly the whole context: longer to compute than the deadline allows.
        ChatRequest prompt = request(1, "word ".repeat(1900));
        long start = System.nanoTime();

        assertCode(ErrorCode.TIMEOUT, () -> model.chat(prompt, piece -> {}, context(Duration.ofMillis(150))));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1650));
        assertThat(process().pid()).isEqualTo(before.pid());
    }

    @Test
    void chat_listenerThrows_endsWithItsException() {
        IllegalStateException thrown = new IllegalStateException("the terminal has gone");

        assertThatThrownBy(() -> model.chat(
                        STORY,
                        piece -> {
                            throw thrown;
                        },
                        context()))
                .isSameAs(thrown);
    }

    @Test
    void chat_processDoesNotReactToCancellation_isKilled() throws Exception {
        ProcessHandle stuck = process();
        CallContext context = context();

        assertCode(
                ErrorCode.CANCELLED,
                () -> model.chat(
                        STORY,
                        piece -> {
                            signal(stuck, "STOP");
                            context.cancellation().cancel("by the test");
                        },
                        context));

        stuck.onExit().get(5, TimeUnit.SECONDS);
        assertThat(stuck.isAlive()).isFalse();
    }

    @Test
    void chat_queueFull_isOverloaded() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<ChatResponse> running = inBackground(piece -> {
            started.countDown();
            awaitLatch(goOn);
        });
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<ChatResponse> waiting = inBackground(piece -> {});
        Await.until("one waits", BOUND, () -> model.waiting() == 1);

        assertCode(ErrorCode.OVERLOADED, () -> model.chat(request(2, "Hello"), piece -> {}, context()));

        goOn.countDown();
        assertThat(running.get(60, TimeUnit.SECONDS).text()).isNotBlank();
        assertThat(waiting.get(60, TimeUnit.SECONDS).text()).isNotBlank();
    }

    @Test
    void signal_interruptFromTheTerminal_leavesTheProcessToItsParent() {
        ProcessHandle before = process();

        signal(before, "INT");
        model.chat(request(2, "Say hello."), piece -> {}, context());

        assertThat(process().pid()).isEqualTo(before.pid());
    }

    @Test
    void close_midAnswer_cancelsAndLeavesNoProcess() throws Exception {
        LocalChatModel other = LocalChatModel.open(SmallModel.options(folder));
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Void> call = CompletableFuture.runAsync(
                () -> assertCode(ErrorCode.CANCELLED, () -> other.chat(STORY, piece -> started.countDown(), context())),
                VIRTUAL);
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        ProcessHandle process = Objects.requireNonNull(other.process());
        long start = System.nanoTime();

        other.close();
        call.get(10, TimeUnit.SECONDS);
        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertCode(ErrorCode.CANCELLED, () -> other.chat(STORY, piece -> {}, context()));
    }

    @Test
    void warmUp_truncatedFile_isUnavailableWithTheMend() throws Exception {
        Path truncated = folder.resolve("truncated.gguf");
        Files.copy(SmallModel.file(), truncated, StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile file = new RandomAccessFile(truncated.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertUnavailable(truncated);
    }

    @Test
    void warmUp_otherFile_isUnavailableWithTheMend() throws Exception {
        assertUnavailable(Files.writeString(folder.resolve("other.gguf"), "this is no model"));
    }

    private static void assertUnavailable(Path file) {
        LocalModelOptions options = LocalModelOptions.of("broken", file, 512, SmallModel.cache(), System.getenv())
                .withLogFolder(folder);
        try (LocalChatModel broken = LocalChatModel.open(options)) {
            assertThatThrownBy(() -> broken.warmUp(context())).isInstanceOfSatisfying(TroupeException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                assertThat(e.hint()).contains("./troupe models pull broken");
            });
            assertThat(broken.process()).isNull();
        }
    }

    @Test
    void parent_killed_leavesNoChildAndItsOutputIsItsOwn() throws Exception {
        Path output = folder.resolve("parent.out");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledParent.class.getName(),
                        folder.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Await.until("the parent is ready", BOUND, () -> read(output).endsWith("\n"));
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(read(output).strip())).orElseThrow();

            parent.destroyForcibly();

            child.onExit().get(10, TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
            // One line: nothing of the library's went to standard output.
            assertThat(read(output).lines()).hasSize(1);
        } finally {
            parent.destroyForcibly();
        }
    }

    private static CompletableFuture<ChatResponse> inBackground(Consumer<String> onText) {
        return CompletableFuture.supplyAsync(() -> model.chat(request(3, "Say hello."), onText, context()), VIRTUAL);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static ProcessHandle process() {
        return Objects.requireNonNull(model.process());
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
            if (signal.equals("STOP")) {
                // On a busy machine its threads go on for a moment.
                Await.until("it has stopped", BOUND, () -> state(process).equals("T"));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String state(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // Behind the name, which is in parentheses.
            return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ChatRequest request(int maxTokens, String text) {
        return ChatRequest.of(new Sampling(0.0, null, 7, maxTokens, List.of()), Message.user(text));
    }

    private static CallContext context() {
        return context(BOUND);
    }

    private static CallContext context(Duration time) {
        return new CallContext("t", CallContext.LOCAL, Deadline.after(time), new Cancellation());
    }
}
