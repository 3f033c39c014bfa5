package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.troupe.models.call.CallContext;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.KeyFile;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that know nothing of Troupe: what works with OpenAI works with it. */
class ClientsTest {
    private static final String KEY = KeyFile.newKey();
    private static final String OTHER = KeyFile.newKey();

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void open() throws IOException {
        served = Served.open(
                folder,
                List.of(
                        new AccessKey("ann", AccessKey.hash(KEY), List.of(), null, null, true),
                        new AccessKey("bob", AccessKey.hash(OTHER), List.of(), null, null, false)),
                UnaryOperator.identity());
        served.model.says(
                request -> request.contains("Nobody knows") ? "No idea." : Upstream.program("print('ANSWER:', 6 * 7)"));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void openAisLibraryForPython_works() throws Exception {
        JsonNode seen = python("openai_client.py", "openai==3.57.0");
        assertThat(seen.get("models")).hasToString("[\"adder\",\"writer\",\"talker\",\"office\"]");
        assertThat(seen.at("/whole/text").asText()).isEqualTo("42");
        assertThat(seen.at("/whole/finish").asText()).isEqualTo("stop");
        assertThat(seen.at("/whole/tokens").asInt()).isEqualTo(25);
        assertThat(seen.at("/whole/rung").asText()).isEqualTo("quick");
        assertThat(seen.at("/whole/cost").asText()).matches("0\\.[0-9]{12}");
        assertThat(seen.get("stream"))
                .hasToString("{\"text\":\"42\",\"finish\":\"stop\",\"tokens\":25,\"receipt\":[1]}");
        assertThat(seen.get("helper").asText()).isEqualTo("42");
        assertThat(seen.get("embeddings")).hasToString("[384,384]");
        error(seen, "model", "NotFoundError", "model_not_found");
        error(seen, "type", "BadRequestError", "invalid_type");
        assertThat(seen.at("/errors/type/param").asText()).isEqualTo("temperature");
        error(seen, "tools", "BadRequestError", "unsupported_parameter");
        error(seen, "path", "NotFoundError", "not_found");
        error(seen, "key", "AuthenticationError", "invalid_api_key");
        error(seen, "unsolved", "UnprocessableEntityError", "unsolved");
        assertThat(seen.at("/errors/stream/class").asText()).isEqualTo("APIError");
        // It was not asked again: once whole and once as a stream.
        assertThat(served.host.tasks().recent("ann", 100).stream()
                        .filter(task -> task.question().equals("Nobody knows")))
                .hasSize(2);
    }

    @Test
    void openAisLibraryForPython_worksWithResponses() throws Exception {
        served.model.requests().clear();
        JsonNode seen = python("openai_responses.py", "openai==3.57.0");
        assertThat(seen.get("text").get(0).asText()).contains("print('ANSWER:', 6 * 7)");
        assertThat(seen.get("status").asText()).isEqualTo("completed");
        assertThat(seen.get("tokens").asInt()).isEqualTo(25);
        assertThat(seen.get("previous").asBoolean()).isTrue();
        assertThat(seen.get("cost").asText()).matches("0\\.[0-9]{12}");
        assertThat(seen.get("again")).isEqualTo(seen.get("text").get(0));
        assertThat(served.model.requests().get(0)).contains("\"temperature\":0.5");
        assertThat(served.model.requests().get(1)).contains("I am Ann.", "Who am I?");
        assertThat(served.model.requests().get(2)).contains("Be brief.", "I am Ann.", "Who am I?", "And you?");
        assertThat(seen.get("events")).hasToString("""
                ["response.created","response.in_progress","response.output_item.added","response.content_part.added",\
                "response.output_text.delta","response.output_text.done","response.content_part.done",\
                "response.output_item.done","response.completed"]""");
        assertThat(seen.get("numbers")).hasToString("[0,1,2,3,4,5,6,7,8]");
        assertThat(seen.get("streamed").asText()).isEqualTo("42");
        assertThat(seen.get("helper")).isEqualTo(seen.get("text").get(0));
        assertThat(seen.get("failed")).hasToString("[\"response.failed\",\"unsolved\"]");
        error(seen, "stale", "BadRequestError", "invalid_value");
        error(seen, "unknown", "BadRequestError", "response_not_found");
        error(seen, "gone", "NotFoundError", "response_not_found");
        error(seen, "tools", "BadRequestError", "unsupported_parameter");
        error(seen, "unsolved", "UnprocessableEntityError", "unsolved");
        error(seen, "key", "BadRequestError", "response_not_found");
    }

    private static void error(JsonNode seen, String name, String type, String code) {
        JsonNode error = seen.at("/errors/" + name);
        assertThat(error.get("class").asText()).as(error.toString()).isEqualTo(type);
        assertThat(error.get("code").asText()).isEqualTo(code);
    }

    private static JsonNode python(String script, String... packages) throws Exception {
        PythonInterpreter python = PythonInterpreter.find("python3");
        Path installed = new PackageSet(
                        python,
                        List.of(packages),
                        Path.of("target/python-cache").toAbsolutePath())
                .install(line -> {}, CallContext.standalone(Duration.ofMinutes(5)));
        Path file = folder.resolve(script);
        try (InputStream source = Objects.requireNonNull(ClientsTest.class.getResourceAsStream(script))) {
            Files.copy(source, file);
        }
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder("python3", file.toString(), served.server.url(), KEY, OTHER)
                .redirectError(errors.toFile());
        builder.environment().put("PYTHONPATH", installed.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return Served.JSON.readTree(out);
    }

    @Test
    void langChain4j_works() {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(served.server.url() + "/v1")
                .apiKey(KEY)
                .modelName("adder")
                .temperature(0.0)
                .build();
        ChatResponse response = model.chat(dev.langchain4j.data.message.UserMessage.from("How much is 6 times 7?"));
        assertThat(response.aiMessage().text()).isEqualTo("42");
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(25);
        OpenAiEmbeddingModel embeddings = OpenAiEmbeddingModel.builder()
                .baseUrl(served.server.url() + "/v1")
                .apiKey(KEY)
                .modelName("all-minilm-l6-v2-q")
                .build();
        assertThat(embeddings.embed("a cat").content().dimension()).isEqualTo(384);
    }

    @Test
    void langChain4j_streams() {
        CompletableFuture<ChatResponse> done = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        OpenAiStreamingChatModel.builder()
                .baseUrl(served.server.url() + "/v1")
                .apiKey(KEY)
                .modelName("adder")
                .build()
                .chat("How much is 6 times 7?", new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String part) {
                        text.append(part);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        done.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        done.completeExceptionally(error);
                    }
                });
        assertThat(done.join().aiMessage().text()).isEqualTo("42");
        assertThat(text).hasToString("42");
        assertThat(done.join().tokenUsage().totalTokenCount()).isEqualTo(25);
    }

    @Test
    void langChain4j_understandsErrors() {
        assertThatThrownBy(() -> OpenAiChatModel.builder()
                        .baseUrl(served.server.url() + "/v1")
                        .apiKey(KEY)
                        .modelName("gpt-5")
                        .maxRetries(0)
                        .build()
                        .chat("x"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("expected: one of [adder, writer, talker, office]");
        assertThatThrownBy(() -> OpenAiChatModel.builder()
                        .baseUrl(served.server.url() + "/v1")
                        .apiKey("tr-wrong")
                        .modelName("adder")
                        .maxRetries(0)
                        .build()
                        .chat("x"))
                .isInstanceOf(LangChain4jException.class)
                .hasMessageContaining("not one of this server's");
    }
}
