package dev.troupe.agents.expert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real weights behind the actor. */
class RealExpertTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Experts EXPERTS = Experts.of(CacheFolder.of(System.getenv()), System.getenv());

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static Expert open(Task task) {
        return EXPERTS.open(task, "all-minilm-l6-v2", Device.Wish.AUTO, CallContext.standalone(PATIENCE));
    }

    @Test
    void batchedAnswers_areThoseOfTheExpertAlone_inOrder() {
        List<Inputs> requests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            requests.add(Inputs.of(
                    Task.FEATURE_EXTRACTION, new Value.Text("what is the price of " + "bread ".repeat(1 + i % 4) + i)));
        }
        TestProbe<ExpertActor.Outcome> client = kit.createTestProbe();
        try (NativeThreads threads = NativeThreads.ofMachine();
                Expert alone = open(Task.FEATURE_EXTRACTION)) {
            ActorRef<ExpertActor.Command> expert = kit.spawn(
                    ExpertActor.create("vectors", () -> open(Task.FEATURE_EXTRACTION), threads, ExpertLimits.DEFAULT));
            for (Inputs request : requests) {
                expert.tell(new ExpertActor.Apply(request, "local", Deadline.after(PATIENCE), client.getRef()));
            }
            for (Inputs request : requests) {
                ExpertActor.Applied applied = client.expectMessageClass(ExpertActor.Applied.class, PATIENCE);
                float[] own = ((Value.Vector) alone.apply(request)).values();
                assertThat(Numbers.dot(own, ((Value.Vector) applied.value()).values()))
                        .isGreaterThan(0.98);
            }
            kit.stop(expert);
        }
    }

    @Test
    void aRanking_isOneAnswerOfManyPieces() {
        TestProbe<ExpertActor.Outcome> client = kit.createTestProbe();
        try (NativeThreads threads = NativeThreads.ofMachine()) {
            ActorRef<ExpertActor.Command> expert = kit.spawn(
                    ExpertActor.create("ranker", () -> open(Task.TEXT_RANKING), threads, ExpertLimits.DEFAULT));
            expert.tell(new ExpertActor.Apply(
                    Inputs.of(
                            Task.TEXT_RANKING,
                            new Value.Text("When must I pay?"),
                            List.of(new Value.Text("We open at nine."), new Value.Text("Payment is due on Friday."))),
                    "local",
                    Deadline.after(PATIENCE),
                    client.getRef()));
            Value.Labels labels = (Value.Labels) client.expectMessageClass(ExpertActor.Applied.class, PATIENCE)
                    .value();
            assertThat(labels.scores().getFirst().label()).startsWith("Payment");
            kit.stop(expert);
        }
    }
}
