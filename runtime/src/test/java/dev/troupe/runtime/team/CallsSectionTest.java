package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents may call: functions, MCP servers, and each other. */
class CallsSectionTest {
    private static final String TEAM = """
            team: t
            models:
              small: { provider: local, model: smollm2-135m }
              large: { provider: openai, model: gpt-5-mini, key: "${LARGE_KEY:-}" }
            tools:
              python: {}
              convert: { function: com.example.Currency, limits: { time: 5s, output: 4KiB } }
            mcp:
              clock: { command: [python3, -m, mcp_server_time], packages: [mcp-server-time], tools: [convert_time] }
              search: { url: "https://mcp.example.com/mcp", headers: { Authorization: "${SEARCH_KEY:-}" } }
            agents:
              a:
                kind: assistant
                instructions: i
                tools: [python, convert, clock, search]
                uses: [b, { agent: c, to: hand_over }, { agent: r, to: review }]
                ladder: [{ name: quick, model: small }]
              b: { kind: chat, model: small, instructions: Knows a lot., tools: [clock], turns: 3 }
              c: { kind: chat, model: large }
              r: { kind: chat, model: small, uses: [b] }
            entry: a
            """;

    private static final Map<String, String> KEYS = Map.of("LARGE_KEY", "sk-1", "SEARCH_KEY", "k-1");

    @TempDir
    Path temporary;

    private TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary);
    }

    @Test
    void functionsServersAndAgents_areRead() {
        TeamFile file = team.valid(TEAM, KEYS);
        assertThat(file.functions().get("convert"))
                .isEqualTo(new FunctionSettings(
                        "convert",
                        "com.example.Currency",
                        CallLimits.USUAL.withTime(Duration.ofSeconds(5)).withOutput(4_096)));
        assertThat(file.mcp().get("clock")).isInstanceOfSatisfying(McpSettings.Command.class, clock -> {
            assertThat(clock.command()).containsExactly("python3", "-m", "mcp_server_time");
            assertThat(clock.packages()).containsExactly("mcp-server-time");
            assertThat(clock.tools()).containsExactly("convert_time");
        });
        assertThat(file.mcp().get("search"))
                .isInstanceOfSatisfying(
                        McpSettings.Remote.class,
                        search -> assertThat(
                                        search.headers().get("Authorization").reveal())
                                .isEqualTo("k-1"));
        AssistantSettings a = file.entryAssistant();
        assertThat(a.tools()).containsExactly("python");
        assertThat(a.reach().calls()).containsExactly("convert", "clock", "search");
        assertThat(a.reach().uses())
                .containsExactly(
                        new Reach.Use("b", Offer.To.ASK),
                        new Reach.Use("c", Offer.To.HAND_OVER),
                        new Reach.Use("r", Offer.To.REVIEW));
        assertThat(a.verify()).isEqualTo(new Verifier.Reviewer("r"));
    }

    @Test
    void plans_offerWhatIsOpened() {
        TeamFile file = team.valid(TEAM, KEYS);
        Tool.Spec spec = new Tool.Spec(
                "clock_convert_time", "d", com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        ChatPlan plan =
                (ChatPlan) AgentPlans.of(file, file.agents().get("b"), Map.of(), Map.of("clock", List.of(spec)), null);
        assertThat(plan.offer().tools()).containsExactly(new ToolSpec("clock_convert_time", "d", spec.parameters()));
        assertThat(plan.turns()).isEqualTo(3);
        assertThat(AgentPlans.of(file, file.entryAgent(), Map.of(), Map.of(), null)
                        .offer()
                        .agents())
                .containsExactly(
                        new Offer.Use("b", "asks the agent b, which was told: Knows a lot.", Offer.To.ASK),
                        new Offer.Use("c", "hands the whole task over to the agent c", Offer.To.HAND_OVER));
    }

    @Test
    void withoutAKey_serversAndAgentsAreLeftOut_butNotAReviewer() {
        TeamFile file = team.valid(TEAM, Map.of());
        assertThat(file.entryAssistant().reach().calls()).containsExactly("convert", "clock");
        assertThat(file.entryAssistant().reach().uses())
                .extracting(Reach.Use::agent)
                .containsExactly("b", "r");
        assertThat(file.notices())
                .contains(
                        "mcp.search: left out, SEARCH_KEY is not set",
                        "agents.a.uses: agent c is left out, LARGE_KEY is not set");
        assertThat(team.problems(TEAM.replace("r: { kind: chat, model: small", "r: { kind: chat, model: large")))
                .singleElement()
                .asString()
                .contains(
                        "agents.a.uses: r is left out: LARGE_KEY is not set (expected: a reviewer that can be asked)");
    }

    @Test
    void circles_areRefused_andToldOnce() {
        assertThat(team.problems(TEAM.replace("turns: 3 }", "turns: 3, uses: [r] }")))
                .singleElement()
                .asString()
                .contains("agents.b.uses: a circle: b → r → b (expected: agents that do not come back to themselves)");
        assertThat(team.problems(TEAM.replace("uses: [b] }", "uses: [r] }")))
                .singleElement()
                .asString()
                .contains("agents.r.uses[0]: itself (expected: another agent)");
    }

    @Test
    void chains_thatAreTooLong_areRefused() {
        StringBuilder agents = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            agents.append("  c").append(i).append(": { kind: chat, model: small");
            agents.append(i < 5 ? ", uses: [c" + (i + 1) + "] }\n" : " }\n");
        }
        String four = "team: t\nmodels: { small: { provider: local, model: smollm2-135m } }\nagents:\n" + agents;
        assertThat(team.problems(four + "entry: c1\n")).isEmpty();
        assertThat(team.problems(four + "  c0: { kind: chat, model: small, uses: [c1] }\nentry: c0\n"))
                .singleElement()
                .asString()
                .contains("agents.c0.uses: agents that ask agents, 5 deep (expected: at most 4)");
    }

    @Test
    void mistakes_areToldTogether() {
        String wrong = TEAM.replace("tools: [python, convert, clock, search]", "tools: [python, convret, python]")
                .replace(
                        "uses: [b, { agent: c, to: hand_over }, { agent: r, to: review }]",
                        "uses: [bb, b, b, { agent: c, to: help }]")
                .replace("tools: [clock], turns: 3", "uses: [{ agent: c, to: review }]");
        assertThat(String.join("\n", team.problems(wrong)))
                .contains("agents.a.tools[1]: unknown tool \"convret\" (did you mean convert?")
                .contains("agents.a.tools[2]: \"python\" again")
                .contains("agents.a.uses[0]: unknown agent \"bb\" (did you mean b?")
                .contains("agents.a.uses[2]: \"b\" again")
                .contains("agents.a.uses[3].to: \"help\" (expected: ask or hand_over or review)")
                .contains("agents.b.uses[0].to: \"review\" (expected: ask)");
        assertThat(team.problems(TEAM.replace("  clock: {", "  convert: {")
                        .replace(", clock", "")
                        .replace("[clock]", "[convert]")))
                .singleElement()
                .asString()
                .contains("mcp.convert: a tool is called convert too (expected: a name of its own)");
        assertThat(team.problems(TEAM.replace("    ladder: [{", "    verify: { judge: small }\n    ladder: [{")))
                .singleElement()
                .asString()
                .contains("agents.a.verify: beside a reviewer (expected: one of them decides");
    }
}
