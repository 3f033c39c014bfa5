package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkSectionTest extends TeamFileFixture {
    private static final String KEY = "sk-weather-1234567890";

    private static String python(String fields) {
        return TeamFolderFixture.SMALLEST + "tools:\n  python:\n" + fields.indent(4);
    }

    private NetworkSettings network(String fields, Map<String, String> environment) {
        TeamFile file = team.valid(python(fields), environment);
        return Objects.requireNonNull(
                Objects.requireNonNull(file.tools().get("python")).network());
    }

    @Test
    void grantsAndSecrets_areReadAsWritten() {
        NetworkSettings network = network("""
                network:
                  - { host: API.WeatherAPI.com., methods: [GET, POST], paths: [/v1/], rate: 60/min }
                  - { host: files.example.com }
                secrets:
                  WEATHER_KEY: { value: "${WEATHER_KEY}", hosts: [api.weatherapi.com] }
                limits: { calls: 7, response: 2MiB }
                """, Map.of("WEATHER_KEY", KEY));

        assertThat(network.grants())
                .containsExactly(
                        new HostGrant(
                                "api.weatherapi.com",
                                Set.of("GET", "POST"),
                                List.of("/v1/"),
                                new HostGrant.Rate(60, Duration.ofMinutes(1))),
                        new HostGrant("files.example.com", HostGrant.READING, List.of(), null));
        assertThat(network.secrets()).singleElement().satisfies(secret -> {
            assertThat(secret.name()).isEqualTo("WEATHER_KEY");
            assertThat(secret.value().reveal()).isEqualTo(KEY);
            assertThat(secret.hosts()).containsExactly("api.weatherapi.com");
        });
        assertThat(network.limits())
                .isEqualTo(EgressLimits.standard().withCalls(7).withResponse(2 << 20));
        assertThat(network.toString()).doesNotContain(KEY);
        assertThat(network.described("python")).isEqualTo("""
                Programs can reach these hosts and no others:
                - api.weatherapi.com (GET, POST; paths that begin with /v1/)
                - files.example.com (GET, HEAD)
                The key for api.weatherapi.com is in the environment variable WEATHER_KEY: os.environ["WEATHER_KEY"]""");
    }

    @Test
    void grants_areInEveryPrompt() {
        String yaml = python("network: [{ host: files.example.com }]")
                .replace("    instructions: i\n", "    instructions: i\n    tools: [python]\n");
        TeamFile file = team.valid(yaml, Map.of());
        assertThat(LadderPlans.of(file, file.entryAssistant(), null).instructions())
                .startsWith("i\n\nPrograms can reach these hosts and no others:\n- files.example.com");
    }

    @Test
    void secretWithEmptyDefault_unset_isLeftOutWithANotice() {
        TeamFile file = team.valid(python("""
                network: [{ host: x.com }]
                secrets: { KEY: { value: "${KEY:-}", hosts: [x.com] } }
                """), Map.of());
        assertThat(file.notices()).containsExactly("tools.python.secrets.KEY: left out, KEY is not set");
        assertThat(Objects.requireNonNull(file.tools().get("python").network()).secrets())
                .isEmpty();
    }

    @Test
    void everythingWrong_isToldAtOnce_withoutAnySecret() {
        String yaml = python("""
                network:
                  - { host: "https://api.weatherapi.com/v1" }
                  - { host: 10.0.0.1 }
                  - { host: x.com, methods: [get, TRACE], paths: [v1, /a/../b], rate: 60, port: 80 }
                  - { hots: y.com }
                  - { host: api.weatherapi.com, methods: [], paths: [] }
                secrets:
                  PATH: { value: "${KEY}", hosts: [x.com] }
                  SHORT: { value: "${SHORT}", hosts: [x.com] }
                  WRITTEN: { value: sk-this-is-written-here, hosts: [x.com] }
                  UNSET: { value: "${UNSET_VARIABLE}", hosts: [x.com] }
                  ELSEWHERE: { value: "${KEY}", hosts: [api.wetherapi.com] }
                  NOWHERE: { value: "${KEY}", hosts: [] }
                """);
        List<String> problems = team.problems(team.read(yaml, Map.of("KEY", KEY, "SHORT", "abc")));
        String all = String.join("\n", problems);

        assertThat(all)
                .contains("network[0].host: \"https://api.weatherapi.com/v1\" (expected: a host's name such as")
                .contains("network[1].host: \"10.0.0.1\" (expected: a host's name")
                .contains("network[2].methods[0]: \"get\"")
                .contains("did you mean GET")
                .contains("network[2].methods[1]: \"TRACE\"")
                .contains("network[2].paths[0]: \"v1\" (expected: the beginning of a path")
                .contains("network[2].paths[1]: \"/a/../b\"")
                .contains("network[2].rate: \"60\" (expected: so many in a time, such as 60/min")
                .contains("unknown key \"port\"")
                .contains("unknown key \"hots\"")
                .contains("network[3].host: missing")
                .contains("network[4].methods: an empty list")
                .contains("network[4].paths: an empty list")
                .contains("secrets.PATH: a variable of the sandbox's own")
                .contains("secrets.SHORT.value: SHORT holds a value that cannot be used (expected: 8 to 4096")
                .contains("secrets.WRITTEN.value: a secret that is written in the file")
                .contains("secrets.UNSET.value: UNSET_VARIABLE is not set")
                .contains("secrets.ELSEWHERE.hosts[0]: \"api.wetherapi.com\"")
                .contains("did you mean api.weatherapi.com")
                .contains("secrets.NOWHERE.hosts: an empty list")
                .doesNotContain(KEY)
                .doesNotContain("sk-this-is-written-here");
    }

    @Test
    void grants_forProgramsThatNothingConfines_areRefused() {
        assertThat(team.problems(python("sandbox: none\nnetwork: [{ host: x.com }]")))
                .singleElement()
                .asString()
                .contains("tools.python.network: grants for programs that nothing confines (expected: sandbox:"
                        + " bubblewrap, or no grants)");
    }
}
