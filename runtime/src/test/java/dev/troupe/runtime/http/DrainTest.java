package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.http.Served.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    @TempDir
    Path folder;

    private static CompletableFuture<Reply> asked(Served served, String body) {
        return Served.meanwhile(() -> served.chatWith(body));
    }

    private static CompletableFuture<Void> draining(Served served, Duration grace) throws Exception {
        CompletableFuture<Void> drained = Served.meanwhile(() -> {
            served.server.drain(grace);
            return null;
        });
        while (served.get("/health/ready").status() == 200) {
            Thread.onSpinWait();
        }
        return drained;
    }

    @Test
    void drain_answersWhatRunsAndTakesNothingNew() throws Exception {
        try (Served served = Served.open(folder)) {
            served.model.hold();
            CompletableFuture<Reply> running = asked(served, Served.chat("Wait"));
            served.model.awaitAsked();
            CompletableFuture<Void> drained = draining(served, Duration.ofSeconds(20));
            Reply refused = served.chatWith(Served.chat("Too late"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("shutting_down");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(served.get("/health/live").status()).isEqualTo(200);
            assertThat(drained).isNotDone();
            served.model.release();
            assertThat(running.join().status()).as(running.join().text()).isEqualTo(200);
            drained.join();
        }
    }

    @Test
    void drain_whoseGraceIsOver_tellsTheRest() throws Exception {
        try (Served served = Served.open(folder)) {
            served.model.hold();
            CompletableFuture<Reply> whole = asked(served, Served.chat("Wait"));
            served.model.awaitAsked();
            served.model.hold();
            CompletableFuture<Reply> stream = asked(served, Served.streamed("Wait too"));
            served.model.awaitAsked();
            draining(served, Duration.ofMillis(100)).join();
            assertThat(whole.join().status()).isEqualTo(503);
            assertThat(whole.join().code()).isEqualTo("shutting_down");
            assertThat(stream.join().chunks().getLast().at("/error/code").asText())
                    .isEqualTo("shutting_down");
        }
    }
}
