package dev.troupe.tools.egress;

import static dev.troupe.tools.egress.EgressFixture.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that speak TLS: their certificates are checked against the name that was asked for. */
class TlsUpstreamTest {
    @TempDir
    Path folder;

    private CertificateAuthority outside;

    @BeforeEach
    void authority() throws IOException {
        outside = CertificateAuthority.open(folder.resolve("outside"), Clock.systemUTC());
    }

    @Test
    void serverWithATrustedCertificate_isAsked() throws IOException, GeneralSecurityException {
        try (RawServer server = serverAs("localhost");
                EgressFixture fixture = open(server, trusting());
                ProxyClient client = fixture.client()) {
            assertThat(client.get("http://" + OTHER + "/x").body()).isEqualTo("fine");
            assertThat(client.get("http://" + OTHER + "/y").body()).isEqualTo("fine");
        }
    }

    @Test
    void serverWithAnothersCertificate_isNotAsked() throws IOException, GeneralSecurityException {
        try (RawServer server = serverAs("evil.test");
                EgressFixture fixture = open(server, trusting());
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.get("http://" + OTHER + "/x");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("no trusted TLS connection");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void serverThatNobodyVouchesFor_isNotAsked() throws IOException, GeneralSecurityException {
        try (RawServer server = serverAs("localhost");
                EgressFixture fixture = open(server, SSLContext.getDefault());
                ProxyClient client = fixture.client()) {
            ProxyClient.Answer answer = client.get("http://" + OTHER + "/x");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("no trusted TLS connection");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Timeout(20)
    void serverThatDoesNotKnowTheName_isGivenUp() throws IOException, GeneralSecurityException {
        try (RawServer server = serverAs("localhost", "other\\.example");
                EgressFixture fixture = open(server, trusting());
                ProxyClient client = fixture.client()) {
            assertThat(client.get("http://" + OTHER + "/x").status()).isEqualTo(502);
        }
    }

    private EgressFixture open(RawServer server, SSLContext trust) throws IOException {
        EgressConfig config = EgressFixture.with(
                EgressFixture.config(folder, server),
                List.of(new HostGrant(OTHER)),
                Map.of(OTHER, URI.create("https://localhost:" + server.port())));
        return EgressFixture.open(folder, config, Map.of(), trust);
    }

    private RawServer serverAs(String host) throws IOException, GeneralSecurityException {
        return serverAs(host, ".*");
    }

    private RawServer serverAs(String host, String names) throws IOException, GeneralSecurityException {
        CertificateAuthority.Identity identity = outside.identity(host);
        KeyStore store = empty();
        store.setKeyEntry(
                "host", identity.key(), new char[0], new Certificate[] {identity.leaf(), identity.authority()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return RawServer.start(context, names, (request, out) -> out.write(RawServer.ok("fine")));
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry("outside", outside.identity("localhost").authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
