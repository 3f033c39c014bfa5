package dev.troupe.agents.expert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Each fault is contained: a typed failure for whoever caused it, answers for all others, and the next request works. */
class ExpertFaultsTest extends ExpertActorFixture {
    @Test
    void aModelThatFailsToLoad_failsRequestsAtOnce_andIsTriedAgain() {
        script.loadsThatFail = 2;
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "four");
        expectFailure(ErrorCode.MODEL_UNAVAILABLE, "expert reader: model.onnx: truncated (expected: a whole file)");
        client.awaitAssert(PATIENCE, () -> {
            assertThat(health(expert).state()).isEqualTo(ExpertHealth.State.READY);
            return null;
        });
        ask(expert, "next");
        expectLength(4);
        assertThat(script.opened.get()).isEqualTo(3);
        assertThat(health(expert).restarts()).isEqualTo(2);
    }

    @Test
    void anInputThatCrashesTheModel_failsAlone_andTheSessionIsOpenedAnew() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "innocent", "one", PATIENCE);
        ask(expert, "crash me", "two", PATIENCE);
        ask(expert, "harmless", "three", PATIENCE);
        int failures = 0;
        for (int i = 0; i < 3; i++) {
            ExpertActor.Outcome outcome = next();
            if (outcome instanceof ExpertActor.Failed failed) {
                failures++;
                assertThat(failed.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
                assertThat(failed.message()).contains("the model crashed");
            }
        }
        assertThat(failures).isEqualTo(1);
        ask(expert, "next");
        expectLength(4);
        assertThat(script.opened.get()).isGreaterThan(1);
        assertThat(script.closed.get()).isEqualTo(script.opened.get() - 1);
    }

    @Test
    void aNaN_failsItsOwnRequestOnly() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "NaN!", "one", PATIENCE);
        expectFailure(ErrorCode.PROVIDER_FAILED, "the model computed NaN or infinity (expected: finite numbers)");
        ask(expert, "four");
        expectLength(4);
        assertThat(script.opened.get()).isEqualTo(1);
    }

    @Test
    void failuresInARow_openTheSessionAnew() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS.batching(1, Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            ask(expert, "error " + i);
            expectFailure(ErrorCode.PROVIDER_FAILED, "shapes differ");
        }
        ask(expert, "next");
        expectLength(4);
        assertThat(script.opened.get()).isEqualTo(2);
    }

    @Test
    void aModelThatHangs_isGivenUp_andTheNextRequestWorks() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "hangs for ever", "one", PATIENCE);
        expectFailure(ErrorCode.PROVIDER_FAILED, "the model hangs: no result after 300 ms (expected: less)");
        ask(expert, "next");
        expectLength(4);
        assertThat(threads.lost()).isEqualTo(1);
        script.release.countDown();
        client.awaitAssert(PATIENCE, () -> {
            assertThat(threads.lost()).isZero();
            return null;
        });
    }

    @Test
    void whoSharedARunWithOneThatHangs_isAnsweredAfterAll() {
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "hangs!", "one", PATIENCE);
        ask(expert, "victim", "two", PATIENCE);
        int answers = 0;
        for (int i = 0; i < 2; i++) {
            answers += next() instanceof ExpertActor.Applied ? 1 : 0;
        }
        assertThat(answers).isEqualTo(1);
    }

    @Test
    void aRequestWithADeadline_isFailedInTime_howeverLongTheModelHangs() {
        ActorRef<ExpertActor.Command> expert = spawn(patient(1, 10, 1));
        ask(expert, "hangs for ever", "one", Duration.ofMillis(200));
        expectFailure(ErrorCode.TIMEOUT, "the deadline has passed");
    }

    @Test
    void stopping_closesTheModel_midRequest() {
        shutTheGate();
        ActorRef<ExpertActor.Command> expert = spawn(LIMITS);
        ask(expert, "four");
        client.awaitAssert(PATIENCE, () -> {
            assertThat(health(expert).state()).isEqualTo(ExpertHealth.State.READY);
            return null;
        });
        kit.stop(expert);
        client.awaitAssert(PATIENCE, () -> {
            assertThat(script.closed.get()).isEqualTo(1);
            return null;
        });
        script.gate.release(1);
    }
}
