package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.troupe.runtime.http.Served.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what the code does: the same routes, the same fields, responses of the described shapes. */
class OpenApiTest {
    @TempDir
    static Path folder;

    private static Served served;
    private static JsonNode api;

    @BeforeAll
    static void open() throws Exception {
        served = Served.open(folder);
        api = served.get("/openapi.json").json();
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void routes_areThoseOfTheCode() {
        Set<String> described = new TreeSet<>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        Set<String> served = new TreeSet<>();
        OpenApiTest.served.server.routes().forEach(route -> served.add(route.method() + " " + route.pattern()));
        assertThat(described).isEqualTo(served);
        for (Route route : OpenApiTest.served.server.routes()) {
            JsonNode operation = operation(route.method(), route.pattern());
            assertThat(operation.has("security")).as(route.pattern()).isEqualTo(route.open());
            Matcher parts = Pattern.compile("\\{([a-z]+)}").matcher(route.pattern());
            while (parts.find()) {
                assertThat(operation.get("parameters").findValuesAsText("name")).contains(parts.group(1));
            }
        }
    }

    @Test
    void fields_areThoseThatTheCodeReads() throws IOException {
        Set<String> chat = read("ChatRequest");
        chat.addAll(read("ChatMessages"));
        assertThat(chat).isEqualTo(described("ChatRequest"));
        assertThat(read("ResponsesRequest")).isEqualTo(described("ResponsesRequest"));
        Set<String> embeddings = described("EmbeddingsRequest");
        embeddings.remove("user");
        assertThat(read("EmbeddingsHandler")).isEqualTo(embeddings);
    }

    private static Set<String> described(String schema) {
        Set<String> names = new TreeSet<>();
        api.at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The names that a class asks its request's fields for. */
    private static Set<String> read(String type) throws IOException {
        String source =
                java.nio.file.Files.readString(Path.of("src/main/java/dev/troupe/runtime/http/" + type + ".java"));
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile(
                        "\\bfields\\s*\\.(?:text|requiredText|flag|number|integer|object|objects|texts|raw|has)\\(\"([a-z_]+)\"")
                .matcher(source);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void responses_haveTheDescribedShapes() throws Exception {
        served.model.says(Upstream.program("open('a.txt', 'w').write('x')\nprint('ANSWER:', 2 * 3)"));
        Reply answer = served.chatWith(Served.chat("How much is two times three?"));
        check("POST", "/v1/chat/completions", answer, 200);
        String task = answer.json().at("/troupe/task").asText();
        Schema chunk = schema("#/components/schemas/ChatCompletionChunk");
        List<JsonNode> chunks = served.chatWith(Served.streamed("How much is two times four?")
                        .replace("{\"stream\"", "{\"stream_options\": {\"include_usage\": true}, \"stream\""))
                .chunks();
        assertThat(chunks).isNotEmpty().allSatisfy(each -> valid(chunk, each.toString()));
        served.model.says("No idea.");
        check("POST", "/v1/chat/completions", served.chatWith(Served.chat("Who knows?")), 422);
        check("POST", "/v1/chat/completions", served.chatWith("{}"), 400);
        check("POST", "/v1/chat/completions", served.chatWith(Served.chat("x").replace("adder", "nobody")), 404);
        check(
                "POST",
                "/v1/embeddings",
                served.post("/v1/embeddings", "{\"model\": \"all-minilm-l6-v2-q\", \"input\": \"a\"}"),
                200);
        check("GET", "/v1/models", served.get("/v1/models"), 200);
        check("GET", "/v1/models/{id}", served.get("/v1/models/adder"), 200);
        check("GET", "/v1/receipts", served.get("/v1/receipts"), 200);
        check("GET", "/v1/receipts", served.get("/v1/receipts?by=day"), 200);
        check("GET", "/v1/receipts", served.get("/v1/receipts?by=lever"), 200);
        check("GET", "/v1/receipts", served.get("/v1/receipts?by=agent"), 200);
        check("GET", "/v1/receipts", served.get("/v1/receipts?by=x"), 400);
        Reply response = served.post("/v1/responses", "{\"model\": \"talker\", \"input\": \"Hi\"}");
        check("POST", "/v1/responses", response, 200);
        check(
                "GET",
                "/v1/responses/{id}",
                served.get("/v1/responses/" + response.json().get("id").asText()),
                200);
        check("POST", "/v1/responses", served.post("/v1/responses", "{\"model\": \"talker\"}"), 400);
        check("GET", "/v1/conversations", served.get("/v1/conversations?limit=5"), 200);
        String conversation =
                served.get("/v1/conversations").json().at("/data/0/id").asText();
        check("GET", "/v1/conversations/{id}", served.get("/v1/conversations/" + conversation), 200);
        check("GET", "/v1/conversations/{id}", served.get("/v1/conversations/none"), 404);
        check("GET", "/v1/tasks", served.get("/v1/tasks"), 200);
        check("POST", "/v1/tasks/{id}/cancel", served.post("/v1/tasks/" + task + "/cancel", "{}"), 200);
        check("GET", "/v1/receipts/{id}", served.get("/v1/receipts/" + task), 200);
        check("GET", "/v1/receipts/{id}", served.get("/v1/receipts/x"), 404);
        check(
                "POST",
                "/v1/feedback",
                served.post("/v1/feedback", "{\"task\": \"" + task + "\", \"verdict\": \"good\"}"),
                200);
        check("GET", "/health/live", served.get("/health/live"), 200);
        check("GET", "/health/ready", served.get("/health/ready"), 200);
    }

    private static void check(String method, String path, Reply reply, int status) {
        assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(status);
        JsonNode response = operation(method, path).at("/responses/" + status);
        String pointer = response.has("$ref")
                ? response.get("$ref").asText()
                : "#/paths/"
                        + path.replace("~", "~0")
                                .replace("/", "~1")
                                .replace("{", "%7B")
                                .replace("}", "%7D") + "/" + method.toLowerCase(java.util.Locale.ROOT) + "/responses/"
                        + status;
        valid(schema(pointer + "/content/application~1json/schema"), reply.text());
    }

    private static JsonNode operation(String method, String path) {
        return api.get("paths").get(path).get(method.toLowerCase(java.util.Locale.ROOT));
    }

    private static Schema schema(String pointer) {
        ObjectNode document = Served.JSON.createObjectNode();
        document.put("$ref", "#/$defs/api" + pointer.substring(1));
        document.putObject("$defs").set("api", pointing(api.deepCopy()));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document.toString(), InputFormat.JSON);
    }

    /** With its references as they are within a schema. */
    private static JsonNode pointing(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("$ref")) {
            object.put("$ref", object.get("$ref").asText().replace("#/components", "#/$defs/api/components"));
        }
        node.forEach(OpenApiTest::pointing);
        return node;
    }

    private static void valid(Schema schema, String json) {
        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }
}
