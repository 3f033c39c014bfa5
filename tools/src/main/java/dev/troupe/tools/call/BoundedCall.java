package dev.troupe.tools.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.ToolResult.Problem;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one tool within its limits. Each call has a platform thread: foreign code may block or compute as it likes. A
 * thread that goes on after it was interrupted keeps its place, so that a tool that hangs can take its places and no more.
 */
final class BoundedCall {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedCall.class);

    private final Tool tool;
    private final CallLimits limits;
    private final Semaphore places;

    BoundedCall(Tool tool) {
        this.tool = tool;
        this.limits = tool.limits();
        this.places = new Semaphore(limits.atOnce());
    }

    /**
     * The tool's result, or a failed one where the tool is to blame.
     *
     * @throws TroupeException {@code CANCELLED} or {@code TIMEOUT} where the task is over
     */
    ToolResult call(ObjectNode arguments, CallContext context) {
        context.check();
        CallContext own = context.within(limits.time());
        if (!place(own)) {
            context.check();
            return ToolResult.failed(
                    Problem.BUSY,
                    tool.spec().name() + ": " + limits.atOnce() + " calls are still running (expected: fewer)");
        }
        CompletableFuture<ToolResult> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("tool-" + tool.spec().name())
                .unstarted(() -> run(arguments, own, result));
        try (Cancellation.Registration ignored = context.cancellation().onCancel(() -> result.cancel(false))) {
            thread.start();
            return bounded(await(result, own.deadline().remaining(), context));
        } finally {
            if (!result.isDone() || result.isCancelled() || result.isCompletedExceptionally()) {
                thread.interrupt();
            }
        }
    }

    private boolean place(CallContext own) {
        try {
            return places.tryAcquire(own.deadline().remaining().toMillis() / 4, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run(ObjectNode arguments, CallContext own, CompletableFuture<ToolResult> result) {
        try {
            result.complete(tool.call(arguments, own));
        } catch (InterruptedException e) {
            result.complete(ToolResult.failed(Problem.FAILED, tool.spec().name() + ": interrupted"));
        } catch (Throwable e) {
            result.completeExceptionally(e);
        } finally {
            places.release();
        }
    }

    private ToolResult await(CompletableFuture<ToolResult> result, Duration time, CallContext context) {
        try {
            return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            context.check();
            return ToolResult.failed(
                    Problem.TIMED_OUT,
                    tool.spec().name() + ": no result after " + limits.time().toMillis() + " ms");
        } catch (CancellationException e) {
            context.check();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ToolResult.failed(Problem.FAILED, tool.spec().name() + ": interrupted");
        } catch (ExecutionException e) {
            context.check();
            LOG.warn("tool {} failed", tool.spec().name(), e.getCause());
            return ToolResult.failed(Problem.FAILED, tool.spec().name() + ": " + e.getCause());
        }
    }

    private ToolResult bounded(ToolResult result) {
        int length = result.text().length();
        return length <= limits.output()
                ? result
                : ToolResult.failed(
                        Problem.TOO_LARGE,
                        "%s: a result of %d characters (expected: at most %d)"
                                .formatted(tool.spec().name(), length, limits.output()));
    }
}
