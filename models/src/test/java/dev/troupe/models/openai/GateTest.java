package dev.troupe.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GateTest {
    private final Gate gate = new Gate("m", 1, 3);

    @Test
    void enter_full_letsOthersInInOrder() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        gate.enter(context());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                int number = i;
                threads.submit(() -> {
                    gate.enter(context());
                    order.add(number);
                    gate.leave();
                });
                awaitWaiting(i + 1);
            }
            assertThatThrownBy(() -> gate.enter(context()))
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED))
                    .hasMessage("model m: 3 calls waiting (expected: fewer)");
            gate.leave();
        }
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void enter_cancelledOrTooLate_givesItsPlaceBack() throws Exception {
        gate.enter(context());
        CallContext cancelled = context();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waits = threads.submit(() -> gate.enter(cancelled));
            awaitWaiting(1);
            cancelled.cancellation().cancel("no more");
            assertThatThrownBy(waits::get).hasRootCauseMessage("cancelled: no more");
        }
        CallContext late = new CallContext("t", "local", Deadline.after(Duration.ofMillis(20)), new Cancellation());
        assertThatThrownBy(() -> gate.enter(late))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(gate.waiting()).isZero();
        gate.leave();
        gate.enter(context());
    }

    private void awaitWaiting(int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (gate.waiting() != count) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(100_000);
        }
    }

    private static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(15));
    }
}
