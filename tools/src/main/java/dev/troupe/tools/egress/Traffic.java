package dev.troupe.tools.egress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.ActivityTrackerAdapter;
import org.littleshoot.proxy.FlowContext;
import org.littleshoot.proxy.FullFlowContext;

/** How many connections LittleProxy has, so that it can be closed when they are. */
final class Traffic extends ActivityTrackerAdapter {
    private static final long LOOK_NANOS = 1_000_000;

    private final AtomicInteger open = new AtomicInteger();

    @Override
    public void clientConnected(FlowContext flow) {
        open.incrementAndGet();
    }

    @Override
    public void clientDisconnected(FlowContext flow, @Nullable SSLSession session) {
        open.decrementAndGet();
    }

    @Override
    public void serverConnected(FullFlowContext flow, InetSocketAddress server) {
        open.incrementAndGet();
    }

    @Override
    public void serverDisconnected(FullFlowContext flow, InetSocketAddress server) {
        open.decrementAndGet();
    }

    /** Waits until there are none, but not longer than that. */
    void await(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        while (open.get() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
