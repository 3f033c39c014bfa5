package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A program that starts a local model, prints its process id, and waits to be killed. */
final class KilledParent {
    private KilledParent() {}

    /** @param arguments the folder for logs */
    public static void main(String[] arguments) throws InterruptedException {
        LocalChatModel model = LocalChatModel.open(SmallModel.options(Path.of(arguments[0])));
        model.warmUp(CallContext.standalone(Duration.ofMinutes(1)));
        System.out.println(Objects.requireNonNull(model.process()).pid());
        new CountDownLatch(1).await();
    }
}
