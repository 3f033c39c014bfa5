package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C (or SIGTERM) does: it cancels the command, leaves it a moment to end what it started, and ends the process
 * in any case. The exit code is 128 plus the signal, as shells expect: 130 for Ctrl-C.
 */
final class Interrupts {
    /** Under the two seconds that a person is asked to wait; sandboxes and model processes end with this process. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interrupts() {}

    static Interrupts install() {
        Interrupts interrupts = new Interrupts();
        Runtime.getRuntime().addShutdownHook(new Thread(interrupts::shutDown, "interrupt"));
        return interrupts;
    }

    /** The process's own; every call of a model or a tool gets it. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Ends the process; with the signal's code when one came. */
    void exit(int code) {
        ended.countDown();
        System.exit(code);
    }

    private void shutDown() {
        if (ended.getCount() == 0) {
            return;
        }
        cancellation.cancel("interrupted");
        boolean inTime = false;
        try {
            inTime = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            Runtime.getRuntime().halt(ErrorCode.CANCELLED.exitCode());
        }
    }
}
