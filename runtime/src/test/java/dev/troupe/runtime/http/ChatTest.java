package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTest {
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
        served.model.says("ANSWER: 5");
        served.model.requests().clear();
    }

    @Test
    void models_areTheAgentsAndTheTeam() throws Exception {
        Reply list = served.get("/v1/models");
        assertThat(list.json().get("object").asText()).isEqualTo("list");
        assertThat(list.json().get("data").findValuesAsText("id"))
                .containsExactly("adder", "writer", "talker", "office");
        JsonNode one = served.get("/v1/models/writer").json();
        assertThat(one.get("object").asText()).isEqualTo("model");
        assertThat(one.get("id").asText()).isEqualTo("writer");
        Reply none = served.get("/v1/models/gpt-5");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.code()).isEqualTo("model_not_found");
        assertThat(none.error()).isEqualTo("model: gpt-5 (expected: one of [adder, writer, talker, office])");
    }

    @Test
    void question_isAnsweredWithItsReceipt() throws Exception {
        served.model.says(Upstream.program("print('ANSWER:', 20 + 30)"));
        Reply reply = served.chatWith(Served.chat("What is 20 plus 30?"));
        JsonNode body = reply.json();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(body.get("object").asText()).isEqualTo("chat.completion");
        assertThat(body.get("model").asText()).isEqualTo("adder");
        assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("50");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(body.at("/usage/prompt_tokens").asLong()).isEqualTo(20);
        assertThat(body.at("/usage/total_tokens").asLong()).isEqualTo(25);
        assertThat(body.at("/troupe/verified").asText()).isEqualTo("none");
        assertThat(body.at("/troupe/rung").asText()).isEqualTo("quick");
        String task = body.at("/troupe/task").asText();
        assertThat(body.get("id").asText()).isEqualTo("chatcmpl-" + task);
        assertThat(reply.headers().firstValue("X-Troupe-Task")).contains(task);
        assertThat(reply.headers().firstValue("X-Troupe-Receipt-Cost-Usd"))
                .contains(body.at("/troupe/receipt/cost_usd").asText());
        assertThat(reply.headers().firstValue("X-Troupe-Receipt-Model-Calls")).contains("1");
    }

    @Test
    void stream_carriesProgressAsCommentsThenTheAnswerAndItsReceipt() throws Exception {
        served.model.says(Upstream.program("print('ANSWER:', 21 + 30)"));
        Reply reply = served.chatWith(Served.streamed("What is 21 plus 30?")
                .replace("{\"stream\"", "{\"stream_options\": {\"include_usage\": true}, \"stream\""));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<JsonNode> chunks = reply.chunks();
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.get("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.get("id").asText())
                    .isEqualTo(chunks.getFirst().get("id").asText());
        });
        assertThat(chunks).hasSize(4);
        assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).isEqualTo("51");
        assertThat(chunks.get(2).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks.get(2).at("/troupe/receipt/model_calls").asInt()).isEqualTo(1);
        assertThat(chunks.get(3).get("choices")).isEmpty();
        assertThat(chunks.get(3).at("/usage/total_tokens").asLong()).isEqualTo(25);
        assertThat(reply.text()).endsWith("data: [DONE]\n\n");
        assertThat(String.join("\n", reply.comments()))
                .contains("\"type\":\"rung-started\"", "\"type\":\"code\"", "\"type\":\"output-chunk\"");
    }

    @Test
    void teamsName_meansItsEntry() throws Exception {
        Reply reply = served.chatWith(Served.chat("Who?").replace("adder", "office"));
        assertThat(reply.json().get("model").asText()).isEqualTo("office");
        String task = reply.json().at("/troupe/task").asText();
        assertThat(served.host.tasks().find("local", task).orElseThrow().agent())
                .isEqualTo("adder");
    }

    @Test
    void history_isToldToTheModel_withoutSystemMessages() throws Exception {
        Reply reply = served.chatWith("""
                {"model": "writer", "temperature": 0.5, "stop": ["x"], "seed": 7, "max_tokens": 9, "user": "u",
                 "frobnicate": {"unknown": true}, "messages": [
                  {"role": "system", "content": "Be nice."},
                  {"role": "user", "content": "What is two and two?"},
                  {"role": "assistant", "content": null, "tool_calls": []},
                  {"role": "assistant", "content": "Four."},
                  {"role": "user", "content": [{"type": "text", "text": "And"}, {"type": "text", "text": "one more?"}]}]}
                """);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        String question = served.host
                .tasks()
                .find("local", reply.json().at("/troupe/task").asText())
                .orElseThrow()
                .question();
        assertThat(question).isEqualTo("And\none more?");
        assertThat(served.model.requests().getFirst())
                .contains("What is two and two?", "Four.", "one more?")
                .doesNotContain("Be nice.");
    }

    @Test
    void questionThatNobodySolves_isAnErrorWithItsReceipt() throws Exception {
        served.model.says("I do not know.");
        Reply reply = served.chatWith(Served.chat("What is the answer to everything?"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("unsolved");
        assertThat(reply.json().at("/troupe/receipt/model_calls").asInt()).isPositive();
        assertThat(reply.headers().firstValue("x-should-retry")).contains("false");
        assertThat(reply.headers().firstValue("X-Troupe-Task")).isPresent();

        Reply stream = served.chatWith(Served.streamed("What is the answer to everything?"));
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.chunks().getLast().at("/error/code").asText()).isEqualTo("unsolved");
        assertThat(stream.text()).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                            | model           | missing_required_parameter
            {"model": 5}                                  | model           | invalid_type
            {"model": "adder"}                            | messages        | missing_required_parameter
            {"model": "adder", "messages": []}            | messages        | empty_array
            {"model": "adder", "messages": "hi"}          | messages        | invalid_type
            {"model": "adder", "messages": ["hi"]}        | messages[0]     | invalid_type
            {"model": "adder", "messages": [{}]}          | messages[0].role| missing_required_parameter
            {"model": "adder", "messages": [{"role": "king", "content": ""}]} | messages[0].role | invalid_value
            {"model": "adder", "messages": [{"role": "user"}]} | messages[0].content | missing_required_parameter
            {"model": "adder", "messages": [{"role": "user", "content": 7}]} | messages[0].content | invalid_type
            {"model": "adder", "messages": [{"role": "user", "content": " "}]} | messages | invalid_value
            {"model": "adder", "messages": [{"role": "system", "content": "a"}]} | messages | unsupported_parameter
            {"model": "adder", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]} | messages[0].content[0].image_url | missing_required_parameter
            {"model": "talker", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://x/y.png"}}]}]} | messages[0].content[0].image_url.url | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]} | messages | unsupported_parameter
            {"model": "talker", "messages": [{"role": "tool", "content": "a"}]} | messages[0].tool_call_id | missing_required_parameter
            {"model": "talker", "messages": [{"role": "user", "content": "a"}], "tool_choice": "required"} | tool_choice | unsupported_parameter
            {"model": "talker", "messages": [{"role": "user", "content": "a"}], "response_format": {"type": "yaml"}} | response_format.type | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "stream": "yes"} | stream | invalid_type
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "stream_options": {}} | stream_options | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "n": 2} | n | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "temperature": 3} | temperature | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "temperature": "hot"} | temperature | invalid_type
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "max_tokens": 0} | max_tokens | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "stop": ["1","2","3","4","5"]} | stop | invalid_value
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "tools": [{"type": "function", "function": {"name": "f"}}]} | tools | unsupported_parameter
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "response_format": {"type": "json_object"}} | response_format | unsupported_parameter
            {"model": "adder", "messages": [{"role": "user", "content": "a"}], "conversation": ""} | conversation | invalid_value
            """)
    void wrongField_isRefusedByItsName(String body, String parameter, String code) throws Exception {
        Reply reply = served.chatWith(body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.parameter()).isEqualTo(parameter.strip());
        assertThat(reply.code()).isEqualTo(code.strip());
        assertThat(reply.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(served.model.requests()).isEmpty();
    }

    @Test
    void pathThatIsNotThere_isToldClearly() throws Exception {
        Reply speech = served.post("/v1/audio/speech", "{}");
        assertThat(speech.status()).isEqualTo(404);
        assertThat(speech.error())
                .isEqualTo("path: /v1/audio/speech is a part of OpenAI's interface that is not served here;"
                        + " /openapi.json lists what is");
        assertThat(served.get("/nonsense").error())
                .isEqualTo("path: /nonsense (expected: one of those that /openapi.json lists)");
        Reply method = served.get("/v1/chat/completions");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void health_isTold() throws Exception {
        assertThat(served.get("/health/live").json().get("status").asText()).isEqualTo("live");
        assertThat(served.get("/health/ready").json().get("status").asText()).isEqualTo("ready");
    }
}
