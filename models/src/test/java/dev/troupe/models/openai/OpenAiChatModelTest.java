package dev.troupe.models.openai;

import static dev.troupe.models.openai.MischievousServer.cutAfter;
import static dev.troupe.models.openai.MischievousServer.hangUp;
import static dev.troupe.models.openai.MischievousServer.raw;
import static dev.troupe.models.openai.MischievousServer.says;
import static dev.troupe.models.openai.MischievousServer.silence;
import static dev.troupe.models.openai.MischievousServer.stallAfter;
import static dev.troupe.models.openai.MischievousServer.status;
import static dev.troupe.models.openai.MischievousServer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.models.openai.OpenAiSettings.Limits;
import dev.troupe.models.openai.OpenAiSettings.Timeouts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OpenAiChatModelTest {
    private static final String KEY = "sk-very-secret-0123456789";
    private static final String HELLO_DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
    private static final Limits LIMITS = new Limits(4, 4, 0, 3, Duration.ofMillis(4));
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MischievousServer server = new MischievousServer();
    private final OpenAiProvider provider = new OpenAiProvider(Duration.ofMillis(300));
    private final List<String> passedOn = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        provider.close();
        server.close();
    }

    @Test
    void chat_goodStream_givesTextUsageAndModel() throws Exception {
        server.then(says("Hel", "lo"));
        ChatResponse response = ask(model());
        assertThat(response.text()).isEqualTo("Hello");
        assertThat(passedOn).containsExactly("Hel", "lo");
        assertThat(response.usage()).isEqualTo(new Usage(20, 12, 5));
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.model()).isEqualTo("m-1");
        MischievousServer.Request sent = server.requests().getFirst();
        assertThat(sent.head())
                .startsWith("POST /v1/chat/completions HTTP/1.1")
                .contains("Authorization: Bearer " + KEY);
        JsonNode body = MAPPER.readTree(sent.body());
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(body.at("/temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("What is the capital of Iceland?");
    }

    @Test
    void chat_twice_usesTheConnectionAgain() {
        server.then(says("a"));
        ChatModel model = model();
        ask(model);
        ask(model);
        assertThat(server.requests().get(1).connection())
                .isSameAs(server.requests().get(0).connection());
    }

    @Test
    void chat_oddButValidStream_isUnderstood() {
        // Comments, CRLF, no space after the colon, two data lines, no [DONE], no last empty line.
        server.then(raw(
                "text/event-stream",
                ": waiting\r\n\r\nevent: x\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\r\n\r\n"
                        + "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"ü\"}}]}\n\n"
                        + "data: {\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"length\"}]}\n"));
        ChatResponse response = ask(model());
        assertThat(response.text()).isEqualTo("Aü");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        // No usage was reported: 31 characters and its frame, and two written.
        assertThat(response.usage()).isEqualTo(new Usage(model().countTokens(question()), 0, 3));
    }

    @Test
    void chat_serverThatDoesNotStream_givesItsAnswer() {
        server.then(raw(
                "application/json",
                "{\"choices\":[{\"message\":{\"content\":\"Whole\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}"));
        ChatResponse response = ask(model());
        assertThat(response.text()).isEqualTo("Whole");
        assertThat(response.usage()).isEqualTo(new Usage(3, 0, 1));
    }

    @Test
    void chat_toolCallsInPieces_arePutTogether() throws Exception {
        server.then(stream(
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
                "[DONE]"));
        JsonNode schema = MAPPER.readTree("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},"
                + "\"required\":[\"a\"],\"additionalProperties\":false}");
        Message called =
                new Message(Message.Role.ASSISTANT, List.of(), List.of(new Message.ToolCall("c0", "now", "{}")), null);
        Message image = new Message(
                Message.Role.USER,
                List.of(new Message.Part.Text("this"), new Message.Part.Image("image/png", "AAAA")),
                List.of(),
                null);
        ChatRequest request = new ChatRequest(
                List.of(image, called, Message.tool("c0", "12:00")),
                List.of(new ToolSpec("add", "Adds.", schema)),
                new ResponseFormat("sum", schema),
                Sampling.DEFAULT);
        ChatResponse response = model().chat(request, passedOn::add, context());
        assertThat(response.toolCalls())
                .containsExactly(
                        new Message.ToolCall("c1", "add", "{\"a\":1}"), new Message.ToolCall("c2", "now", "{}"));
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(passedOn).isEmpty();
        JsonNode body = MAPPER.readTree(server.requests().getFirst().body());
        assertThat(body.at("/messages/0/content/1/image_url/url").asText()).isEqualTo("data:image/png;base64,AAAA");
        assertThat(body.at("/messages/1/tool_calls/0/function/name").asText()).isEqualTo("now");
        assertThat(body.at("/messages/2/tool_call_id").asText()).isEqualTo("c0");
        assertThat(body.at("/tools/0/function/parameters")).isEqualTo(schema);
        assertThat(body.at("/response_format/json_schema/strict").asBoolean()).isTrue();
        assertThat(body.has("temperature")).isFalse();
    }

    @Test
    void chat_serverThatDoesNotKnowStreamOptions_isAskedWithoutFromThenOn() {
        server.then(status(400, "{\"error\":{\"message\":\"Unknown field: stream_options\"}}"))
                .then(says("ok"));
        ChatModel model = model();
        assertThat(ask(model).text()).isEqualTo("ok");
        ask(model);
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(1).body()).doesNotContain("stream_options");
        assertThat(server.requests().get(2).body()).doesNotContain("stream_options");
    }

    @Test
    void chat_modelThatWantsOtherFields_getsThem() {
        server.then(status(
                        400,
                        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.\","
                                + "\"param\":\"max_tokens\"}}"))
                .then(status(400, "{\"error\":{\"message\":\"Unsupported value\",\"param\":\"temperature\"}}"))
                .then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        assertThat(server.requests().get(2).body())
                .contains("\"max_completion_tokens\":50")
                .doesNotContain("temperature")
                .contains("stream_options");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
    void chat_passingFailure_isRetried(int status) {
        server.then(status(status, "{}")).then(status(status, "<html>")).then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 418, 422})
    void chat_refusal_isNotRetried(int status) {
        server.then(status(status, "{\"error\":{\"message\":\"No such thing\"}}", "Location: http://127.0.0.1:1/"));
        assertThat(failure(model()))
                .hasMessage("openai/m: status " + status + ", No such thing")
                .extracting(TroupeException::code)
                .isEqualTo(ErrorCode.PROVIDER_REFUSED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_stormOf429_endsAsOverloadedAfterTheRetries() {
        server.then(status(429, "{\"error\":{\"message\":\"Slow down\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void chat_exhaustedAccount_isNotRetried() {
        server.then(status(429, "{\"error\":{\"message\":\"You exceeded\",\"code\":\"insufficient_quota\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_retryAfter_isWaitedFor() {
        server.then(status(503, "", "Retry-After: 1")).then(says("ok"));
        ask(model());
        assertThat(Duration.ofNanos(server.requests().get(1).nanoTime()
                        - server.requests().get(0).nanoTime()))
                .isBetween(Duration.ofMillis(1000), Duration.ofMillis(2500));
    }

    @Test
    void chat_retryAfterBeyondTheDeadline_failsAtOnce() {
        server.then(status(429, "", "retry-after: 3600"));
        long start = System.nanoTime();
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void retryAfter_secondsAndDates_areRead() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90).atOffset(ZoneOffset.UTC));
        assertThat(Refusal.wait("7", now)).contains(Duration.ofSeconds(7));
        assertThat(Refusal.wait(date, now)).contains(Duration.ofSeconds(90));
        assertThat(Refusal.wait("Sun, 06 Nov 1994 08:49:37 GMT", now)).contains(Duration.ZERO);
        assertThat(Refusal.wait("soon", now)).isEmpty();
        assertThat(Refusal.wait("99999999999999999999", now)).isEmpty();
        assertThat(Refusal.wait(null, now)).isEmpty();
    }

    @Test
    void chat_hangUpBeforeTheAnswer_isRetried() {
        server.then(hangUp()).then(cutAfter(": waiting\n\n")).then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void chat_cutAfterAToken_isNotRepeatedAndItsTokensAreTold() {
        server.then(cutAfter(HELLO_DELTA)).then(says("never"));
        TroupeException failure = failure(model());
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failure).hasMessageContaining("broke off its answer");
        assertThat(passedOn).containsExactly("Hel");
        assertThat(failure.spent()).isEqualTo(new Usage(model().countTokens(question()), 0, 1));
        assertThat(server.requests()).hasSize(1);
        assertThat(ask(model()).text()).isEqualTo("never");
    }

    @Test
    void chat_streamThatEndsWithoutFinish_isCutOff() {
        server.then(raw("text/event-stream", HELLO_DELTA));
        assertThat(failure(model())).hasMessageContaining("broke off its answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"cont\n\n",
                "data: [1,2]\n\n",
                "data: 12\n\n",
                "data: {\"hello\":\"world\"}\n\n"
            })
    void chat_malformedStream_failsWithoutQuotingIt(String body) {
        server.then(raw("text/event-stream", body));
        TroupeException failure = failure(model());
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failure).hasMessageContaining("(expected: a chat completion)");
        assertThat(everything(failure)).doesNotContain("world").doesNotContain("cont\n");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_wrongJson_fails() {
        server.then(raw("application/json", "{\"answer\":42}"));
        assertThat(failure(model())).hasMessageContaining("an object without choices");
        server.then(raw("application/json", "<html>"));
        assertThat(failure(model())).hasMessageContaining("broken JSON");
    }

    @Test
    void chat_errorInMidStream_isReadAsItsStatus() {
        server.then(stream("{\"error\":{\"code\":503,\"message\":\"upstream is gone\"}}"))
                .then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        server.then(stream("{\"error\":{\"code\":401,\"message\":\"upstream says no\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
    }

    @Test
    void chat_endlessLine_fails() {
        server.then(out -> {
            MischievousServer.write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ");
            byte[] much = "x".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                out.write(much);
            }
        });
        assertThat(failure(model())).hasMessageContaining("more than any model writes");
    }

    @Test
    void chat_hugeErrorBody_isNotReadToItsEnd() {
        server.then(out -> {
            MischievousServer.write(out, "HTTP/1.1 400 No\r\n\r\n");
            byte[] much = "x".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                out.write(much);
            }
        });
        assertThat(failure(model())).hasMessage("openai/m: status 400");
    }

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
    void chat_readerThatThrows_endsTheCallWithWhatItThrew() throws Exception {
        server.then(stallAfter(HELLO_DELTA)).then(says("ok"));
        assertThatThrownBy(() -> model().chat(
                                question(),
                                text -> {
                                    throw new IllegalStateException("reader is full");
                                },
                                context()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reader is full");
        await(() -> serverSeesTheEnd(0));
        assertThat(ask(model()).text()).isEqualTo("ok");
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

    @Test
    void chat_endpointThatKeepsFailing_isLeftAloneByAllItsModels() throws Exception {
        server.then(status(500, "{}"));
        ChatModel one = model(new Limits(4, 4, 0, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        ChatModel other = model(new Limits(4, 4, 0, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        for (int i = 0; i < 10; i++) {
            assertThat(failure(one)).hasMessageContaining("status 500");
        }
        assertThat(failure(other)).hasMessageContaining("is left alone for some seconds");
        assertThat(server.requests()).hasSize(10);
        server.then(says("ok"));
        await(() -> answers(other));
        assertThat(ask(one).text()).isEqualTo("ok");
    }

    @Test
    void chat_nobodyListens_failsAfterRetries() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }
        ChatModel model = provider.open(
                new OpenAiSettings("openai/m", nobody, "m", new Secret(KEY), 1000, Timeouts.USUAL, LIMITS));
        assertThat(failure(model))
                .hasMessage("openai/m: http://127.0.0.1:" + nobody.getPort() + " cannot be reached")
                .extracting(TroupeException::code)
                .isEqualTo(ErrorCode.PROVIDER_FAILED);
    }

    @Test
    void chat_keyOrQuestionEchoedInAnError_isNotRepeated() {
        server.then(status(401, "{\"error\":{\"message\":\"Incorrect key " + KEY + " given\"}}"));
        TroupeException failure = failure(model());
        assertThat(everything(failure)).doesNotContain(KEY);
        assertThat(failure).hasMessageContaining("Incorrect key *** given");
        server.then(status(
                400, "{\"error\":{\"message\":\"Bad prompt: What is the capital of Iceland?\",\"code\":\"bad\"}}"));
        assertThat(failure(model())).hasMessage("openai/m: status 400, bad");
    }

    @Test
    void settings_keyWithALineBreak_isRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> OpenAiSettings.of("openai/m", server.endpoint(), "m", new Secret(KEY + "\n"), 10))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(everything(e)).doesNotContain(KEY));
        assertThat(OpenAiSettings.of("openai/m", server.endpoint(), "m", new Secret(KEY), 10)
                        .toString())
                .doesNotContain(KEY);
    }

    @Test
    void chat_promptOfMegabytes_isNotSent() {
        ChatRequest huge = ChatRequest.of(Sampling.DEFAULT, Message.user("word ".repeat(2_000_000)));
        TroupeException failure =
                catchThrowableOfType(TroupeException.class, () -> model().chat(huge, passedOn::add, context()));
        assertThat(failure.code()).isEqualTo(ErrorCode.INPUT_INVALID);
        assertThat(failure).hasMessageContaining("tokens (expected: at most 8000 for openai/m)");
        assertThat(server.requests()).isEmpty();
    }

    private ChatModel model() {
        return model(LIMITS, Timeouts.USUAL);
    }

    private ChatModel model(Limits limits, Timeouts timeouts) {
        return provider.open(
                new OpenAiSettings("openai/m", server.endpoint(), "m", new Secret(KEY), 8000, timeouts, limits));
    }

    private static ChatRequest question() {
        return ChatRequest.of(
                new Sampling(0.5, null, 7, 50, List.of()), Message.user("What is the capital of Iceland?"));
    }

    private static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(20));
    }

    private ChatResponse ask(ChatModel model) {
        return model.chat(question(), passedOn::add, context());
    }

    private TroupeException failure(ChatModel model) {
        return catchThrowableOfType(TroupeException.class, () -> ask(model));
    }

    private boolean answers(ChatModel model) {
        try {
            return ask(model).text().equals("ok");
        } catch (TroupeException e) {
            return false;
        }
    }

    private boolean serverSeesTheEnd(int request) {
        return server.requests().get(request).connection().isClosed();
    }

    private static String everything(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        if (thrown instanceof TroupeException e) {
            out.append(String.valueOf(e.hint()));
        }
        return out.toString();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).describedAs("waited too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
