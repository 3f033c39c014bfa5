package dev.troupe.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamHostTest {
    /** Its sandbox is refused, when it comes to that. */
    private static final String TEAM = """
            team: sums
            models:
              small: { provider: openai, model: gpt-5-mini, url: "http://127.0.0.1:9/v1" }
            tools:
              python: { sandbox: none }
            agents:
              adder:
                kind: assistant
                instructions: Add.
                tools: [python]
                ladder:
                  - { name: quick, model: small }
            """;

    @TempDir
    private Path folder;

    @Test
    void open_cancelled_endsBeforeTheNextStep() throws IOException {
        CallContext context = CallContext.standalone(Duration.ofMinutes(1));
        assertThat(codeOfOpening(context)).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE);

        context.cancellation().cancel("Ctrl-C");
        assertThat(codeOfOpening(context)).isEqualTo(ErrorCode.CANCELLED);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private ErrorCode codeOfOpening(CallContext context) throws IOException {
        Path file = Files.writeString(folder.resolve("team.yaml"), TEAM);
        TeamFile team = new TeamFileReader(Map.of()).read(file).orThrow(false);
        HostSettings settings = new HostSettings(folder.resolve("data"), folder.resolve("cache"), Map.of(), false);
        ErrorCode[] code = new ErrorCode[1];
        assertThatThrownBy(() -> TeamHost.open(team, settings, Preparation.NONE, context))
                .isInstanceOfSatisfying(TroupeException.class, e -> code[0] = e.code());
        return code[0];
    }
}
