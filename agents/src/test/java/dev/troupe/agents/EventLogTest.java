package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.EventLog.Keep;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final Keep KEEP = new Keep(10, 10_000, Duration.ofMinutes(5));

    private final ActorRef<EventLog.Command> log = KIT.spawn(EventLog.create("t", KEEP, Clock.systemUTC()));
    private final TestProbe<EventStream.Signal> watcher = KIT.createTestProbe(EventStream.Signal.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void publish(int events) {
        for (int i = 0; i < events; i++) {
            log.tell(new EventLog.Publish(new TaskEvent.OutputChunk("x")));
        }
    }

    private ActorRef<EventStream.Demand> subscribe(TestProbe<EventStream.Signal> probe, long after) {
        log.tell(new EventLog.Subscribe(probe.ref(), after));
        return probe.expectMessageClass(EventStream.Subscribed.class).demand();
    }

    private static List<Long> numbers(EventStream.Delivered delivered) {
        return delivered.events().stream().map(TaskEvent::number).toList();
    }

    @Test
    void watcher_getsAsManyAsItAskedFor_andNoMore() {
        ActorRef<EventStream.Demand> demand = subscribe(watcher, 0);
        publish(5);
        watcher.expectNoMessage();
        demand.tell(new EventStream.Request(watcher.ref(), 2));
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(1L, 2L);
        watcher.expectNoMessage();
        demand.tell(new EventStream.Request(watcher.ref(), 5));
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(3L, 4L, 5L);
        // Two of the five wanted are still due.
        publish(3);
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(6L);
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(7L);
        watcher.expectNoMessage();
    }

    @Test
    void watcher_whoIsTooSlow_isToldWhatItMissed() {
        ActorRef<EventStream.Demand> demand = subscribe(watcher, 0);
        publish(25);
        demand.tell(new EventStream.Request(watcher.ref(), 100));
        // Ten of 25 are kept: 16 to 25.
        watcher.expectMessage(new EventStream.Missed("t", 1, 15));
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .hasSize(10)
                .startsWith(16L);
    }

    @Test
    void texts_thatAreLong_areKeptUpToTheirBound() {
        ActorRef<EventStream.Demand> demand = subscribe(watcher, 0);
        for (int i = 0; i < 3; i++) {
            log.tell(new EventLog.Publish(new TaskEvent.OutputChunk("x".repeat(6_000))));
        }
        demand.tell(new EventStream.Request(watcher.ref(), 100));
        watcher.expectMessage(new EventStream.Missed("t", 1, 2));
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(3L);
    }

    @Test
    void end_completesWhoHasEverything_andOthersWhenTheyHave() {
        ActorRef<EventStream.Demand> demand = subscribe(watcher, 0);
        TestProbe<EventStream.Signal> slow = KIT.createTestProbe(EventStream.Signal.class);
        ActorRef<EventStream.Demand> slowDemand = subscribe(slow, 0);
        publish(2);
        demand.tell(new EventStream.Request(watcher.ref(), 2));
        watcher.expectMessageClass(EventStream.Delivered.class);
        log.tell(new EventLog.End());
        watcher.expectMessage(new EventStream.Completed("t"));
        slow.expectNoMessage();
        slowDemand.tell(new EventStream.Request(slow.ref(), 9));
        slow.expectMessageClass(EventStream.Delivered.class);
        slow.expectMessage(new EventStream.Completed("t"));
    }

    @Test
    void watcher_whoComesBackAfterTheEnd_getsTheRest_untilItIsForgotten() {
        publish(4);
        log.tell(new EventLog.End());
        ActorRef<EventStream.Demand> demand = subscribe(watcher, 2);
        demand.tell(new EventStream.Request(watcher.ref(), 9));
        assertThat(numbers(watcher.expectMessageClass(EventStream.Delivered.class)))
                .containsExactly(3L, 4L);
        watcher.expectMessage(new EventStream.Completed("t"));
        ManualTime.get(KIT.system()).timePasses(Duration.ofMinutes(6));
        watcher.expectTerminated(log);
    }

    @Test
    void watcher_whoIsGoneOrUnsubscribed_harmsNobody() {
        TestProbe<EventStream.Signal> gone = KIT.createTestProbe(EventStream.Signal.class);
        ActorRef<EventStream.Demand> demand = subscribe(gone, 0);
        demand.tell(new EventStream.Request(gone.ref(), 9));
        gone.stop();
        ActorRef<EventStream.Demand> other = subscribe(watcher, 0);
        other.tell(new EventStream.Request(watcher.ref(), 1));
        publish(1);
        watcher.expectMessageClass(EventStream.Delivered.class);
        other.tell(new EventStream.Unsubscribe(watcher.ref()));
        other.tell(new EventStream.Request(watcher.ref(), 9));
        publish(1);
        watcher.expectNoMessage();
    }
}
