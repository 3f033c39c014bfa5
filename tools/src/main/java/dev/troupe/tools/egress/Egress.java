package dev.troupe.tools.egress;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.littleshoot.proxy.impl.ThreadPoolConfiguration;

/** The proxy of a team. Thread-safe; whoever opened it closes it. */
public final class Egress implements AutoCloseable {
    private static final int TASKS_KEPT = 10_000;
    /** How long closing waits for connections to end. */
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private final EgressConfig config;
    private final StandIns standIns;
    private final Front front;
    private final Traffic traffic = new Traffic();
    private final HttpProxyServer proxy;
    private final Map<String, AtomicInteger> callsOfTasks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AtomicInteger> eldest) {
            return size() > TASKS_KEPT;
        }
    };

    private Egress(EgressConfig config, CertificateAuthority authority, StandIns standIns, Outside outside) {
        this.config = config;
        this.standIns = standIns;
        this.front = new Front(authority);
        this.proxy = start(outside);
        front.proxyAt(proxy.getListenAddress());
    }

    /** What the proxy meets outside: names and certificates. */
    record Outside(Gate.Resolver resolver, SSLContext trust) {
        static Outside real() {
            try {
                return new Outside(InetAddress::getAllByName, SSLContext.getDefault());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("no TLS", e);
            }
        }
    }

    /**
     * Starts it, and makes this machine's certificate authority when there is none.
     *
     * @throws TroupeException {@code STORAGE} when its folder cannot be used
     */
    public static Egress open(EgressConfig config) {
        return open(config, Outside.real());
    }

    static Egress open(EgressConfig config, Outside outside) {
        try {
            return new Egress(
                    config,
                    CertificateAuthority.open(config.folder(), Clock.systemUTC()),
                    StandIns.open(config.folder()),
                    outside);
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "the proxy's folder " + config.folder() + " cannot be used: " + e.getMessage(),
                    null,
                    e);
        }
    }

    /** The certificate that programs have to trust, in PEM. */
    public String certificate() {
        return front.authority().pem();
    }

    /**
     * Opens the proxy for one run.
     *
     * @param task whose calls are counted together
     * @param conversation whose stand-ins stay the same
     * @param socket where the socket is to be; its folder is this user's alone
     */
    public EgressRun begin(String task, String conversation, Path socket) throws IOException {
        AtomicInteger calls;
        synchronized (callsOfTasks) {
            calls = callsOfTasks.computeIfAbsent(task, key -> new AtomicInteger());
        }
        EgressRun run = new EgressRun(
                socket,
                config.secrets(),
                standIns.of(conversation, config.secrets()),
                calls,
                config.limits().calls());
        run.listening(front.listen(socket, run));
        return run;
    }

    @Override
    public void close() {
        // What is still open ends at this side first: LittleProxy then has the less to complain of.
        front.close();
        traffic.await(LAST_WORDS);
        proxy.abort();
    }

    /** Where LittleProxy listens, for tests of who may use it. */
    InetSocketAddress port() {
        return proxy.getListenAddress();
    }

    private HttpProxyServer start(Outside outside) {
        EgressLimits limits = config.limits();
        Gate gate = new Gate(config, outside.resolver(), System::nanoTime);
        return DefaultHttpProxyServer.bootstrap()
                .withName("egress")
                .withProxyAlias("troupe")
                .withAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withAllowLocalOnly(true)
                .withAllowRequestToOriginServer(true)
                .withConnectTimeout((int) limits.connect().toMillis())
                .withIdleConnectionTimeout(limits.idle())
                .withThreadPoolConfiguration(new ThreadPoolConfiguration()
                        .withAcceptorThreads(1)
                        .withClientToProxyWorkerThreads(4)
                        .withProxyToServerWorkerThreads(2))
                .plusActivityTracker(traffic)
                .withFiltersSource(new Filters(gate))
                .withChainProxyManager((request, upstreams, client) -> {
                    Connection from = front.connection(client.getClientAddress());
                    Verdict.Allowed route = from == null ? null : from.route();
                    Exchange exchange = from == null ? null : from.exchange();
                    if (route != null && exchange != null) {
                        route.addresses()
                                .forEach(address ->
                                        upstreams.add(new Upstream(address, route.tls(), outside.trust(), exchange)));
                    }
                })
                .start();
    }

    /** Makes the filters of each request, and has its body collected before they see it. */
    private final class Filters extends HttpFiltersSourceAdapter {
        private final Gate gate;

        Filters(Gate gate) {
            this.gate = gate;
        }

        @Override
        public HttpFilters filterRequest(HttpRequest request, @Nullable ChannelHandlerContext client) {
            InetSocketAddress from =
                    client == null ? null : (InetSocketAddress) client.channel().remoteAddress();
            return new ProxyFilters(request, client, front.connection(from), gate, config.limits());
        }

        @Override
        public int getMaximumRequestBufferSizeInBytes() {
            return config.limits().request();
        }
    }
}
