package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.troupe.runtime.telemetry.Tracing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exporter really sends: to a collector of the test's own. */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir
    Path folder;

    @Test
    void spans_goToTheCollectorThatTheEnvironmentNames_withNothingThatWasSaid() throws Exception {
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            sent.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
        ServeSettings settings = new ServeSettings("127.0.0.1", 0, List.of(), ServeSettings.Limits.USUAL);
        try (Tracing tracing = Tracing.of(environment);
                Served served = Served.open(folder, settings, tracing)) {
            served.model.says(Upstream.program("print('ANSWER:', 123 * 456)"));
            assertThat(served.post(
                                    "/v1/chat/completions",
                                    Served.chat("How much is the secret product?"),
                                    "traceparent",
                                    "00-" + TRACE + "-b7ad6b7169203331-01")
                            .status())
                    .isEqualTo(200);
        } finally {
            collector.stop(0);
        }
        // Strings stand as they are in protocol buffers, and so do the bytes of ids.
        String all = sent.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
        assertThat(all)
                .contains(
                        "POST /v1/chat/completions",
                        "invoke_agent adder",
                        "chat gpt-5-mini",
                        "execute_tool python",
                        "gen_ai.usage.input_tokens",
                        "service.name",
                        "troupe",
                        new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret product", "123 * 456", "56088");
    }

    @Test
    void nothingIsTraced_unlessSomethingIsNamed() {
        assertThat(Tracing.of(Map.of())).isSameAs(Tracing.NONE);
        assertThat(Tracing.of(Map.of("OTEL_TRACES_EXPORTER", "none", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://x")))
                .isSameAs(Tracing.NONE);
        assertThat(Tracing.of(Map.of("OTEL_SDK_DISABLED", "true", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://x")))
                .isSameAs(Tracing.NONE);
    }
}
