package dev.troupe.agents.expert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An expert under test, with short patience. */
abstract class ExpertActorFixture {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final ExpertLimits LIMITS = new ExpertLimits(
            4,
            Duration.ofMillis(20),
            100,
            1,
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            3);

    /** For tests in which a run waits as long as the test likes: none counts as hanging, and none for others. */
    static ExpertLimits patient(int batch, int queue, int runners) {
        return new ExpertLimits(
                batch,
                Duration.ZERO,
                queue,
                runners,
                PATIENCE,
                PATIENCE,
                LIMITS.firstPause(),
                LIMITS.longestPause(),
                LIMITS.failuresInARow());
    }

    static ActorTestKit kit;

    final NativeThreads threads = new NativeThreads(2);
    final ScriptedExpert.Script script = new ScriptedExpert.Script();
    final TestProbe<ExpertActor.Outcome> client = kit.createTestProbe();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void release() {
        script.release.countDown();
        threads.close();
    }

    ActorRef<ExpertActor.Command> spawn(ExpertLimits limits) {
        return kit.spawn(ExpertActor.create("reader", script::open, threads, limits));
    }

    void ask(ActorRef<ExpertActor.Command> expert, String text) {
        ask(expert, text, "local", PATIENCE);
    }

    void ask(ActorRef<ExpertActor.Command> expert, String text, String tenant, Duration time) {
        expert.tell(new ExpertActor.Apply(
                Inputs.of(Task.FEATURE_EXTRACTION, new Value.Text(text)),
                tenant,
                Deadline.after(time),
                client.getRef()));
    }

    ExpertActor.Outcome next() {
        return client.receiveMessage(PATIENCE);
    }

    void expectLength(int length) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        ExpertActor.Applied.class,
                        applied -> assertThat(applied.value()).isEqualTo(new Value.Vector(new float[] {length})));
    }

    void expectFailure(ErrorCode code, String message) {
        assertThat(next()).isInstanceOfSatisfying(ExpertActor.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.message()).contains(message);
        });
    }

    ExpertHealth health(ActorRef<ExpertActor.Command> expert) {
        TestProbe<ExpertHealth> probe = kit.createTestProbe();
        expert.tell(new ExpertActor.Describe(probe.getRef()));
        return probe.receiveMessage(PATIENCE);
    }

    /** Runs wait at the gate from now on; permits let that many pass. */
    void shutTheGate() {
        script.gate = new java.util.concurrent.Semaphore(0);
    }
}
