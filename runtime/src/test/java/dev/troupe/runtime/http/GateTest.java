package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.host.AccessKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
    private final AtomicLong now = new AtomicLong();
    private final Gate gate = new Gate(
            new ServeSettings.Limits(
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    3,
                    2,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)),
            now::get);

    private static Caller caller(String name, Integer perMinute) {
        return new Caller(new AccessKey(name, "", List.of(), perMinute, null, false));
    }

    @Test
    void places_areBoundedForEachKeyAndInAll() {
        Gate.Place first = gate.enter(caller("a", null));
        gate.enter(caller("a", null));
        assertThatThrownBy(() -> gate.enter(caller("a", null)))
                .hasMessage("requests: 2 at once, 2 of them yours (expected: at most 3 and 2)");
        gate.enter(caller("b", null));
        assertThatThrownBy(() -> gate.enter(caller("c", null)))
                .hasMessage("requests: 3 at once, 0 of them yours (expected: at most 3 and 2)");
        first.close();
        first.close();
        assertThat(gate.working()).isEqualTo(2);
        gate.enter(caller("c", null)).close();
    }

    @Test
    void rate_fillsUpEvenly() {
        Caller caller = caller("a", 6);
        for (int i = 0; i < 6; i++) {
            gate.enter(caller).close();
        }
        // 6 a minute are one in 10 s.
        assertThatThrownBy(() -> gate.enter(caller)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(429);
            assertThat(e.headers()).containsEntry("Retry-After", "10");
        });
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        gate.enter(caller).close();
        assertThatThrownBy(() -> gate.enter(caller)).hasMessageContaining("too many in this minute");
    }

    @Test
    void closedGate_letsNobodyIn_andWaitsForTheLast() throws InterruptedException {
        Gate.Place place = gate.enter(Caller.LOCAL);
        gate.close();
        assertThatThrownBy(() -> gate.enter(Caller.LOCAL)).hasMessage("the server is shutting down");
        assertThat(gate.awaitEmpty(1)).isFalse();
        place.close();
        assertThat(gate.awaitEmpty(1)).isTrue();
    }
}
