package dev.troupe.tools.egress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One request that was let through, until its response is whole. Counted once. */
final class Exchange {
    private final CallLog log;
    private final Target target;
    private final long start = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private volatile long sent;
    private volatile boolean answered;
    private volatile @Nullable String trouble;
    private boolean over;

    Exchange(CallLog log, Target target) {
        this.log = log;
        this.target = target;
    }

    Target target() {
        return target;
    }

    void sent(long bytes) {
        sent = bytes;
    }

    /** Counts a piece of the response's body and gives what there is by now. */
    long received(long bytes) {
        return received.addAndGet(bytes);
    }

    /** The server has begun to answer. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Why there is no answer, in words that hold no secret. */
    void trouble(String why) {
        trouble = why;
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** The response went out, or never will. */
    synchronized void end() {
        if (!over) {
            over = true;
            log.called(target.host(), sent, received.get(), Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
