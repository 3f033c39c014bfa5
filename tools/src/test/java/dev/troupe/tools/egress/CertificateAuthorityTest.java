package dev.troupe.tools.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-25T03:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temporary;

    @Test
    void authority_madeOnce_staysTheSame_andItsFilesAreTheOwnersAlone() throws IOException {
        Path folder = temporary.resolve("egress");
        CertificateAuthority first = CertificateAuthority.open(folder, NOW);
        assertThat(CertificateAuthority.open(folder, NOW).pem()).isEqualTo(first.pem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        for (String name : List.of("ca.key", "ca.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void authority_whoseKeyOthersCouldRead_isMadeAnew() throws IOException {
        Path folder = temporary.resolve("egress");
        CertificateAuthority first = CertificateAuthority.open(folder, NOW);
        Files.setPosixFilePermissions(folder.resolve("ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(CertificateAuthority.open(folder, NOW).pem()).isNotEqualTo(first.pem());
    }

    @Test
    void authority_damagedOrAboutToEnd_isMadeAnew() throws IOException {
        Path folder = temporary.resolve("egress");
        CertificateAuthority first = CertificateAuthority.open(folder, NOW);
        CertificateAuthority later = CertificateAuthority.open(folder, Clock.offset(NOW, Duration.ofDays(3_640)));
        assertThat(later.pem()).isNotEqualTo(first.pem());
        Files.writeString(folder.resolve("ca.key"), "no key");
        assertThat(CertificateAuthority.open(folder, NOW).pem()).isNotEqualTo(later.pem());
    }

    @Test
    void identity_ofAHost_isSignedByTheAuthority_forThatNameAlone_andKept()
            throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.open(temporary.resolve("egress"), NOW);
        CertificateAuthority.Identity identity = authority.identity("api.weather.test");
        identity.leaf().verify(identity.authority().getPublicKey());
        assertThat(identity.leaf().getSubjectAlternativeNames()).containsExactly(List.of(2, "api.weather.test"));
        assertThat(identity.leaf().getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.identity("api.weather.test").leaf()).isSameAs(identity.leaf());
        assertThat(authority.identity("127.0.0.1").leaf().getSubjectAlternativeNames())
                .containsExactly(List.of(7, "127.0.0.1"));
    }
}
