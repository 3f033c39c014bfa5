package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
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

    private static JsonNode ask(String question, String program) throws Exception {
        served.model.says(Upstream.program(program));
        Reply reply = served.chatWith(Served.chat(question));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void receipts_areThereOneByOne_asAListAndAsSums() throws Exception {
        JsonNode answer = ask("What is 1 plus 1?", "print('ANSWER:', 1 + 1)");
        String task = answer.at("/troupe/task").asText();
        JsonNode receipt = served.get("/v1/receipts/" + task).json();
        assertThat(receipt).isEqualTo(answer.get("troupe"));
        assertThat(served.get("/v1/receipts/chatcmpl-" + task).json()).isEqualTo(receipt);
        assertThat(served.get("/v1/receipts?limit=1").json().at("/data/0/task").asText())
                .isEqualTo(task);
        JsonNode days = served.get("/v1/receipts?by=day").json();
        assertThat(days.at("/data/0/count").asInt()).isPositive();
        assertThat(served.get("/v1/receipts?by=lever").json().get("data").findValuesAsText("lever"))
                .contains("quick");
        assertThat(served.get("/v1/receipts?by=day&to=2001-01-01").json().get("data"))
                .isEmpty();
    }

    @Test
    void receiptsThatAreNotThere_areToldClearly() throws Exception {
        assertThat(served.get("/v1/receipts/nobody").code()).isEqualTo("task_not_found");
        JsonNode answer = ask("What is 1 plus 2?", "print('ANSWER:', 1 + 2)");
        String beginning = answer.at("/troupe/task").asText().substring(0, 20);
        assertThat(served.get("/v1/receipts/" + beginning).status()).isEqualTo(404);
        assertThat(served.get("/v1/receipts?by=moon").status()).isEqualTo(400);
        assertThat(served.get("/v1/receipts?limit=0").parameter()).isEqualTo("limit");
        assertThat(served.get("/v1/receipts?by=day&from=x").parameter()).isEqualTo("from");
    }

    @Test
    void goodAnswer_helpsTheNextQuestion_badOneDoesNot() throws Exception {
        JsonNode answer = ask("How much is seven times six?", "print('ANSWER:', 7 * 6)");
        String id = answer.get("id").asText();
        Reply good = served.post("/v1/feedback", "{\"task\": \"" + id + "\", \"verdict\": \"good\"}");
        assertThat(good.status()).as(good.text()).isEqualTo(200);
        String demonstration = good.json().get("demonstration").asText();
        assertThat(demonstration).isEqualTo(answer.at("/troupe/learned").asText());
        JsonNode next = ask("How much is seven times five?", "print('ANSWER:', 7 * 5)");
        assertThat(next.at("/troupe/demonstration").asText()).isEqualTo(demonstration);

        Reply bad = served.post("/v1/feedback", """
                {"task": "%s", "verdict": "bad", "because": "wrong", "answer": "43"}""".formatted(id));
        assertThat(bad.json().get("retired").findValuesAsText("")).isEmpty();
        assertThat(bad.json().get("retired").get(0).asText()).isEqualTo(demonstration);
    }

    @Test
    void feedbackThatMakesNoSense_isRefused() throws Exception {
        assertThat(served.post("/v1/feedback", "{\"task\": \"none\", \"verdict\": \"good\"}")
                        .status())
                .isEqualTo(404);
        JsonNode answer = ask("What is 2 plus 2?", "print('ANSWER:', 2 + 2)");
        String task = answer.at("/troupe/task").asText();
        Reply reply = served.post("/v1/feedback", "{\"task\": \"" + task + "\", \"verdict\": \"so-so\"}");
        assertThat(reply.error()).isEqualTo("verdict: so-so (expected: good or bad)");
    }

    @Test
    void events_areToldAgain_fromTheOneAfterTheLast() throws Exception {
        JsonNode answer = ask("What is 3 plus 3?", "print('ANSWER:', 3 + 3)");
        String path = "/v1/tasks/" + answer.at("/troupe/task").asText() + "/events";
        Reply all = served.get(path);
        assertThat(all.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<String> ids = ids(all);
        assertThat(ids.getFirst()).isEqualTo("1");
        assertThat(all.text()).contains("event: rung-started\nid: 1\ndata: {", "event: finished\n");
        Reply rest = served.get(path, "Last-Event-ID", ids.get(1));
        assertThat(ids(rest)).isEqualTo(ids.subList(2, ids.size()));
        assertThat(served.get(path, "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(served.get("/v1/tasks/none/events").code()).isEqualTo("task_not_found");
    }

    private static List<String> ids(Reply reply) {
        return reply.text()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void events_areToldWhileTheTaskRuns() throws Exception {
        served.model.hold();
        served.model.says("ANSWER: 9");
        CompletableFuture<Reply> stream = Served.meanwhile(() -> served.chatWith(Served.streamed("Wait for it")));
        served.model.awaitAsked();
        String task = served.runningTask();
        CompletableFuture<Reply> events = Served.meanwhile(() -> served.get("/v1/tasks/" + task + "/events"));
        served.model.release();
        assertThat(events.join().text()).contains("\"type\":\"finished\"", "\"answer\":\"9\"");
        assertThat(stream.join().status()).isEqualTo(200);
    }

    @Test
    void artifact_isServedWithItsType_unlessALinkStandsInItsWay() throws Exception {
        JsonNode answer = ask("Write files", """
                open('table.csv', 'w').write('a,b')
                open('page.html', 'w').write('<script>alert(1)</script>')
                print('ANSWER: done')
                """);
        JsonNode artifacts = answer.at("/troupe/artifacts");
        assertThat(artifacts.findValuesAsText("name")).containsExactly("page.html", "table.csv");
        Reply table = served.get(artifacts.get(1).get("url").asText());
        assertThat(table.text()).isEqualTo("a,b");
        assertThat(table.headers().firstValue("Content-Type")).contains("text/csv; charset=UTF-8");
        assertThat(table.headers().firstValue("Cache-Control").orElse("")).startsWith("private, max-age=");
        Reply page = served.get(artifacts.get(0).get("url").asText());
        assertThat(page.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(page.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"page.html\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(served.get("/v1/tasks/" + answer.at("/troupe/task").asText() + "/artifacts/2")
                        .status())
                .isEqualTo(404);

        Path file = Path.of(served.host
                .tasks()
                .find("local", answer.at("/troupe/task").asText())
                .orElseThrow()
                .artifacts()
                .get(1));
        Path secret = Files.writeString(folder.resolve("secret"), "of the host");
        Files.delete(file);
        Files.createSymbolicLink(file, secret);
        assertThat(served.get(artifacts.get(1).get("url").asText()).status()).isEqualTo(404);
    }

    @Test
    void artifact_isGoneWhenItsTimeIsOver(@TempDir Path other) throws Exception {
        try (Served brief = Served.open(
                other,
                List.of(),
                usual -> new ServeSettings.Limits(
                        usual.body(),
                        usual.bodyTime(),
                        usual.quiet(),
                        usual.working(),
                        usual.perKey(),
                        Duration.ZERO,
                        usual.beat()))) {
            brief.model.says(Upstream.program("open('a.txt', 'w').write('x')\nprint('ANSWER: done')"));
            JsonNode answer = brief.chatWith(Served.chat("Write")).json();
            Reply gone = brief.get(answer.at("/troupe/artifacts/0/url").asText());
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.code()).isEqualTo("expired");
        }
    }

    @Test
    void embeddings_areThoseOfTheLibrary_asFloatsOrPacked() throws Exception {
        String request = "{\"model\": \"all-minilm-l6-v2-q\", \"input\": [\"a cat\", \"a dog\"]";
        JsonNode plain = served.post("/v1/embeddings", request + "}").json();
        assertThat(plain.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(plain.at("/data/0/embedding")).hasSize(384);
        JsonNode packed = served.post("/v1/embeddings", request + ", \"encoding_format\": \"base64\"}")
                .json();
        byte[] bytes = packed.at("/data/0/embedding").binaryValue();
        float first = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        assertThat(first).isEqualTo((float) plain.at("/data/0/embedding/0").asDouble());
        assertThat(first)
                .isEqualTo(served.host.embedder().embed(List.of("a cat")).getFirst()[0]);
        assertThat(served.post("/v1/embeddings", "{\"model\": \"x\", \"input\": \"a\"}")
                        .code())
                .isEqualTo("model_not_found");
        assertThat(served.post("/v1/embeddings", request.replace("[\"a cat\", \"a dog\"]", "[]") + "}")
                        .parameter())
                .isEqualTo("input");
    }

    @Test
    void metrics_countWhatWasAskedAndSpent() throws Exception {
        ask("What is 4 plus 4?", "print('ANSWER:', 4 + 4)");
        String text = served.get("/metrics").text();
        assertThat(text)
                .contains(
                        "troupe_http_requests_seconds_count{method=\"POST\",route=\"/v1/chat/completions\",status=\"200\"}",
                        "troupe_tasks_total{agent=\"adder\",key=\"local\",outcome=\"solved\"}",
                        "troupe_tokens_total{agent=\"adder\",key=\"local\",kind=\"input\"}",
                        "troupe_usd_total{agent=\"adder\",key=\"local\",kind=\"cost\"}",
                        "troupe_requests_working 0.0");
    }
}
