package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.local.worker.WorkerReply;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The replies to one request, for the thread that waits for them. It holds at most the tokens of one answer, which the
 * context bounds.
 */
final class Mailbox implements AutoCloseable {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CallContext context;
    private final Runnable unregister;
    private final Cancellation.Registration registration;

    Mailbox(CallContext context, Runnable unregister) {
        this.context = context;
        this.unregister = unregister;
        this.registration = context.cancellation().onCancel(() -> events.add(new Event(null, false)));
    }

    /**
     * What can be in it.
     *
     * @param reply null for something else than a reply
     * @param gone whether the process has ended
     */
    private record Event(@Nullable WorkerReply reply, boolean gone) {}

    void put(WorkerReply reply) {
        events.add(new Event(reply, false));
    }

    void gone() {
        events.add(new Event(null, true));
    }

    /** The next reply, or null when the process has ended. Waits as long as the call may. */
    @Nullable
    WorkerReply take() {
        while (true) {
            context.check();
            Event event = poll(context.deadline().remaining().toNanos() + 1);
            if (event != null && (event.gone() || event.reply() != null)) {
                return event.reply();
            }
        }
    }

    /** Throws away what comes until the request has ended. True when it did so within {@code millis}. */
    boolean drain(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Event event = poll(left);
            if (event != null
                    && (event.gone()
                            || event.reply() instanceof WorkerReply.Done
                            || event.reply() instanceof WorkerReply.Refused)) {
                return true;
            }
        }
    }

    private @Nullable Event poll(long nanos) {
        try {
            return events.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        }
    }

    @Override
    public void close() {
        registration.close();
        unregister.run();
    }
}
