package dev.troupe.models.openai;

import dev.troupe.models.chat.ChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Opens models behind OpenAI-compatible endpoints. Models of one endpoint share its connections and its circuit
 * breaker, so that what one learns of an outage spares the others. Thread-safe; closing it ends all calls of its models.
 */
public final class OpenAiProvider implements AutoCloseable {
    private final Map<Key, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private final Duration breakerPause;

    public OpenAiProvider() {
        this(Duration.ofSeconds(15));
    }

    /** @param breakerPause how long an endpoint that keeps failing is left alone */
    OpenAiProvider(Duration breakerPause) {
        this.breakerPause = breakerPause;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("openai-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A model with its own limits. Closing it leaves the endpoint open for the others. */
    public ChatModel open(OpenAiSettings settings) {
        Key key = new Key(settings.endpoint(), settings.timeouts().connect());
        Endpoint endpoint = endpoints.computeIfAbsent(
                key, ignored -> new Endpoint(key.address(), key.connectTimeout(), breakerPause));
        return new OpenAiChatModel(settings, endpoint, timer);
    }

    @Override
    public void close() {
        endpoints.values().forEach(Endpoint::close);
        timer.shutdownNow();
    }

    private record Key(URI address, Duration connectTimeout) {}
}
