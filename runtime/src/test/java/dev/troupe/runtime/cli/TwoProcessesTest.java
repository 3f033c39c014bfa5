package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes that want one data folder. */
@Timeout(90)
class TwoProcessesTest {
    @TempDir
    Path folder;

    @Test
    void second_isToldWhoHasIt_andTheFirstIsNotDisturbed() throws Exception {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            endpoint.hangs();
            Files.writeString(folder.resolve("team.yaml"), TinyEndpoint.TEAM.replace("URL", endpoint.url()));
            String team = folder.toString();
            ProgramProcess first = ProgramProcess.start(folder, Map.of(), "run", team, "How many?", "--json");
            first.await(endpoint::wasAsked);

            CommandLineRun second = CommandLineRun.in(folder).run("run", team, "How many?");
            assertThat(second.exitCode()).isEqualTo(ErrorCode.DATA_FOLDER_BUSY.exitCode());
            assertThat(second.err())
                    .contains("error: data folder: ")
                    .contains("is in use by process " + first.process().pid() + " (expected: one process at a time)")
                    .contains("hint: wait until that process has ended, or use another folder with --data");

            endpoint.release();
            String task = Json.MAPPER.readTree(first.out()).get("task").asText();
            assertThat(first.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(first.process().exitValue()).as(first.said()).isZero();
            assertThat(CommandLineRun.in(folder)
                            .run("receipts", "last", "--json")
                            .json()
                            .get("task")
                            .asText())
                    .isEqualTo(task);
        }
    }
}
