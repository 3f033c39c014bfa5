package dev.troupe.models.openai;

import static dev.troupe.models.openai.MischievousServer.says;
import static dev.troupe.models.openai.MischievousServer.silence;
import static dev.troupe.models.openai.MischievousServer.stallAfter;
import static dev.troupe.models.openai.MischievousServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.openai.OpenAiSettings.Limits;
import dev.troupe.models.openai.OpenAiSettings.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time-outs, cancellation, queues and rates. */
@Timeout(30)
class OpenAiTimeTest extends OpenAiFixture {
    @Test
    void chat_neverAnswers_endsWithTheFirstTokenTimeOut() {
        server.then(silence());
        ChatModel model =
                model(LIMITS, new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(150), Duration.ofSeconds(20)));
        TroupeException failure = failure(model);
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure).hasMessage("openai/m: no token (expected: the first within 150 ms)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_onlyCommentsInTime_endsWithTheFirstTokenTimeOut() {
        server.then(stallAfter(": waiting\n\n"));
        ChatModel model =
                model(LIMITS, new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(150), Duration.ofSeconds(20)));
        assertThat(failure(model)).hasMessageContaining("no token");
    }

    @Test
    void chat_stallsAfterTheFirstToken_endsWithTheTotalTimeOut() {
        server.then(stallAfter(HELLO_DELTA));
        ChatModel model =
                model(LIMITS, new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(150), Duration.ofMillis(400)));
        TroupeException failure = failure(model);
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure).hasMessageContaining("time for the call is used up");
        assertThat(failure.spent().outputTokens()).isEqualTo(1);
        assertThat(passedOn).containsExactly("Hel");
    }

    @Test
    void chat_deadlineOfTheTask_endsIt() {
        server.then(stallAfter(HELLO_DELTA));
        CallContext soon = new CallContext("t", "local", Deadline.after(Duration.ofMillis(200)), new Cancellation());
        assertThatThrownBy(() -> model().chat(question(), passedOn::add, soon))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    @Test
    void chat_cancelled_closesTheConnectionAtOnce() throws Exception {
        server.then(stallAfter(HELLO_DELTA));
        CallContext context = CallContext.standalone(Duration.ofSeconds(20));
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatResponse> call =
                    threads.submit(() -> model().chat(question(), text -> begun.countDown(), context));
            assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            context.cancellation().cancel("Ctrl-C");
            assertThatThrownBy(call::get).rootCause().hasMessage("cancelled: Ctrl-C");
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));
            await(() -> serverSeesTheEnd(0));
        }
    }

    @Test
    void chat_interrupted_isCancelled() throws Exception {
        server.then(silence());
        CompletableFuture<Throwable> result = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                ask(model());
                result.complete(null);
            } catch (RuntimeException e) {
                result.complete(e);
            }
        });
        await(() -> !server.requests().isEmpty());
        caller.interrupt();
        assertThat(((TroupeException) result.get(5, TimeUnit.SECONDS)).code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void chat_cancelledWhileItWaitsToRetry_endsAtOnce() throws Exception {
        server.then(status(503, "", "Retry-After: 15"));
        CallContext context = CallContext.standalone(Duration.ofSeconds(25));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatResponse> call = threads.submit(() -> model().chat(question(), passedOn::add, context));
            await(() -> !server.requests().isEmpty());
            context.cancellation().cancel("enough");
            assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS)).hasRootCauseMessage("cancelled: enough");
        }
    }

    @Test
    void chat_queueFull_isOverloadedAndTheOthersGoOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.then(out -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            says("ok").play(out);
        });
        ChatModel model = model(new Limits(1, 0, 0, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatResponse> running = threads.submit(() -> model.chat(question(), text -> {}, context()));
            await(() -> server.requests().size() == 1);
            assertThat(failure(model))
                    .hasMessage("model openai/m: 0 calls waiting (expected: fewer)")
                    .extracting(TroupeException::code)
                    .isEqualTo(ErrorCode.OVERLOADED);
            release.countDown();
            assertThat(running.get().text()).isEqualTo("ok");
            assertThat(ask(model).text()).isEqualTo("ok");
        }
    }

    @Test
    void chat_rateLimit_spacesRequests() {
        server.then(says("ok"));
        // 300 a minute: one every 200 ms, so three take at least 200 and at most some more than 400 ms.
        ChatModel model = model(new Limits(4, 4, 300, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        for (int i = 0; i < 3; i++) {
            ask(model);
        }
        long spread =
                server.requests().get(2).nanoTime() - server.requests().get(0).nanoTime();
        assertThat(Duration.ofNanos(spread)).isGreaterThan(Duration.ofMillis(200));
    }
}
