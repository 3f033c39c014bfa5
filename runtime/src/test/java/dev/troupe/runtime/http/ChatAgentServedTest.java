package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is a model: what a client sends arrives there. */
class ChatAgentServedTest {
    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void open() throws IOException {
        served = Served.open(folder);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @BeforeEach
    void reset() {
        served.model.requests().clear();
        served.model.says("Hello there.");
    }

    private static JsonNode upstream() throws Exception {
        return Served.JSON.readTree(served.model.requests().getLast());
    }

    @Test
    void parameters_arriveUpstream() throws Exception {
        Reply reply = served.chatWith("""
                {"model": "talker", "temperature": 0.25, "top_p": 0.5, "seed": 7, "max_completion_tokens": 99,
                 "stop": ["END"],
                 "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}},
                 "messages": [{"role": "developer", "content": "Be nice."}, {"role": "user", "content": "Hi"}]}
                """);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/choices/0/message/content").asText()).isEqualTo("Hello there.");
        JsonNode sent = upstream();
        assertThat(sent.get("temperature").asDouble()).isEqualTo(0.25);
        assertThat(sent.get("top_p").asDouble()).isEqualTo(0.5);
        assertThat(sent.get("seed").asInt()).isEqualTo(7);
        assertThat(sent.findValuesAsText("max_completion_tokens").size()
                        + sent.findValuesAsText("max_tokens").size())
                .isPositive();
        assertThat(sent.get("stop").toString()).contains("END");
        assertThat(sent.at("/response_format/type").asText()).isEqualTo("json_schema");
        assertThat(sent.at("/messages/0/content").toString()).contains("You talk.", "Be nice.");
    }

    @Test
    void toolsOfTheClient_areCalledByTheClient() throws Exception {
        served.model.says(Upstream.call("weather", "{\"city\": \"Ulm\"}"));
        String tools = """
                "tools": [{"type": "function", "function": {"name": "weather", "description": "d",
                  "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}]""";
        String question = "{\"role\": \"user\", \"content\": \"How is it in Ulm?\"}";
        Reply reply = served.chatWith("{\"model\": \"talker\", " + tools + ", \"messages\": [" + question + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode choice = reply.json().at("/choices/0");
        assertThat(choice.get("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        JsonNode call = choice.at("/message/tool_calls/0");
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(call.at("/function/arguments").asText()).isEqualTo("{\"city\": \"Ulm\"}");
        assertThat(upstream().at("/tools/0/function/name").asText()).isEqualTo("weather");

        List<JsonNode> chunks = served.chatWith(
                        "{\"model\": \"talker\", \"stream\": true, " + tools + ", \"messages\": [" + question + "]}")
                .chunks();
        assertThat(chunks.get(chunks.size() - 2)
                        .at("/choices/0/delta/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("weather");
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");

        served.model.says("Sunny.");
        Reply answer = served.chatWith("{\"model\": \"talker\", " + tools + ", \"messages\": [" + question
                + ", {\"role\": \"assistant\", \"content\": null, \"tool_calls\": [" + call
                + "]}, {\"role\": \"tool\", \"tool_call_id\": \"c-1\", \"content\": \"sun\"}]}");
        assertThat(answer.json().at("/choices/0/message/content").asText()).isEqualTo("Sunny.");
        assertThat(upstream().get("messages").toString()).contains("\"tool_call_id\":\"c-1\"", "sun");
    }

    @Test
    void stream_isTheModelsTextAsItComes() throws Exception {
        Reply reply = served.chatWith(Served.streamed("Hi").replace("adder", "talker"));
        String text = reply.chunks().stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
        assertThat(text).isEqualTo("Hello there.");
        assertThat(reply.comments()).noneMatch(comment -> comment.contains("text-delta"));
        assertThat(reply.chunks().getLast().at("/troupe/outcome").asText()).isEqualTo("solved");
    }

    @Test
    void picture_arrivesUpstream() throws Exception {
        Reply reply = served.chatWith("""
                {"model": "talker", "messages": [{"role": "user", "content": [
                  {"type": "text", "text": "What is it?"},
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]}
                """);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(upstream().get("messages").toString()).contains("data:image/png;base64,AAAA");
    }

    @Test
    void conversation_isKept_whereItIsNamed() throws Exception {
        String first = Served.chat("My name is Ann.").replace("adder", "talker");
        String second = Served.chat("Who am I?").replace("adder", "talker");
        served.post("/v1/chat/completions", first, "X-Conversation-Id", "c-9");
        served.post("/v1/chat/completions", second, "X-Conversation-Id", "c-9");
        assertThat(upstream().get("messages").toString()).contains("My name is Ann.", "Hello there.");
        served.chatWith(second);
        assertThat(upstream().get("messages").toString()).doesNotContain("My name is Ann.");
    }
}
