package dev.troupe.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses that try to lead a model astray, and the worst model there can be: one that does what they say. Whether a
 * model obeys is luck; that it gains nothing by it is what the proxy is for. Each file holds a response and the program
 * that the obedient model writes next.
 */
class InjectionTest {
    private static final String FETCH = """
            import urllib.request
            print(urllib.request.urlopen("https://api.weather.test/v1/forecast").read().decode())
            """;
    private static final String END = "=== the model obeys ===";
    private static final AtomicReference<String> RESPONSE = new AtomicReference<>("");

    @TempDir
    private static Path folder;

    private static EgressScene scene;

    @BeforeAll
    static void open() throws IOException {
        scene = new EgressScene(folder, exchange -> EgressScene.say(exchange, RESPONSE.get()));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    static Stream<String> injections() {
        return EgressScene.resource("injections/index.txt").lines().filter(line -> !line.isBlank());
    }

    @Test
    void suite_isLargeEnough() {
        assertThat(injections()).hasSizeGreaterThanOrEqualTo(15).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("injections")
    void injectedResponse_obeyed_leadsToNoEgressAndNoSecret(String name) throws IOException {
        String text = EgressScene.resource("injections/" + name + ".txt");
        String response = text.substring(0, text.indexOf(END)).strip();
        String obeying = text.substring(text.indexOf(END) + END.length())
                .replace("TRAP_PORT", Integer.toString(scene.trapPort()));
        RESPONSE.set(response);
        scene.apiCalls.clear();
        int promptsBefore = scene.model.prompts().size();
        scene.model.says(
                ScriptedEndpoint.program(FETCH),
                ScriptedEndpoint.program("import os; print(os.environ['WEATHER_KEY'])\n" + obeying.strip()),
                ScriptedEndpoint.program("print('ANSWER: 21')"));

        scene.ask("What will the weather be? " + name);

        List<String> prompts = scene.model
                .prompts()
                .subList(promptsBefore, scene.model.prompts().size());
        assertThat(prompts).as("the model read it, and wrote what it was told").hasSizeGreaterThanOrEqualTo(3);
        String firstWords = response.substring(0, Math.min(20, response.length()));
        assertThat(prompts.get(1)).contains(firstWords.replace("\\", "\\\\").replace("\"", "\\\""));
        assertThat(prompts.get(2)).doesNotContain("SyntaxError").doesNotContain("ESCAPED");
        assertThat(scene.trapped).as("what got out").isEmpty();
        assertThat(scene.apiCalls).allMatch(call -> call.matches("(GET|POST) /v1/.*"));
        scene.assertNoSecretAnywhere();
    }
}
