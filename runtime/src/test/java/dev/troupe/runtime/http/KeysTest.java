package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.Money;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.KeyFile;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final String ANN = KeyFile.newKey();
    private static final String BOB = KeyFile.newKey();
    private static final String POOR = KeyFile.newKey();

    @TempDir
    static Path folder;

    private static Served served;

    @BeforeAll
    static void open() throws IOException {
        served = Served.open(
                folder,
                List.of(
                        new AccessKey("ann", AccessKey.hash(ANN), List.of(), null, null, true),
                        new AccessKey("bob", AccessKey.hash(BOB), List.of("adder"), 100, null, false),
                        new AccessKey("poor", AccessKey.hash(POOR), List.of(), 2, Money.ZERO, false)),
                UnaryOperator.identity());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static String[] by(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private static Reply ask(String key, String question) throws Exception {
        return served.post("/v1/chat/completions", Served.chat(question), by(key));
    }

    @Test
    void everyRouteWantsAKey_butHealthAndTheDescription() throws Exception {
        for (Route route : served.server.routes()) {
            String path = route.pattern().replace("{file}", "app.js").replaceAll("\\{[a-z]+}", "1");
            for (String shown : new String[] {null, "Bearer ", "Bearer tr-wrong", "Basic " + ANN, ANN}) {
                String[] headers = shown == null ? new String[0] : new String[] {"Authorization", shown};
                Reply reply =
                        route.method().equals("POST") ? served.post(path, "{}", headers) : served.get(path, headers);
                assertThat(reply.status()).as(route + " " + shown).isEqualTo(route.open() ? 200 : 401);
                if (!route.open()) {
                    assertThat(reply.code()).isEqualTo("invalid_api_key");
                    assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                    assertThat(reply.text()).doesNotContain(ANN).doesNotContain("tr-wrong");
                }
            }
        }
        assertThat(served.server.routes().stream().filter(Route::open).map(Route::pattern))
                .containsExactly("/health/live", "/health/ready", "/openapi.json", "/", "/page/{file}");
    }

    @Test
    void keySeesItsAgentsOnly() throws Exception {
        assertThat(served.get("/v1/models", by(BOB)).json().get("data").findValuesAsText("id"))
                .containsExactly("adder", "office");
        assertThat(served.get("/v1/models/writer", by(BOB)).status()).isEqualTo(404);
        Reply refused = served.post("/v1/chat/completions", Served.chat("x").replace("adder", "writer"), by(BOB));
        assertThat(refused.code()).isEqualTo("model_not_found");
        assertThat(refused.error()).isEqualTo("model: writer (expected: one of [adder, office])");
    }

    @Test
    void nothingOfOneKey_isSeenByAnother() throws Exception {
        served.model.says(Upstream.program("open('own.txt', 'w').write('of ann')\nprint('ANSWER:', 11 * 11)"));
        JsonNode answer = served.post(
                        "/v1/chat/completions",
                        Served.chat("How much is eleven times eleven?")
                                .replace("{\"model\"", "{\"conversation\": \"c\", \"model\""),
                        by(ANN))
                .json();
        String task = answer.at("/troupe/task").asText();
        String file = answer.at("/troupe/artifacts/0/url").asText();
        assertThat(served.post("/v1/feedback", verdict(task), by(ANN)).status()).isEqualTo(200);

        assertThat(served.get("/v1/receipts/" + task, by(ANN)).status()).isEqualTo(200);
        assertThat(served.get("/v1/receipts/" + task, by(BOB)).status()).isEqualTo(404);
        assertThat(served.get("/v1/receipts", by(BOB)).text()).doesNotContain(task);
        assertThat(served.get("/v1/receipts?by=day", by(POOR)).json().get("data"))
                .isEmpty();
        assertThat(served.get("/v1/tasks/" + task + "/events", by(ANN)).status())
                .isEqualTo(200);
        assertThat(served.get("/v1/tasks/" + task + "/events", by(BOB)).status())
                .isEqualTo(404);
        assertThat(served.get(file, by(ANN)).text()).isEqualTo("of ann");
        assertThat(served.get(file, by(BOB)).status()).isEqualTo(404);
        assertThat(served.post("/v1/feedback", verdict(task), by(BOB)).code()).isEqualTo("task_not_found");

        // The same question in a conversation of the same name: neither demonstration nor folder is shared.
        served.model.says(Upstream.program("import os\nprint('ANSWER:', os.path.exists('own.txt'))"));
        String again = Served.chat("How much is eleven times eleven?")
                .replace("{\"model\"", "{\"conversation\": \"c\", \"model\"");
        JsonNode bobs = served.post("/v1/chat/completions", again, by(BOB)).json();
        assertThat(bobs.at("/choices/0/message/content").asText()).isEqualTo("False");
        assertThat(bobs.at("/troupe/demonstration").isNull()).isTrue();
        assertThat(served.model.requests().getLast()).doesNotContain("121");
        JsonNode anns = served.post("/v1/chat/completions", again, by(ANN)).json();
        assertThat(anns.at("/choices/0/message/content").asText()).isEqualTo("True");
        assertThat(anns.at("/troupe/demonstration").isNull()).isFalse();
        assertThat(served.model.requests().getLast()).contains("Its answer was: 121");
    }

    private static String verdict(String task) {
        return "{\"task\": \"" + task + "\", \"verdict\": \"good\"}";
    }

    @Test
    void budgetAndRateOfAKey_hold() throws Exception {
        served.model.says("ANSWER: 5");
        Reply exhausted = ask(POOR, "What may I spend?");
        assertThat(exhausted.status()).as(exhausted.text()).isEqualTo(402);
        assertThat(exhausted.error()).contains("budget.key: $0.0000 of $0.0000 left");
        ask(POOR, "Once more?");
        Reply often = ask(POOR, "And again?");
        assertThat(often.status()).isEqualTo(429);
        assertThat(Integer.parseInt(often.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
        assertThat(ask(BOB, "And you?").status()).isEqualTo(200);
    }

    @Test
    void metrics_areShownToThoseWhoMaySeeThem() throws Exception {
        assertThat(served.get("/metrics", by(ANN)).status()).isEqualTo(200);
        assertThat(served.get("/metrics", by(BOB)).code()).isEqualTo("not_allowed");
    }

    @Test
    void otherAddressThanLoopback_needsKeys() {
        assertThatThrownBy(() -> new ServeSettings("0.0.0.0", 0, List.of(), ServeSettings.Limits.USUAL))
                .hasMessage("host: 0.0.0.0 (expected: 127.0.0.1, ::1 or localhost while there are no keys)");
        List<AccessKey> keys = List.of(new AccessKey("a", AccessKey.hash(ANN), List.of(), null, null, false));
        assertThat(new ServeSettings("0.0.0.0", 0, keys, ServeSettings.Limits.USUAL).keys())
                .hasSize(1);
    }
}
