package dev.troupe.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NativeThreadsTest {
    private final NativeThreads threads = new NativeThreads(2);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        threads.close();
    }

    @Test
    void runs_neverComputeOnMoreThreadsThanTheBudget() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(threads.submit(() -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        return now.decrementAndGet();
                    })
                    .result());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void runsThatHang_leaveRoomForOthers_whenTheyAreGivenUp() throws Exception {
        NativeThreads.Run<Boolean> first = hang();
        NativeThreads.Run<Boolean> second = hang();
        first.abandon();
        second.abandon();
        assertThat(threads.submit(() -> 7).result().get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(threads.lost()).isEqualTo(2);
    }

    @Test
    void whenAsManyHangAsMayBeReplaced_workIsRefused() throws Exception {
        for (int i = 0; i < 4; i++) {
            hang().abandon();
        }
        assertThatThrownBy(() -> threads.submit(() -> 7))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    @Test
    void whatARunBringsAfterItWasGivenUp_isClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        NativeThreads.Run<AutoCloseable> run = threads.submit(() -> {
            begun.countDown();
            release.await();
            return closed::countDown;
        });
        begun.await();
        run.abandon();
        release.countDown();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private NativeThreads.Run<Boolean> hang() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        NativeThreads.Run<Boolean> run = threads.submit(() -> {
            begun.countDown();
            release.await();
            return true;
        });
        begun.await();
        return run;
    }
}
