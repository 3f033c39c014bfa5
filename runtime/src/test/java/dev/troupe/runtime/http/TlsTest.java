package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.host.TlsFiles;
import dev.troupe.runtime.telemetry.Tracing;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    Path folder;

    private record Pair(X509Certificate certificate, KeyPair keys) {}

    private static Pair pair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=troupe");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        var signer = new JcaContentSignerBuilder(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                .build(keys.getPrivate());
        return new Pair(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
    }

    private Path pem(String name, Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void server_isReachedOverTls_withFilesInPem(String algorithm) throws Exception {
        Pair pair = pair(algorithm);
        // As openssl writes keys now, and as it did before.
        Object key = algorithm.equals("EC")
                ? new JcaPKCS8Generator(pair.keys().getPrivate(), null)
                : pair.keys().getPrivate();
        TlsFiles files = new TlsFiles(pem("server.pem", pair.certificate()), pem("server.key", key));
        ServeSettings settings =
                new ServeSettings("127.0.0.1", 0, List.of(), ServeSettings.Limits.USUAL, files, List.of());
        try (Served served = Served.open(folder, settings, Tracing.NONE);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(pair.certificate()))
                        .build()) {
            assertThat(served.server.url()).startsWith("https://127.0.0.1:");
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(served.server.url() + "/v1/models"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("adder");
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void filesThatCannotBeUsed_areNamed() throws Exception {
        Pair one = pair("EC");
        Path certificate = pem("server.pem", one.certificate());
        Path key = pem("server.key", new JcaPKCS8Generator(one.keys().getPrivate(), null));
        Path other = pem("other.key", new JcaPKCS8Generator(pair("EC").keys().getPrivate(), null));
        Path text = Files.writeString(folder.resolve("text.pem"), "no PEM at all");
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), Files.readString(certificate).replaceFirst("MII", "!!!"));
        refused(
                folder.resolve("none.pem"),
                key,
                "serve.tls.certificate: " + folder.resolve("none.pem") + ": not there");
        refused(text, key, "text.pem: no certificate (expected: a file with -----BEGIN CERTIFICATE-----)");
        refused(damaged, key, "damaged.pem: ");
        refused(certificate, text, "serve.tls.key: " + text + ": no private key without a password");
        refused(certificate, other, "other.key: of another certificate (expected: the key of " + certificate + ")");
    }

    private static void refused(Path certificate, Path key, String message) {
        assertThatThrownBy(() -> new ServeSettings(
                        "127.0.0.1",
                        0,
                        List.of(),
                        ServeSettings.Limits.USUAL,
                        new TlsFiles(certificate, key),
                        List.of()))
                .hasMessageContaining(message);
    }
}
