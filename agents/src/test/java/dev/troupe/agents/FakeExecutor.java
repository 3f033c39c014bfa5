package dev.troupe.agents;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs programs of one line: {@code print X} prints X, {@code fail X} prints X and ends with 1, {@code wait} ends when it
 * is cancelled, {@code broken} cannot be parsed.
 */
final class FakeExecutor implements CodeExecutor {
    final Semaphore begun = new Semaphore(0);

    @Override
    public boolean supports(String language) {
        return language.equals("python");
    }

    @Override
    public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
        begun.release();
        if (request.source().equals("broken")) {
            String error = "SyntaxError: broken";
            return new CodeResult(2, error, CodeResult.End.UNPARSEABLE, Duration.ofMillis(1), List.of());
        }
        String[] words = request.source().split(" ", 2);
        if (words[0].equals("wait")) {
            awaitCancellation(context);
        }
        String output = words.length > 1 ? words[1] + "\n" : "";
        onOutput.accept(output);
        return new CodeResult(
                words[0].equals("fail") ? 1 : 0,
                output,
                CodeResult.End.EXITED,
                Duration.ofMillis(1),
                List.of(request.workFolder().resolve("chart.png")));
    }

    private static void awaitCancellation(CallContext context) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var registration = context.cancellation().onCancel(cancelled::countDown)) {
            cancelled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TroupeException(ErrorCode.CANCELLED, "cancelled: in the sandbox", null);
    }

    @Override
    public void close() {}
}
