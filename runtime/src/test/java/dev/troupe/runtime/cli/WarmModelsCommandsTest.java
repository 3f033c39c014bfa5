package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.local.LocalChatModel;
import dev.troupe.models.local.LocalModelOptions;
import dev.troupe.models.store.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmModelsCommandsTest {
    private static final Duration TIME = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private CommandLineRun models(String... arguments) {
        return CommandLineRun.in(folder)
                .with("TROUPE_CACHE", folder.resolve("cache").toString())
                .run(arguments);
    }

    @Test
    void psAndStop_tellOfAModelThatStays_andEndIt() {
        assertThat(models("models", "ps").out()).isEqualTo("none runs\n");
        Path file = ModelStore.standard().pull("smollm2-135m", progress -> {}, CallContext.standalone(TIME));
        LocalModelOptions options = LocalModelOptions.of(
                        "smollm2-135m-instruct", file, 1024, folder.resolve("cache"), Map.of())
                .withLogFolder(folder.resolve("log"))
                .withKeepAlive(Duration.ofMinutes(1));
        try (LocalChatModel model = LocalChatModel.open(options)) {
            model.warmUp(CallContext.standalone(TIME));
        }
        JsonNode warm = models("models", "ps", "--json").json().get("models").get(0);
        assertThat(warm.get("model").asText()).isEqualTo("smollm2-135m-instruct");
        assertThat(warm.get("memory_bytes").asLong()).isGreaterThan(10_000_000);
        assertThat(warm.get("keep_alive_ms").asLong()).isEqualTo(60_000);
        assertThat(models("models", "ps").out()).contains("MODEL", "smollm2-135m-instruct");

        assertThat(models("models", "stop").out()).isEqualTo("stopped smollm2-135m-instruct\n");
        assertThat(models("models", "stop", "smollm2-135m").out()).isEqualTo("none was running\n");
        CommandLineRun unknown = models("models", "stop", "nosuch");
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.err()).contains("nosuch");
    }
}
