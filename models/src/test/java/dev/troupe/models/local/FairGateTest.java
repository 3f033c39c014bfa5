package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FairGateTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void enter_tenantsWaiting_takeTurns() throws Exception {
        FairGate gate = new FairGate("model x", 10);
        FairGate.Pass pass = gate.enter(context("first"));
        List<Thread> threads = List.of(
                enter(gate, "a", 1),
                enter(gate, "a", 2),
                enter(gate, "a", 3),
                enter(gate, "b", 4),
                enter(gate, "c", 5));

        pass.close();
        for (Thread thread : threads) {
            assertThat(thread.join(BOUND)).isTrue();
        }

        // a came with three before b and c came with one each: a waits for nobody, then everybody has a turn.
        assertThat(order).containsExactly("a", "b", "c", "a", "a");
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void enter_queueFull_isOverloadedAndLaterWorks() {
        FairGate gate = new FairGate("model x", 0);
        FairGate.Pass pass = gate.enter(context("a"));

        assertThatThrownBy(() -> gate.enter(context("b"))).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(e).hasMessage("queue of model x: 1 waiting (expected: at most 0)");
        });

        pass.close();
        gate.enter(context("b")).close();
    }

    @Test
    void enter_deadlinePasses_leavesTheQueue() {
        FairGate gate = new FairGate("model x", 1);
        FairGate.Pass pass = gate.enter(context("a"));
        CallContext hurried = new CallContext("t", "b", Deadline.after(Duration.ofMillis(20)), new Cancellation());

        assertThatThrownBy(() -> gate.enter(hurried))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));

        assertThat(gate.waiting()).isZero();
        pass.close();
        gate.enter(context("c")).close();
    }

    @Test
    void enter_cancelledWhileWaiting_leavesTheQueue() throws Exception {
        FairGate gate = new FairGate("model x", 1);
        FairGate.Pass pass = gate.enter(context("a"));
        CallContext cancelled = context("b");
        Thread canceller = Thread.ofVirtual().start(() -> {
            Await.until("waiting", BOUND, () -> gate.waiting() == 1);
            cancelled.cancellation().cancel("by the test");
        });

        assertThatThrownBy(() -> gate.enter(cancelled))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));

        canceller.join();
        assertThat(gate.waiting()).isZero();
        pass.close();
        gate.enter(context("c")).close();
    }

    private Thread enter(FairGate gate, String tenant, int waitingThen) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try (FairGate.Pass pass = gate.enter(context(tenant))) {
                order.add(tenant);
            }
        });
        Await.until("in the queue", BOUND, () -> gate.waiting() == waitingThen);
        return thread;
    }

    private static CallContext context(String tenant) {
        return new CallContext("t", tenant, Deadline.after(BOUND), new Cancellation());
    }
}
