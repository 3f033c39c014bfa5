package dev.troupe.agents.expert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Batching, bounds, deadlines, fairness and order. */
class ExpertActorTest extends ExpertActorFixture {
    @Test
    void aRequest_isAnswered() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "four");
        expectLength(4);
        assertThat(health(expert).state()).isEqualTo(ExpertHealth.State.READY);
        assertThat(health(expert).placement()).isEqualTo("cpu (a test's)");
    }

    @Test
    void requestsOfOneShape_shareARun_asSoonAsItIsFull() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS.batching(4, Duration.ofHours(1)));
        for (String text : List.of("aaaa", "bbbb", "cccc", "dddd")) {
            ask(expert, text);
        }
        for (int i = 0; i < 4; i++) {
            expectLength(4);
        }
        assertThat(script.runs).hasSize(1);
        assertThat(script.runs.getFirst()).hasSize(4);
    }

    @Test
    void aBatchThatIsNotFull_leavesWhenItsOldestHasWaited() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "aaaa");
        ask(expert, "bbbb");
        expectLength(4);
        expectLength(4);
        assertThat(script.ran()).containsExactlyInAnyOrder("aaaa", "bbbb");
    }

    @Test
    void requestsOfDifferentShapes_neverShareARun() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "four");
        ask(expert, "fives");
        ask(expert, "sixsix");
        expectLength(4);
        expectLength(5);
        expectLength(6);
        assertThat(script.runs).hasSize(3).allSatisfy(run -> assertThat(run).hasSize(1));
    }

    @Test
    void answersToOneAsker_comeInTheOrderOfItsRequests_whateverRanFirst() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS.batching(2, Duration.ofMillis(100)));
        // The two of five letters fill a batch at once; the first request waits its time.
        ask(expert, "first");
        ask(expert, "four");
        ask(expert, "fives");
        expectLength(5);
        expectLength(4);
        expectLength(5);
    }

    @Test
    void aQueueThatIsFull_refuses_andTheNextRequestWorks() {
        shutTheGate();
        ActorRef<ExpertActor.Command> expert = spawn(patient(1, 2, 1));
        ask(expert, "a");
        ask(expert, "b");
        ask(expert, "c");
        expectFailure(ErrorCode.OVERLOADED, "expert reader: 2 requests under way (expected: fewer)");
        script.gate.release(3);
        expectLength(1);
        expectLength(1);
        ask(expert, "d");
        expectLength(1);
        assertThat(health(expert).refused()).isEqualTo(1);
    }

    @Test
    void workWhoseDeadlineHasPassed_isDroppedBeforeItRuns() {
        shutTheGate();
        ActorRef<ExpertActor.Command> expert = spawn(patient(1, 100, 1));
        ask(expert, "long one", "local", PATIENCE);
        // Requests are prepared side by side: this one is to run first.
        client.awaitAssert(() -> {
            assertThat(script.gate.hasQueuedThreads()).isTrue();
            return null;
        });
        ask(expert, "late", "other", Duration.ofMillis(100));
        expectFailure(ErrorCode.TIMEOUT, "expert reader: the deadline has passed");
        script.gate.release(2);
        expectLength(8);
        ask(expert, "next");
        expectLength(4);
        assertThat(script.ran()).doesNotContain("late");
    }

    @Test
    void anAnswerThatWaitsForAnEarlierOne_isGivenAtItsDeadline() {
        shutTheGate();
        ActorRef<ExpertActor.Command> expert = spawn(patient(1, 10, 2));
        ask(expert, "hangs until released", "local", PATIENCE);
        ask(expert, "quick", "local", Duration.ofSeconds(2));
        script.gate.release(2);
        expectLength(5);
        script.release.countDown();
        expectLength(20);
    }

    @Test
    void aTenantWithManyRequests_doesNotKeepOthersWaiting() {
        shutTheGate();
        ActorRef<ExpertActor.Command> expert = spawn(patient(2, 100, 1));
        for (int i = 0; i < 20; i++) {
            ask(expert, "busy%02d".formatted(i), "busy", PATIENCE);
        }
        client.awaitAssert(() -> {
            assertThat(health(expert).waiting()).isGreaterThanOrEqualTo(18);
            return null;
        });
        ask(expert, "modest", "modest", PATIENCE);
        client.awaitAssert(() -> {
            assertThat(health(expert).waiting()).isGreaterThanOrEqualTo(19);
            return null;
        });
        script.gate.release(100);
        for (int i = 0; i < 21; i++) {
            expectLength(6);
        }
        // One run was under way, and one more at most goes first.
        assertThat(script.ran().indexOf("modest")).isLessThanOrEqualTo(4);
    }

    @Test
    void inputThatIsUnfit_isRefusedBeforeItRuns_andOthersGoOn() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "unfit");
        ask(expert, "four");
        expectFailure(ErrorCode.INPUT_INVALID, "expert reader: text: unfit (expected: fit)");
        expectLength(4);
        assertThat(script.ran()).containsExactly("four");
    }

    @Test
    void fiveHundredRequestsAtOnce_allEnd() {
        ExpertLimits wide = new ExpertLimits(
                16,
                Duration.ofMillis(5),
                1024,
                2,
                PATIENCE,
                PATIENCE,
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                3);
        ActorRef<ExpertActor.Command> expert = spawn(wide);
        for (int i = 0; i < 500; i++) {
            ask(expert, "x".repeat(1 + i % 7), "tenant " + i % 5, PATIENCE);
        }
        for (int i = 0; i < 500; i++) {
            assertThat(next()).isInstanceOf(ExpertActor.Applied.class);
        }
        assertThat(health(expert).meanBatch()).isGreaterThan(2);
        assertThat(health(expert).underWay()).isZero();
    }
}
