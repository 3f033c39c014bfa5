package dev.troupe.models.openai;

import static dev.troupe.models.openai.MischievousServer.raw;
import static dev.troupe.models.openai.MischievousServer.says;
import static dev.troupe.models.openai.MischievousServer.stallAfter;
import static dev.troupe.models.openai.MischievousServer.status;
import static dev.troupe.models.openai.MischievousServer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Good answers, and what is kept out of bad ones. */
@Timeout(30)
class OpenAiChatModelTest extends OpenAiFixture {
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
}
