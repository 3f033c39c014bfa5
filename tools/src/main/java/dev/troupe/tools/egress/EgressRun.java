package dev.troupe.tools.egress;

import dev.troupe.tools.code.HostCalls;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The proxy as one run of a program has it: a socket, stand-ins, and a count of what was done. Ends with the run. */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails shows as the channel's end.
public final class EgressRun implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 32;

    private final Path socket;
    private final Map<String, String> standIns;
    private final Swap swap;
    private final Scrubber scrubber;
    private final AtomicInteger calls;
    private final int mostCalls;
    private final CallLog log = new CallLog();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable Channel listener;
    private volatile boolean closed;

    EgressRun(
            Path socket, List<SecretGrant> secrets, Map<String, String> standIns, AtomicInteger calls, int mostCalls) {
        this.socket = socket;
        this.standIns = standIns;
        this.swap = new Swap(secrets, standIns);
        this.scrubber = Disguises.scrubber(swap.values());
        this.calls = calls;
        this.mostCalls = mostCalls;
    }

    /** The unix socket at which the proxy listens for this run alone. */
    public Path socket() {
        return socket;
    }

    /** The secrets' stand-ins by the environment variables that hold them. */
    public Map<String, String> standIns() {
        return standIns;
    }

    /** What was done so far, host by host. */
    public List<HostCalls> calls() {
        return log.hosts();
    }

    /** Why requests were refused: the first few reasons, each once. */
    public List<String> refusals() {
        return log.reasons();
    }

    /** What the newest responses are made of, without secrets: a line each, the newest last. */
    public List<String> responses() {
        return log.responses();
    }

    /** Breaks off what is under way, and counts it. */
    @Override
    public void close() {
        closed = true;
        Channel last = listener;
        if (last != null) {
            last.close().awaitUninterruptibly();
        }
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        connections.forEach(Connection::closed);
    }

    void made(Connection connection) {
        connections.add(connection);
    }

    void gone(Connection connection) {
        connections.remove(connection);
    }

    void listening(Channel channel) {
        listener = channel;
    }

    /** Takes a connection, unless there are too many. */
    boolean opened(Channel channel) {
        if (closed || open.size() >= MOST_CONNECTIONS) {
            return false;
        }
        open.add(channel);
        channel.closeFuture().addListener(future -> open.remove(channel));
        return true;
    }

    /** Counts a call of the task; what there is to say when there were too many. */
    Verdict.@Nullable Refused count() {
        return calls.incrementAndGet() <= mostCalls
                ? null
                : new Verdict.Refused(
                        429,
                        "network: more calls than a task may make (expected: at most " + mostCalls + ")",
                        "tools.python.limits.calls in the team file sets how many");
    }

    Swap swap() {
        return swap;
    }

    Scrubber scrubber() {
        return scrubber;
    }

    CallLog log() {
        return log;
    }
}
