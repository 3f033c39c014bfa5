package dev.troupe.models.openai;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits that a call's deadline and cancellation end. */
final class Pause {
    private Pause() {}

    /** @throws TroupeException {@code TIMEOUT} or {@code CANCELLED} */
    static void of(Duration time, CallContext context) {
        CompletableFuture<Void> over =
                new CompletableFuture<Void>().completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
        try (Cancellation.Registration ignored = context.cancellation().onCancel(() -> over.cancel(false))) {
            until(over, context);
        }
    }

    /** Waits for {@code turn}, which whoever cancels the call cancels. */
    static void until(CompletableFuture<Void> turn, CallContext context) {
        try {
            turn.get(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            context.check();
            throw new TroupeException(ErrorCode.TIMEOUT, "its time is used up", null, e);
        } catch (CancellationException e) {
            context.cancellation().throwIfCancelled();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
