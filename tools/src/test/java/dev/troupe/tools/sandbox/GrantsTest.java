package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
    @TempDir
    Path folder;

    private Path team;

    @BeforeEach
    void files() throws IOException {
        team = Files.createDirectories(folder.resolve("team"));
        Files.createDirectories(team.resolve("data/deep"));
        Files.writeString(team.resolve("data/deep/a.csv"), "1");
        Files.writeString(folder.resolve("outside.csv"), "2");
        Files.createSymbolicLink(team.resolve("out"), folder.resolve("outside.csv"));
        Files.createSymbolicLink(team.resolve("in"), Path.of("data/deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../outside.csv", "data/../../outside.csv", "/etc/passwd", "missing", "out"})
    void grant_notBelowTheTeamsFolder_isRefused(String file) {
        assertThatThrownBy(() -> Grants.check(team, List.of(Path.of(file))))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID))
                .hasMessage("tools.python.files: " + file + " (expected: a file or folder below the team's folder)");
    }

    @Test
    void grant_aLinkThatStaysInside_isGrantedUnderItsOwnName() throws IOException {
        assertThat(Grants.check(team, List.of(Path.of("in"))))
                .containsExactly(new Grants.Grant(team.toRealPath().resolve("data/deep"), Path.of("in")));
    }

    @Test
    void grants_oneWithinAnother_areOne() {
        for (List<Path> order : Stream.of("data/deep/a.csv data", "data data/deep/a.csv")
                .map(text -> Stream.of(text.split(" ")).map(Path::of).toList())
                .toList()) {
            assertThat(Grants.check(team, order))
                    .extracting(Grants.Grant::target)
                    .containsExactly(Path.of("data"));
        }
    }
}
