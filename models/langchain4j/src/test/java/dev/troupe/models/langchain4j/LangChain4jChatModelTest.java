package dev.troupe.models.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatModelProvider;
import dev.troupe.models.chat.ChatModelProvider.Wanted;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** LangChain4j's own OpenAI provider, against a server that answers as OpenAI does. */
@Timeout(60)
class LangChain4jChatModelTest {
    private static final String CLASS = "dev.langchain4j.model.openai.OpenAiStreamingChatModel";

    private final JsonMapper mapper = new JsonMapper();
    private final CompletableFuture<JsonNode> request = new CompletableFuture<>();
    private final CompletableFuture<String> authorization = new CompletableFuture<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            request.complete(mapper.readTree(exchange.getRequestBody()));
            authorization.complete(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String reply = status != 200 ? "{\"error\":{\"message\":\"secret prompt\"}}" : """
                    data: {"id":"1","model":"gpt-x-1","choices":[{"index":0,"delta":{"role":"assistant","content":"Nor"}}]}

                    data: {"id":"1","model":"gpt-x-1","choices":[{"index":0,"delta":{"content":"th"}}]}

                    data: {"id":"1","model":"gpt-x-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}

                    data: [DONE]

                    """;
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", status == 200 ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private Wanted wanted(Map<String, String> options) {
        return new Wanted("langchain4j", "gpt-x", url(), new Secret("key-1"), null, options);
    }

    private static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(30));
    }

    private static dev.troupe.models.chat.ChatRequest asking(String text) {
        return dev.troupe.models.chat.ChatRequest.of(
                new Sampling(0.0, null, null, 77, List.of()), Message.system("Be brief."), Message.user(text));
    }

    @Test
    void provider_isFoundAsAService_andOpensWhatTheTeamFileNames() {
        ChatModelProvider provider =
                ServiceLoader.load(ChatModelProvider.class).findFirst().orElseThrow();
        assertThat(provider.name()).isEqualTo("langchain4j");
        List<String> pieces = new ArrayList<>();
        try (ChatModel model = provider.open(wanted(Map.of("class", CLASS, "timeout", "PT20S")))) {
            var response = model.chat(asking("Which region?"), pieces::add, context());
            assertThat(response.text()).isEqualTo("North");
            assertThat(response.model()).isEqualTo("gpt-x-1");
            assertThat(response.usage().inputTokens()).isEqualTo(12);
            assertThat(response.usage().outputTokens()).isEqualTo(3);
            assertThat(model.name()).isEqualTo("langchain4j/gpt-x");
        }
        assertThat(pieces).containsExactly("Nor", "th");
        assertThat(authorization.join()).isEqualTo("Bearer key-1");
        JsonNode asked = request.join();
        assertThat(asked.path("model").asText()).isEqualTo("gpt-x");
        assertThat(asked.path("temperature").asDouble(-1)).isZero();
        assertThat(asked.path("messages").findValuesAsText("role")).containsExactly("system", "user");
    }

    @Test
    void options_thatTheBuilderDoesNotKnow_areRefused_withoutAnyValue() {
        LangChain4jProvider provider = new LangChain4jProvider();
        assertThatThrownBy(() -> provider.open(wanted(Map.of("class", CLASS, "timeuot", "s3cret"))))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID))
                .hasMessageContaining("options.timeuot: not known to OpenAiStreamingChatModelBuilder")
                .hasMessageContaining("timeout")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> provider.open(wanted(Map.of("class", CLASS, "timeout", "s3cret"))))
                .hasMessageContaining("(expected: a Duration)")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> provider.open(wanted(Map.of()))).hasMessageContaining("options.class: missing");
        assertThatThrownBy(() -> provider.open(wanted(Map.of("class", "java.lang.String"))))
                .hasMessageContaining("a chat model of LangChain4j");
        assertThatThrownBy(() -> provider.open(wanted(Map.of("class", "no.Such"))))
                .hasMessageContaining("no.Such is not on the class path");
    }

    @Test
    void refusal_ofTheProvider_keepsItsKind_andTellsNoPrompt() {
        status = 401;
        ChatModel model = new LangChain4jProvider().open(wanted(Map.of("class", CLASS)));
        assertThatThrownBy(() -> model.chat(asking("x"), text -> {}, context()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_REFUSED))
                .hasMessageNotContaining("secret prompt");
    }

    /** A model that hangs as one whose provider does not answer. */
    private static final class Hanging implements dev.langchain4j.model.chat.ChatModel {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ChatResponse.builder().aiMessage(AiMessage.from("late")).build();
        }
    }

    @Test
    void cancelled_whileTheModelHangs_endsAtOnce_andTheNextCallIsAnswered() throws Exception {
        Hanging hanging = new Hanging();
        ChatModel model = LangChain4jChatModel.of("langchain4j/slow", 1_000, hanging);
        CallContext context = context();
        CompletableFuture<ErrorCode> code = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                model.chat(asking("x"), text -> {}, context);
            } catch (TroupeException e) {
                code.complete(e.code());
            }
        });
        assertThat(hanging.asked.await(20, TimeUnit.SECONDS)).isTrue();
        context.cancellation().cancel("enough");
        assertThat(code.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCELLED);
        hanging.go.countDown();
        assertThat(model.chat(asking("y"), text -> {}, context()).text()).isEqualTo("late");
    }

    @Test
    void deadline_passesWhileTheModelHangs_isATimeout() {
        ChatModel model = LangChain4jChatModel.of("langchain4j/slow", 1_000, new Hanging());
        assertThatThrownBy(() -> model.chat(asking("x"), text -> {}, CallContext.standalone(Duration.ofMillis(50))))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    @Test
    void toolsAndCalls_areTranslated_bothWays() throws Exception {
        CompletableFuture<ChatRequest> seen = new CompletableFuture<>();
        dev.langchain4j.model.chat.ChatModel calling = new dev.langchain4j.model.chat.ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                seen.complete(request);
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(dev.langchain4j.agent.tool.ToolExecutionRequest.builder()
                                .id("c-2")
                                .name("rate")
                                .arguments("{\"to\":\"GBP\"}")
                                .build()))
                        .build();
            }
        };
        JsonNode schema = mapper.readTree("""
                {"type":"object","properties":{"to":{"type":"string","description":"a currency"}},"required":["to"]}""");
        var asked = new dev.troupe.models.chat.ChatRequest(
                List.of(
                        Message.user("Convert."),
                        new Message(
                                Message.Role.ASSISTANT,
                                List.of(),
                                List.of(new Message.ToolCall("c-1", "rate", "{\"to\":\"EUR\"}")),
                                null),
                        Message.tool("c-1", "0.9")),
                List.of(new ToolSpec("rate", "A rate.", schema)),
                null,
                Sampling.DEFAULT);
        var response =
                LangChain4jChatModel.of("langchain4j/calling", 1_000, calling).chat(asked, text -> {}, context());
        assertThat(response.toolCalls()).containsExactly(new Message.ToolCall("c-2", "rate", "{\"to\":\"GBP\"}"));
        assertThat(response.finishReason()).isEqualTo(dev.troupe.models.chat.ChatResponse.FinishReason.TOOL_CALLS);
        ChatRequest translated = seen.join();
        assertThat(translated.toolSpecifications().getFirst().parameters().required())
                .containsExactly("to");
        assertThat(translated.messages().getLast())
                .isEqualTo(dev.langchain4j.data.message.ToolExecutionResultMessage.from("c-1", "rate", "0.9"));
    }
}
