package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.local.WarmModels.Warm;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest model in a process that outlives those who use it, in a cache folder of the test's own. */
class WarmModelTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String LONG = "You are told a long thing: " + "one two three four five six. ".repeat(20);

    @TempDir
    private Path cache;

    @AfterEach
    void stop() {
        new WarmModels(cache).stop(SmallModel.NAME);
    }

    @Test
    void secondUser_findsTheProcess_withItsPromptCache() {
        long pid;
        try (LocalChatModel first = open(MINUTE)) {
            assertThat(ask(first, "Say hello.").usage().cachedTokens()).isZero();
            pid = pid(first);
        }
        try (LocalChatModel second = open(MINUTE)) {
            ChatResponse answer = ask(second, "Say goodbye.");
            assertThat(pid(second)).isEqualTo(pid);
            assertThat(answer.usage().cachedTokens()).isGreaterThan(100);
            assertThat(second.countTokens(request("Say goodbye.", 2)))
                    .isEqualTo(answer.usage().inputTokens());
        }
    }

    @Test
    void listAndStop_tellOfTheProcess_andEndIt() throws Exception {
        WarmModels warm = new WarmModels(cache);
        assertThat(warm.list()).isEmpty();
        ProcessHandle process;
        try (LocalChatModel model = open(MINUTE)) {
            ask(model, "Say hello.");
            process = model.process();
            assertThat(warm.list()).singleElement().satisfies(one -> {
                assertThat(one.model()).isEqualTo(SmallModel.NAME);
                assertThat(one.pid()).isEqualTo(pid(model));
                assertThat(one.clients()).isEqualTo(1);
                assertThat(one.keepAlive()).isEqualTo(MINUTE);
                assertThat(one.memoryBytes()).isGreaterThan(10_000_000);
            });
            assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid))
                    .doesNotContain(pid(model));
        }
        assertThat(warm.stop(SmallModel.NAME)).isTrue();
        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(warm.stop(SmallModel.NAME)).isFalse();
        assertThat(warm.list()).isEmpty();
    }

    @Test
    void processThatNobodyUses_endsByItself_afterItsTime() throws Exception {
        ProcessHandle process;
        try (LocalChatModel model = open(Duration.ofMillis(300))) {
            ask(model, "Say hello.");
            process = model.process();
        }
        process.onExit().get(20, TimeUnit.SECONDS);
        try (LocalChatModel model = open(MINUTE)) {
            assertThat(ask(model, "Say hello.").usage().outputTokens()).isEqualTo(2);
        }
    }

    @Test
    void processOfOtherOptions_isReplaced() throws Exception {
        ProcessHandle before;
        try (LocalChatModel model = open(MINUTE)) {
            ask(model, "Say hello.");
            before = model.process();
        }
        try (LocalChatModel other = LocalChatModel.open(options(MINUTE).withContextTokens(1024))) {
            ask(other, "Say hello.");
            assertThat(pid(other)).isNotEqualTo(before.pid());
            before.onExit().get(10, TimeUnit.SECONDS);
            assertThat(new WarmModels(cache).list()).extracting(Warm::pid).containsExactly(pid(other));
        }
    }

    @Test
    void twoUsersAtOnce_writeOneAfterTheOther_andOnesEndLeavesTheOther() throws Exception {
        try (LocalChatModel one = open(MINUTE);
                LocalChatModel other = open(MINUTE)) {
            CompletableFuture<ChatResponse> second = new CompletableFuture<>();
            AtomicInteger pieces = new AtomicInteger();
            ChatResponse first = one.chat(
                    request("Tell me a story.", 30),
                    piece -> {
                        if (pieces.incrementAndGet() == 2) {
                            Thread.ofVirtual().start(() -> second.complete(ask(other, "Say hello.")));
                        }
                    },
                    context());
            assertThat(first.usage().outputTokens()).isGreaterThan(5);
            assertThat(second.get(60, TimeUnit.SECONDS).usage().outputTokens()).isEqualTo(2);
            assertThat(pid(one)).isEqualTo(pid(other));
            one.close();
            assertThat(ask(other, "Say hello again.").usage().outputTokens()).isEqualTo(2);
        }
    }

    @Test
    void userThatGoesInTheMiddle_freesTheModelForTheNext() {
        LocalChatModel leaving = open(MINUTE);
        AtomicInteger pieces = new AtomicInteger();
        assertThatThrownBy(() -> leaving.chat(
                        request("Tell me a very long story.", 1_500),
                        piece -> {
                            if (pieces.incrementAndGet() == 3) {
                                leaving.close();
                            }
                        },
                        context()))
                .isInstanceOf(TroupeException.class);
        try (LocalChatModel next = open(MINUTE)) {
            assertThat(ask(next, "Say hello.").usage().outputTokens()).isEqualTo(2);
        }
    }

    @Test
    void staleSocket_isReplaced_andSoIsAKilledProcess() throws Exception {
        Path socket = WarmFolder.open(WarmFolder.under(cache)).socket(SmallModel.NAME);
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (LocalChatModel model = open(MINUTE)) {
            ask(model, "Say hello.");
            ProcessHandle killed = model.process();
            killed.destroyForcibly();
            killed.onExit().get(10, TimeUnit.SECONDS);
            assertThat(ask(model, "Say hello.").usage().outputTokens()).isEqualTo(2);
            assertThat(pid(model)).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void folderThatOthersMayWrite_isRefused() throws IOException {
        Path folder = Files.createDirectory(cache.resolve("warm"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (LocalChatModel model = open(MINUTE)) {
            assertThatThrownBy(() -> ask(model, "Say hello.")).isInstanceOfSatisfying(TroupeException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                assertThat(e).hasMessageStartingWith("folder of warm models " + folder + ": owner ");
                assertThat(e).hasMessageContaining("rwxrwxrwx (expected: owner ");
            });
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Only root can make a process of another user here. */
    @Test
    void processOfAnotherUserAtTheSocket_isToldNothing() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root");
        Path socket = WarmFolder.open(WarmFolder.under(cache)).socket(SmallModel.NAME);
        // Who listens is who the process was when it began to.
        Process stranger = new ProcessBuilder("python3", "-c", """
                        import os, socket, sys
                        s = socket.socket(socket.AF_UNIX)
                        s.bind(sys.argv[1])
                        os.setuid(65534)
                        s.listen()
                        print("listening", flush=True)
                        c, _ = s.accept()
                        print("got", len(c.recv(1)), flush=True)
                        """, socket.toString()).start();
        try (LocalChatModel model = open(MINUTE);
                var said = stranger.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("listening");
            assertThatThrownBy(() -> ask(model, "Say hello.")).isInstanceOfSatisfying(TroupeException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                assertThat(e)
                        .hasMessageStartingWith("socket " + socket + ": a process of user ")
                        .hasMessageEndingWith(" listens (expected: one of this user)");
            });
            assertThat(said.readLine()).isEqualTo("got 0");
        } finally {
            stranger.destroyForcibly().waitFor();
            Files.deleteIfExists(socket);
        }
    }

    private LocalChatModel open(Duration keepAlive) {
        return LocalChatModel.open(options(keepAlive));
    }

    private LocalModelOptions options(Duration keepAlive) {
        LocalModelOptions usual = SmallModel.options(cache.resolve("log"));
        return new LocalModelOptions(
                usual.name(),
                usual.file(),
                usual.contextTokens(),
                usual.threads(),
                usual.batchTokens(),
                usual.queue(),
                usual.loadTime(),
                cache.resolve("native"),
                usual.logFolder(),
                keepAlive);
    }

    private static long pid(LocalChatModel model) {
        ProcessHandle process = model.process();
        return process == null ? 0 : process.pid();
    }

    private static ChatResponse ask(LocalChatModel model, String text) {
        return model.chat(request(text, 2), piece -> {}, context());
    }

    private static ChatRequest request(String text, int maxTokens) {
        return ChatRequest.of(
                new Sampling(0.0, null, 1, maxTokens, List.of()), Message.system(LONG), Message.user(text));
    }

    private static CallContext context() {
        return CallContext.standalone(MINUTE);
    }
}
