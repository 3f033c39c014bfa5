package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.runtime.team.ModelSettings.OpenAi;
import dev.troupe.runtime.team.ModelSettings.Timeouts;
import dev.troupe.runtime.team.yaml.Keys;
import dev.troupe.runtime.team.yaml.Units;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import dev.troupe.tools.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TeamSchemaTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path EXAMPLES = Path.of("../examples");

    @TempDir
    Path temporary;

    @Test
    void sections_ofSchemaAndParser_haveTheSameKeys() throws JsonProcessingException {
        JsonNode sections = schema().get("$defs");
        for (Keys keys : TeamKeys.ALL) {
            JsonNode section = sections.get(keys.section());
            assertThat(section).as(keys.section()).isNotNull();
            assertThat(names(section.get("properties"))).as(keys.section()).isEqualTo(new TreeSet<>(keys.known()));
            assertThat(section.get("additionalProperties").asBoolean(true))
                    .as(keys.section())
                    .isFalse();
        }
        // A section of the schema that the parser does not have would promise keys that are refused.
        assertThat(sections.properties().stream()
                        .filter(section -> section.getValue().has("additionalProperties"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        TeamKeys.ALL.stream().map(Keys::section).toList());
    }

    @Test
    void everyKey_hasADescription() throws JsonProcessingException {
        JsonNode sections = schema().get("$defs");
        for (Keys keys : TeamKeys.ALL) {
            for (Map.Entry<String, JsonNode> key :
                    sections.get(keys.section()).get("properties").properties()) {
                JsonNode described = key.getValue().has("description")
                        ? key.getValue()
                        : sections.get(key.getValue().get("$ref").asText().substring("#/$defs/".length()));
                assertThat(described.path("description").asText())
                        .as(keys.section() + "." + key.getKey())
                        .isNotBlank();
            }
        }
    }

    @Test
    void defaults_inSchema_areTheParsers() throws JsonProcessingException {
        assertThat(defaults("team")).isEqualTo(Map.of("baseline", TeamFile.DEFAULT_BASELINE));
        assertThat(defaults("openaiModel"))
                .isEqualTo(
                        Map.of("url", OpenAi.DEFAULT_URL.toString(), "concurrency", "" + OpenAi.DEFAULT_CONCURRENCY));
        assertThat(defaults("expert")).isEqualTo(Map.of("device", "auto"));
        assertThat(defaults("batch"))
                .isEqualTo(Map.of(
                        "size",
                        "" + ExpertSettings.DEFAULT_BATCH_SIZE,
                        "wait",
                        Units.format(ExpertSettings.DEFAULT_BATCH_WAIT)));
        assertThat(defaults("localModel"))
                .isEqualTo(Map.of("keep_alive", Units.format(ModelSettings.Local.DEFAULT_KEEP_ALIVE)));
        assertThat(defaults("recordedModel")).isEqualTo(Map.of("mode", "replay"));
        assertThat(defaults("timeouts"))
                .isEqualTo(Map.of(
                        "connect", Units.format(Timeouts.DEFAULT.connect()),
                        "first_token", "60s",
                        "total", Units.format(Timeouts.DEFAULT.total())));
        assertThat(Timeouts.DEFAULT.firstToken().toSeconds()).isEqualTo(60);
        Limits limits = Limits.standard();
        assertThat(defaults("limits"))
                .isEqualTo(Map.of(
                        "time", Units.format(limits.wall()),
                        "cpu", "60s",
                        "memory", Units.format(limits.memory()),
                        "processes", "" + limits.processes(),
                        "disk", Units.format(limits.disk()),
                        "output", Units.format(limits.output()),
                        "calls", "" + EgressLimits.standard().calls(),
                        "response", Units.format(EgressLimits.standard().response())));
        assertThat(limits.cpu().toSeconds()).isEqualTo(60);
        CallLimits calls = CallLimits.USUAL;
        Map<String, String> ofACall =
                Map.of("time", Units.format(calls.time()), "output", Units.format(calls.output()));
        assertThat(defaults("functionLimits")).isEqualTo(ofACall);
        assertThat(defaults("mcpLimits")).containsAllEntriesOf(ofACall);
        assertThat(defaults("use")).isEqualTo(Map.of("to", "ask"));
        assertThat(defaults("rung"))
                .isEqualTo(Map.of(
                        "turns", "" + AssistantSettings.RungSettings.DEFAULT_TURNS,
                        "files", "described",
                        "when", "always"));
        assertThat(defaults("assistant"))
                .isEqualTo(Map.of("carry_over", "true", "history_tokens", "" + AgentPlan.DEFAULT_HISTORY_TOKENS));
        assertThat(defaults("chat"))
                .isEqualTo(Map.of(
                        "turns", "" + ChatPlan.DEFAULT_TURNS,
                        "history_tokens", "" + AgentPlan.DEFAULT_HISTORY_TOKENS));
        assertThat(defaults("planner"))
                .isEqualTo(Map.of(
                        "show", "" + PlannerSettings.DEFAULT_SHOW,
                        "history_tokens", "" + AgentPlan.DEFAULT_HISTORY_TOKENS));
        assertThat(defaults("demonstrations"))
                .isEqualTo(Map.of(
                        "show", "" + AgentsSection.DEFAULT_DEMONSTRATIONS.show(),
                        "similarity", "" + AgentsSection.DEFAULT_DEMONSTRATIONS.similarity()));
        assertThat(defaults("budget")).isEqualTo(Map.of("task_time", Units.format(Budget.DEFAULT_TASK_TIME)));
    }

    @Test
    void patterns_inSchema_areTheParsers() throws JsonProcessingException {
        JsonNode sections = schema().get("$defs");
        assertThat(sections.at("/limits/properties/time/anyOf/0/pattern").asText())
                .isEqualTo(Units.DURATION);
        assertThat(sections.at("/limits/properties/memory/anyOf/0/pattern").asText())
                .isEqualTo(Units.SIZE);
        assertThat(sections.at("/openaiModel/properties/rate/anyOf/0/pattern").asText())
                .isEqualTo(Units.RATE);
        assertThat(sections.at("/host/properties/rate/anyOf/0/pattern").asText())
                .isEqualTo(Units.RATE);
        assertThat(sections.at("/host/properties/host/anyOf/0/pattern").asText())
                .isEqualTo(NetworkSection.HOST);
        assertThat(sections.at("/host/properties/paths/items/anyOf/0/pattern").asText())
                .isEqualTo(NetworkSection.PATH);
        assertThat(sections.at("/host/properties/methods/items/anyOf/0/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(HostGrant.METHODS);
        assertThat(sections.at("/pythonTool/properties/secrets/propertyNames/pattern")
                        .asText())
                .isEqualTo(NetworkSection.VARIABLE);
        assertThat(sections.at("/batch/properties/wait/anyOf/0/pattern").asText())
                .isEqualTo(Units.DURATION);
        assertThat(sections.at("/batch/properties/size/anyOf/0/maximum").asInt())
                .isEqualTo(ExpertsSection.LARGEST_BATCH);
        assertThat(sections.at("/expert/properties/task/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(ExpertsSection.TASKS);
        assertThat(sections.at("/expert/properties/isolation/enum/0").asText()).isEqualTo(ExpertsSection.ISOLATION);
        assertThat(sections.at("/expert/properties/device/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(ExpertsSection.DEVICES);
        assertThat(sections.at("/rung/properties/name/anyOf/0/pattern").asText())
                .isEqualTo(Value.NAME);
        assertThat(sections.at("/team/properties/models/propertyNames/pattern").asText())
                .isEqualTo(Value.NAME);
        assertThat(sections.at("/team/properties/prices/propertyNames/pattern").asText())
                .isEqualTo(TeamKeys.QUALIFIED_MODEL);
        assertThat(sections.at("/team/properties/mcp/propertyNames/pattern").asText())
                .isEqualTo(McpSection.NAME);
        assertThat(sections.at("/team/properties/tools/propertyNames/pattern").asText())
                .isEqualTo(ToolsSection.NAME);
        assertThat(sections.at("/functionTool/properties/function/anyOf/0/pattern")
                        .asText())
                .isEqualTo(ToolsSection.CLASS);
        assertThat(sections.at("/mcpServer/properties/headers/propertyNames/pattern")
                        .asText())
                .isEqualTo(McpSection.HEADER);
        assertThat(sections.at("/pythonTool/properties/packages/items/pattern").asText())
                .isEqualTo(ToolsSection.REQUIREMENT);
    }

    @Test
    void goodFiles_satisfyTheSchema() throws IOException {
        assertThat(errors(TeamFolderFixture.full())).isEmpty();
        assertThat(errors(TeamFolderFixture.SMALLEST)).isEmpty();
        assertThat(errors(ChatSettingsTest.TEAM)).isEmpty();
        String recorded = "  again: { provider: recorded, of: small, file: r.jsonl, mode: auto }\nagents:";
        assertThat(errors(TeamFolderFixture.SMALLEST.replace("agents:", recorded)))
                .isEmpty();
        String provided = "  own: { provider: java }\n"
                + "  lc: { provider: java, from: langchain4j, model: m, options: { class: a.B, retries: 3 } }\nagents:";
        assertThat(errors(TeamFolderFixture.SMALLEST.replace("agents:", provided)))
                .isEmpty();
    }

    @Test
    void badFiles_failTheSchemaToo() throws IOException {
        for (String bad : List.of(
                "modle: x",
                "budget: { task: -1 }",
                "budget: { task: -1 USD }",
                "experts: {}",
                "experts: { r: { task: reading, model: pp-ocrv4 } }",
                "experts: { r: { task: image-to-text } }",
                "experts: { r: { task: image-to-text, model: pp-ocrv4, device: gpu } }",
                "experts: { r: { task: image-to-text, model: pp-ocrv4, batch: { size: 0 } } }",
                "experts: { r: { task: image-to-text, model: pp-ocrv4, batch: { wait: 5 } } }",
                "tools: { bash: {} }",
                "prices: { m: { input: 1, output: 1 } }",
                "tools: { python: { limits: { memory: 512 } } }",
                "budget: { task_time: 30 }",
                "tools: { python: { packages: [--x] } }",
                "tools: { python: { network: [{ host: 'http://x.com' }] } }",
                "tools: { python: { network: [{ host: x.com, methods: [CONNECT] }] } }",
                "tools: { python: { network: [{ host: x.com, paths: [v1] }] } }",
                "tools: { python: { network: [{ host: x.com, rate: 60 }] } }",
                "tools: { python: { secrets: { K: { value: sk-1, hosts: [x.com] } } } }",
                "tools: { python: { secrets: { K: { value: '${K}' } } } }",
                "tools: { python: { secrets: { a-b: { value: '${K}', hosts: [x.com] } } } }",
                "tools: { shell: { packages: [jq] } }",
                "tools: { convert: { function: 5 } }",
                "tools: { convert: { function: a-b } }",
                "tools: { 'con vert': { function: a.B } }",
                "mcp: { f: {} }",
                "mcp: { f: { command: [x], url: 'http://x' } }",
                "mcp: { f: { command: [] } }",
                "mcp: { f: { url: 'http://x', headers: { K: sk-1 } } }",
                "mcp: { 'f f': { command: [x] } }",
                "entry: 5")) {
            assertThat(errors(TeamFolderFixture.SMALLEST + bad + "\n")).as(bad).isNotEmpty();
        }
        for (String bad : List.of(
                "ladder: []",
                "tools: python",
                "turns: 0",
                "uses: [{ to: ask }]",
                "history_tokens: -1",
                "modle: small")) {
            assertThat(errors(ChatSettingsTest.TEAM.replace("history_tokens: 500", bad)))
                    .as(bad)
                    .isNotEmpty();
        }
        String model = "provider: local, model: smollm2-135m";
        for (String bad : List.of(
                model + ", url: 'http://x'",
                "provider: lokal, model: m",
                "provider: recorded, of: live",
                "provider: recorded, of: live, file: r.jsonl, mode: play",
                "provider: recorded, of: live, file: r.jsonl, temperature: 0",
                "provider: local",
                "provider: java, keep_alive: 5m",
                "provider: java, from: x, options: { a: [1] }",
                "provider: openai, model: m, key: sk-1",
                model + ", temperature: 3",
                model + ", seed: 1.5")) {
            assertThat(errors(TeamFolderFixture.SMALLEST.replace(model, bad)))
                    .as(bad)
                    .isNotEmpty();
        }
    }

    @Test
    void copyBesideTheExamples_isTheSame() throws IOException {
        assertThat(EXAMPLES.resolve("team.schema.json")).hasContent(TeamSchema.text());
    }

    @Test
    void examples_satisfyParserAndSchema_andNameTheSchema() throws IOException {
        List<Path> teams;
        try (Stream<Path> found = Files.find(EXAMPLES, 3, (path, at) -> path.endsWith("team.yaml"))) {
            teams = found.sorted().toList();
        }
        assertThat(teams).isNotEmpty();
        for (Path team : teams) {
            String text = Files.readString(team);
            assertThat(errors(text)).as(team.toString()).isEmpty();
            assertThat(text).as(team.toString()).startsWith("# yaml-language-server: $schema=../team.schema.json\n");
            assertThat(new TeamFileReader(Map.of()).read(team)).isInstanceOf(TeamReading.Valid.class);
        }
        assertThat(ErrorCode.TEAM_INVALID.exitCode()).isEqualTo(3);
    }

    private static List<Error> errors(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(TeamSchema.text(), InputFormat.JSON);
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(MAPPER.writeValueAsString(loaded), InputFormat.JSON);
    }

    private static JsonNode schema() throws JsonProcessingException {
        return MAPPER.readTree(TeamSchema.text());
    }

    private static Map<String, String> defaults(String section) throws JsonProcessingException {
        return schema().get("$defs").get(section).get("properties").properties().stream()
                .filter(key -> key.getValue().has("default"))
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, key -> key.getValue().get("default").asText()));
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
