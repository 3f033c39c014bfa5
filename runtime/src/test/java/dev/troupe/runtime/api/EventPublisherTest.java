package dev.troupe.runtime.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.TaskEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventPublisherTest {
    /** Asks for so many at first and for as many after each. */
    private static final class Collecting implements Flow.Subscriber<TaskEvent> {
        final List<TaskEvent> events = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        final CompletableFuture<TaskEvent> first = new CompletableFuture<>();
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final long atFirst;
        private final long afterEach;

        Collecting(long atFirst, long afterEach) {
            this.atFirst = atFirst;
            this.afterEach = afterEach;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            if (atFirst != 0) {
                given.request(atFirst);
            }
        }

        @Override
        public void onNext(TaskEvent event) {
            events.add(event);
            first.complete(event);
            if (afterEach > 0) {
                subscription.join().request(afterEach);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    @TempDir
    private Path folder;

    private Team open(OwnModel model) {
        return Team.builder("talk")
                .folder(folder)
                .model("small", model)
                .chat("talker", "small", "Talk.")
                .open(TeamOptions.usual()
                        .data(folder.resolve("data"))
                        .cache(folder.resolve("cache"))
                        .variable("XDG_CONFIG_HOME", folder.toString()));
    }

    private static void assertWhole(Collecting subscriber) throws Exception {
        subscriber.end.get(20, TimeUnit.SECONDS);
        assertThat(subscriber.events.stream().map(TaskEvent::number))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, subscriber.events.size())
                        .boxed()
                        .toList());
        assertThat(subscriber.events.getLast().what()).isInstanceOf(TaskEvent.Finished.class);
    }

    @Test
    void subscribers_earlyAndLate_getEveryEventFromTheFirst() throws Exception {
        try (Team team = open(OwnModel.saying("one\ntwo\nthree\nfour"))) {
            TeamTask task = team.ask("Count");
            Collecting early = new Collecting(Long.MAX_VALUE, 0);
            task.events().subscribe(early);
            task.join();
            Collecting late = new Collecting(1, 1);
            task.events().subscribe(late);
            assertWhole(early);
            assertWhole(late);
            assertThat(late.events).isEqualTo(early.events);
        }
    }

    @Test
    void subscriber_whoWantsTwo_getsTwo_untilItWantsMore() throws Exception {
        try (Team team = open(OwnModel.saying("one\ntwo\nthree\nfour"))) {
            TeamTask task = team.ask("Count");
            Collecting slow = new Collecting(2, 0);
            task.events().subscribe(slow);
            Collecting quick = new Collecting(Long.MAX_VALUE, 0);
            task.events().subscribe(quick);
            assertWhole(quick);
            assertThat(slow.events).hasSizeLessThanOrEqualTo(2);
            assertThat(slow.end).isNotDone();
            slow.subscription.join().request(Long.MAX_VALUE);
            assertWhole(slow);
            assertThat(slow.events).hasSizeGreaterThan(2);
        }
    }

    @Test
    void subscriber_whoCancels_getsNoMore() throws Exception {
        try (Team team = open(OwnModel.saying("one\ntwo\nthree"))) {
            TeamTask task = team.ask("Count");
            Collecting leaving = new Collecting(1, 0);
            task.events().subscribe(leaving);
            leaving.first.get(20, TimeUnit.SECONDS);
            leaving.subscription.join().cancel();
            leaving.subscription.join().request(100);
            task.join();
            assertThat(leaving.events).hasSize(1);
            assertThat(leaving.end).isNotDone();
        }
    }

    @Test
    void subscriber_whoAsksForNone_isTold() {
        try (Team team = open(OwnModel.saying("one"))) {
            Collecting wrong = new Collecting(-1, 0);
            team.ask("Count").events().subscribe(wrong);
            assertThat(wrong.end)
                    .failsWithin(java.time.Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalArgumentException.class)
                    .withMessageContaining("request: -1 (expected: 1 or more)");
        }
    }

    @Test
    void closedTeam_endsThoseWhoWait() throws Exception {
        OwnModel model = OwnModel.saying("one\ntwo");
        Team team = open(model);
        TeamTask task = team.ask("Count");
        task.join();
        Collecting waiting = new Collecting(1, 0);
        task.events().subscribe(waiting);
        waiting.first.get(20, TimeUnit.SECONDS);
        team.close();
        assertThat(waiting.end)
                .failsWithin(java.time.Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("team: closed");
    }
}
