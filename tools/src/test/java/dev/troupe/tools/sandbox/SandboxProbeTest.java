package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxProbeTest {
    @TempDir
    Path folder;

    @Test
    void report_here_isUsable() {
        SandboxProbe.Report report = SandboxProbe.report(SandboxConfig.standard(folder));

        assertThat(report.usable()).as(report.toString()).isTrue();
        assertThat(report.sandbox()).startsWith("bubblewrap ");
        assertThat(report.limits()).isIn("control group v1", "control group v2", "watcher");
        assertThat(report.python()).contains("python3");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void report_anInterpreterThatIsMissing_saysHowToMendIt() {
        SandboxProbe.Report report =
                SandboxProbe.report(SandboxConfig.standard(folder).withPython("python-of-nowhere"));

        assertThat(report.usable()).isFalse();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("python-of-nowhere");
            assertThat(problem.mend()).contains("apt-get install python3");
        });
    }

    @Test
    void bubblewrap_missing_saysHowToInstallIt() {
        assertThatThrownBy(() -> SandboxProbe.search(folder.toString()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE);
                    assertThat(e.hint()).contains("apt-get install bubblewrap");
                });
    }

    @Test
    void bubblewrap_tooOld_isRefused() throws IOException {
        fake("echo bubblewrap 0.4.1");

        assertThatThrownBy(() -> SandboxProbe.search(folder.toString()))
                .hasMessage("sandbox: bubblewrap 0.4.1 (expected: 0.8.0 or newer)");
    }

    @ParameterizedTest
    @CsvSource({
        "'bwrap: setting up uid map: Permission denied', apparmor_restrict_unprivileged_userns",
        "'bwrap: No permissions to create new namespace', unprivileged_userns_clone",
        "'bwrap: something else', ./troupe doctor"
    })
    void bubblewrap_thatDoesNotStart_executesNothingAndSaysHowToMendIt(String says, String mend) throws IOException {
        Path broken = fake("echo '" + says + "' >&2; exit 1");
        SandboxConfig config = SandboxConfig.standard(folder);
        try (CodeExecutor executor = Sandbox.open(config, EnumSet.allOf(Defence.class), broken.toString())) {
            CodeRequest request = new CodeRequest("sh", "touch ran", folder.resolve("work"));

            assertThatThrownBy(() -> executor.run(request, piece -> {}, CallContext.standalone(Duration.ofSeconds(9))))
                    .isInstanceOfSatisfying(TroupeException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE);
                        assertThat(e.getMessage())
                                .contains("nothing was executed")
                                .contains(says);
                        assertThat(e.hint()).contains(mend);
                    });
            assertThat(folder.resolve("work/ran")).doesNotExist();
        }
    }

    private Path fake(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
