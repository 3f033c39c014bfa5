package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.http.Served.Reply;
import dev.troupe.runtime.telemetry.Tracing;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorsTest {
    private static final String APP = "https://app.example.com";

    @TempDir
    static Path folder;

    @TempDir
    static Path closedFolder;

    private static Served open;
    private static Served closed;

    @BeforeAll
    static void open() throws IOException {
        open = Served.open(
                folder,
                new ServeSettings("127.0.0.1", 0, List.of(), ServeSettings.Limits.USUAL, null, List.of(APP)),
                Tracing.NONE);
        closed = Served.open(closedFolder);
    }

    @AfterAll
    static void close() {
        open.close();
        closed.close();
    }

    private static Reply preflight(Served served, String origin) throws Exception {
        return served.send(served.request(
                        "/v1/chat/completions",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization, content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    @Test
    void pageOfAConfiguredOrigin_mayAsk() throws Exception {
        Reply asked = preflight(open, APP);
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains(APP);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers")).contains("authorization, content-type");
        Reply models = open.get("/v1/models", "Origin", APP);
        assertThat(models.headers().firstValue("Access-Control-Allow-Origin")).contains(APP);
        assertThat(models.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("X-Troupe-Task");
        assertThat(models.headers().firstValue("Vary")).contains("Origin");
        assertThat(models.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
        assertThat(models.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void otherPages_mayNot() throws Exception {
        Reply asked = preflight(open, "https://app.example.com.evil.test");
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.code()).isEqualTo("origin_not_allowed");
        Reply models = open.get("/v1/models", "Origin", "null");
        assertThat(models.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(models.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @Test
    void withoutConfiguration_noOtherPageMay() throws Exception {
        assertThat(preflight(closed, APP).status()).isEqualTo(405);
        Reply models = closed.get("/v1/models", "Origin", APP);
        assertThat(models.headers().map().keySet().stream()
                        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control")))
                .isEmpty();
    }
}
