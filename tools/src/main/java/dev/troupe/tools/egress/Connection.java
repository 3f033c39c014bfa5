package dev.troupe.tools.egress;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a program's to the proxy, known to LittleProxy by the port that its far end has here. One request at a
 * time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails shows as the channel's end.
final class Connection {
    private final EgressRun run;
    private final Channel program;
    private final Target.@Nullable Tunnel tunnel;
    private volatile @Nullable Exchange exchange;
    private volatile Verdict.@Nullable Allowed route;

    Connection(EgressRun run, Channel program, Target.@Nullable Tunnel tunnel) {
        this.run = run;
        this.program = program;
        this.tunnel = tunnel;
        run.made(this);
    }

    EgressRun run() {
        return run;
    }

    Target.@Nullable Tunnel tunnel() {
        return tunnel;
    }

    /** Whether a request is still without its whole response: then no other one may begin. */
    boolean isBusy() {
        Exchange current = exchange;
        return current != null && !current.isOver();
    }

    void begin(Exchange next, Verdict.Allowed way) {
        exchange = next;
        route = way;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    Verdict.@Nullable Allowed route() {
        return route;
    }

    /** Breaks it off, so that the program notices. */
    void close() {
        program.close();
    }

    /** It is gone. */
    void closed() {
        Exchange current = exchange;
        if (current != null) {
            current.end();
        }
        run.gone(this);
    }
}
