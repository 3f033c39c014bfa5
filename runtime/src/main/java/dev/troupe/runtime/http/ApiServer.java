package dev.troupe.runtime.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.host.TlsFiles;
import dev.troupe.runtime.telemetry.Tracing;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A team that is served over HTTP. Thread-safe; whoever started it closes it, before the team. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration BIND_WAIT = Duration.ofSeconds(10);
    /** For tasks that are cancelled: their end is stored. */
    private static final Duration CANCEL_WAIT = Duration.ofSeconds(5);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    /**
     * Time is bounded by {@link Connection}, {@link Bodies} and the tasks themselves: Pekko's own limits know no
     * difference between a client that sends nothing and one that waits for an answer.
     */
    private static final Config PEKKO =
            ConfigFactory.parseString("""
            server-header = ""
            idle-timeout = infinite
            request-timeout = infinite
            max-connections = 4096
            pipelining-limit = %d
            parsing.max-content-length = infinite
            parsing.illegal-header-warnings = off
            """.formatted(Connection.PIPELINED)).atPath("pekko.http.server");

    private final Api api;
    private final ServeSettings settings;
    private final ServerBinding binding;

    private ApiServer(Api api, ServeSettings settings, ServerBinding binding) {
        this.api = api;
        this.settings = settings;
        this.binding = binding;
    }

    /** @throws TroupeException {@code INPUT_INVALID} when the port is taken or cannot be listened on */
    public static ApiServer start(TeamHost host, ServeSettings settings) {
        return start(host, settings, Tracing.NONE);
    }

    /**
     * As {@link #start(TeamHost, ServeSettings)}, with traces.
     *
     * @param tracing where they go; it outlives the server
     */
    public static ApiServer start(TeamHost host, ServeSettings settings, Tracing tracing) {
        ActorSystem<?> system = host.team().system();
        Api api = new Api(host, settings, tracing);
        try {
            ServerBuilder server = Http.get(system).newServerAt(settings.host(), settings.port());
            TlsFiles tls = settings.tls();
            ServerBinding binding = (tls == null
                            ? server
                            : server.enableHttps(ConnectionContext.httpsServer(Tls.context(tls))))
                    .withSettings(ServerSettings.create(
                            PEKKO.withFallback(system.settings().config())))
                    .bindFlow(Connection.flow(system, settings.limits().quiet(), api))
                    .toCompletableFuture()
                    .get(BIND_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return new ApiServer(api, settings, binding);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "address: %s:%d cannot be listened on (expected: a free port of this machine)"
                            .formatted(settings.host(), settings.port()),
                    "another program may have the port: choose one with --port, or 0 for any",
                    e);
        }
    }

    private InetSocketAddress address() {
        return binding.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    /** Where it is reached: {@code http://127.0.0.1:8080}. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return (settings.tls() == null ? "http://" : "https://") + host + ":" + port();
    }

    /** What is served. */
    List<Route> routes() {
        return api.routes();
    }

    /** The ids of the tasks that are being worked on. */
    Set<String> running() {
        return api.running();
    }

    /**
     * Takes no more work, and waits until what is worked on is answered.
     *
     * @param grace after that what is left is cancelled, and its clients are told
     */
    public void drain(Duration grace) {
        api.gate().close();
        try {
            if (!api.gate().awaitEmpty(grace.toNanos())) {
                api.cancelAll("the server is shutting down");
                api.gate().awaitEmpty(CANCEL_WAIT.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        api.gate().close();
        try {
            binding.terminate(CLOSE_WAIT)
                    .toCompletableFuture()
                    .get(CLOSE_WAIT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the server did not end in order", e);
        }
    }
}
