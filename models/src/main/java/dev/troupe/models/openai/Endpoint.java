package dev.troupe.models.openai;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** One server: its connections and whether it is worth asking. */
final class Endpoint implements AutoCloseable {
    /** Attempts over which the share of failures is taken; with fewer than the half, none is judged. */
    private static final int WINDOW = 20;

    private final URI completions;
    private final HttpClient client;
    private final CircuitBreaker breaker;
    private final String shown;

    Endpoint(URI address, Duration connectTimeout, Duration breakerPause) {
        String base = address.toString();
        completions = URI.create((base.endsWith("/") ? base : base + "/") + "chat/completions");
        shown = address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                // A redirect would carry the key to another host.
                .followRedirects(HttpClient.Redirect.NEVER)
                // Without TLS, HTTP/2 begins with an upgrade that small servers stumble over.
                .version("https".equals(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        ProxySelector proxies = ProxySelector.getDefault();
        client = proxies == null ? builder.build() : builder.proxy(proxies).build();
        breaker = CircuitBreaker.of(
                shown,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, WINDOW / 2, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(breakerPause)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }

    URI completions() {
        return completions;
    }

    HttpClient client() {
        return client;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** Scheme, host and port, without anything that may be secret. */
    String shown() {
        return shown;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
