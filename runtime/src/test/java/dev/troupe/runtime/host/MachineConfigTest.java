package dev.troupe.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineConfigTest {
    @TempDir
    Path folder;

    private MachineConfig read(String text) throws IOException {
        return MachineConfig.read(Files.writeString(folder.resolve("troupe.conf"), text), Map.of("PORT", "18080"));
    }

    @Test
    void hosts_areReadByName() throws IOException {
        MachineConfig config = read("""
                # the stand-ins of a test
                egress.hosts {
                  "API.weatherapi.com" = "http://127.0.0.1:18080"
                  localhost = "http://127.0.0.1:"${PORT}
                }
                """);
        assertThat(config.hosts())
                .isEqualTo(Map.of(
                        "api.weatherapi.com", URI.create("http://127.0.0.1:18080"),
                        "localhost", URI.create("http://127.0.0.1:18080")));
    }

    @Test
    void noFile_isNoConfiguration_unlessItWasNamed() {
        assertThat(MachineConfig.read(null, Map.of("XDG_CONFIG_HOME", folder.toString())))
                .isEqualTo(MachineConfig.NONE);
        for (Map<String, String> environment :
                java.util.List.of(Map.<String, String>of("TROUPE_CONFIG", "/none.conf"))) {
            assertThatThrownBy(() -> MachineConfig.read(null, environment))
                    .hasMessage("configuration: /none.conf does not exist")
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void usualPlace_isFoundByTheXdgVariable() throws IOException {
        Files.createDirectories(folder.resolve("troupe"));
        Files.writeString(folder.resolve("troupe/troupe.conf"), "egress.hosts { a.test = \"http://127.0.0.1:1\" }\n");
        assertThatThrownBy(() -> MachineConfig.read(null, Map.of("XDG_CONFIG_HOME", folder.toString())))
                .hasMessageContaining("put a name with dots in quotes");
        Files.writeString(
                folder.resolve("troupe/troupe.conf"), "egress.hosts { \"a.test\" = \"http://127.0.0.1:1\" }\n");
        assertThat(MachineConfig.read(null, Map.of("XDG_CONFIG_HOME", folder.toString()))
                        .hosts())
                .containsOnlyKeys("a.test");
    }

    @Test
    void everythingWrong_isToldAtOnceWithItsLine() {
        assertThatThrownBy(() -> read("""
                        egres { }
                        egress {
                          host { }
                          hosts {
                            "10.0.0.1" = "http://127.0.0.1:1"
                            "a.test" = "ftp://127.0.0.1"
                            "b.test" = "http://127.0.0.1/path"
                          }
                        }
                        """))
                .hasMessageContaining("line 1: unknown key egres (expected: egress, serve); did you mean egress?")
                .hasMessageContaining("line 3: unknown key egress.host (expected: egress.hosts); did you mean hosts?")
                .hasMessageContaining("line 5: egress.hosts.10.0.0.1: no name of a host")
                .hasMessageContaining("line 6: egress.hosts.a.test: ftp://127.0.0.1 (expected: http://127.0.0.1:18080")
                .hasMessageContaining("line 7: egress.hosts.b.test: http://127.0.0.1/path (expected: ")
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID));
        assertThatThrownBy(() -> read("egress { hosts {")).hasMessageContaining("troupe.conf");
    }
}
