package dev.troupe.runtime.host;

import static dev.troupe.runtime.host.EgressScene.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole task, with an API that gives the key away in every way it can. */
class SecretsLeakTest {
    private static final String PROGRAM = """
            import json, os, urllib.request
            key = os.environ["WEATHER_KEY"]
            request = urllib.request.Request("https://api.weather.test/v1/current?key=" + key, headers={"X-Key": key})
            answer = urllib.request.urlopen(request)
            text = answer.read().decode()
            print(answer.headers)
            print(text)
            open("answer.json", "w").write(text)
            print(dict(os.environ))
            for place in ("/proc/self/environ", "/proc/1/environ", "/program", "/run/troupe", "/tmp"):
                try:
                    for name in os.listdir(place) if os.path.isdir(place) else [""]:
                        print(open(os.path.join(place, name).rstrip("/"), errors="replace").read())
                except OSError as error:
                    print(place, error)
            print("ANSWER:", json.loads(text)["temp"])
            """;

    @TempDir
    Path folder;

    @Test
    void realValue_afterAWholeTask_isNowhere() throws IOException {
        try (EgressScene scene = new EgressScene(folder, exchange -> {
            exchange.getResponseHeaders().set("X-Your-Key", KEY);
            exchange.getResponseHeaders().set("Set-Cookie", "key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8));
            String encoded = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
            EgressScene.say(exchange, "{\"temp\": 21, \"key\": \"" + KEY + "\", \"packed\": \"" + encoded + "\"}");
        })) {
            scene.model.says(ScriptedEndpoint.program(PROGRAM));
            Agent.Outcome outcome = scene.ask("How warm is it in Paris?");

            TaskRecord record = ((Agent.Answered) outcome).record();
            assertThat(record.answer()).isEqualTo("21");
            assertThat(scene.apiCalls)
                    .containsExactly("GET /v1/current?key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8));
            Receipt.Step step = record.receipt().steps().getLast();
            assertThat(step.stage()).isEqualTo("egress");
            assertThat(step.outcome()).matches("api\\.weather\\.test 1 call, \\d+ B");
            assertThat(record.artifacts()).singleElement().asString().endsWith("answer.json");
            assertThat(scene.model.prompts().getFirst())
                    .contains("Programs can reach these hosts and no others")
                    .contains("os.environ[\\\"WEATHER_KEY\\\"]");

            // What was learned is shown to the next question.
            scene.host.judge(record.task(), new Verdict(Judge.PERSON, true));
            scene.model.says(ScriptedEndpoint.program(PROGRAM));
            scene.ask("How warm is it in Rome?");
            assertThat(scene.events).anyMatch(event -> event.what() instanceof TaskEvent.DemonstrationShown);
            assertThat(Objects.requireNonNull(scene.model.prompts().getLast())).contains("How warm is it in Paris?");
            scene.assertThatTheProxyWasOverheard();
            scene.assertNoSecretAnywhere();
        }
    }

    @Test
    void refusedCalls_areOnTheReceipt_andTheModelIsToldWhy() throws IOException {
        try (EgressScene scene = new EgressScene(folder, exchange -> EgressScene.say(exchange, "{}"))) {
            scene.model.says(
                    ScriptedEndpoint.program("import os, urllib.request\nprint(os.environ['WEATHER_KEY'])\n"
                            + "urllib.request.urlopen('https://evil.test/x')"),
                    ScriptedEndpoint.program("import urllib.request\n"
                            + "urllib.request.urlopen('https://api.weather.test/v1/x')\nprint('ANSWER: 5')"));
            TaskRecord record = ((Agent.Answered) scene.ask("How warm is it?")).record();
            assertThat(record.receipt().steps().getLast().outcome())
                    .isEqualTo("evil.test 1 refused; api.weather.test 1 call, 2 B");
            assertThat(scene.model.prompts().getLast())
                    .contains("[refused] network: evil.test (expected: a granted host: api.weather.test)");
            assertThat(scene.trapped).isEmpty();
            scene.assertNoSecretAnywhere();
        }
    }
}
