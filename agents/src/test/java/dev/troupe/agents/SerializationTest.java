package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every message of the protocol goes through JSON and comes back the same. */
class SerializationTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final SerializationTestKit SERIALIZATION = KIT.serializationTestKit();

    private final List<Object> messages = new ArrayList<>();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void everyMessage_survivesTheWire() {
        commands();
        outcomes();
        events();
        Set<Class<?>> covered = new HashSet<>();
        for (Object message : messages) {
            assertThat(message).isInstanceOf(Wire.class);
            Object back = SERIALIZATION.verifySerialization(message, false);
            assertThat(back).isEqualTo(message);
            covered.add(message.getClass());
        }
        // A message that is added to the protocol and not to this test is found here.
        Set<Class<?>> protocol = new HashSet<>();
        for (Class<?> root : List.of(
                Agent.Command.class,
                Agent.Outcome.class,
                Agent.FeedbackReply.class,
                EventStream.Signal.class,
                EventStream.Demand.class)) {
            leaves(root, protocol);
        }
        assertThat(covered).isEqualTo(protocol);
        Set<Class<?>> told = new HashSet<>();
        messages.stream()
                .filter(EventStream.Delivered.class::isInstance)
                .flatMap(delivered -> ((EventStream.Delivered) delivered).events().stream())
                .forEach(event -> told.add(event.what().getClass()));
        Set<Class<?>> kinds = new HashSet<>();
        leaves(TaskEvent.What.class, kinds);
        assertThat(told).isEqualTo(kinds);
    }

    private static void leaves(Class<?> type, Set<Class<?>> into) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                leaves(permitted, into);
            }
        } else {
            into.add(type);
        }
    }

    private void commands() {
        ActorRef<Agent.Outcome> replyTo =
                KIT.createTestProbe(Agent.Outcome.class).ref();
        ActorRef<Agent.FeedbackReply> feedback =
                KIT.createTestProbe(Agent.FeedbackReply.class).ref();
        ActorRef<EventStream.Signal> signals =
                KIT.createTestProbe(EventStream.Signal.class).ref();
        ActorRef<EventStream.Demand> demand =
                KIT.createTestProbe(EventStream.Demand.class).ref();
        List<Agent.Part> parts = List.of(
                new Agent.Part.Text("höher?\ud83d\ude00"),
                new Agent.Part.Image("image/png", "AAAA"),
                new Agent.Part.FileHandle("data/a.csv"));
        messages.add(new Agent.Ask(
                "t",
                "p",
                "local",
                "analyst",
                "c",
                parts,
                Duration.ofMillis(1_500),
                Allowance.UNLIMITED,
                signals,
                replyTo));
        messages.add(new Agent.Ask(
                "t",
                null,
                "local",
                null,
                "c",
                List.of(),
                Duration.ofDays(1),
                new Allowance(Money.parse("0.05"), 50_000),
                null,
                replyTo));
        messages.add(new Agent.Ask(
                "t",
                null,
                "local",
                null,
                "c",
                parts,
                Duration.ofSeconds(1),
                Allowance.UNLIMITED,
                options(),
                null,
                replyTo));
        messages.add(new Agent.Cancel("t", "why"));
        messages.add(new Agent.Feedback("t", "local", new Verdict(Judge.PERSON, false), "because", null, feedback));
        messages.add(new Agent.Watch("t", 17, signals));
        messages.add(new EventStream.Subscribed("t", demand));
        messages.add(new EventStream.Missed("t", 1, 4));
        messages.add(new EventStream.Completed("t"));
        messages.add(new EventStream.NotKept("t"));
        messages.add(new EventStream.Request(signals, 64));
        messages.add(new EventStream.Unsubscribe(signals));
    }

    private static ChatOptions options() {
        Message call = new Message(
                Message.Role.ASSISTANT, List.of(), List.of(new Message.ToolCall("c1", "clock", "{}")), null);
        Message image =
                new Message(Message.Role.USER, List.of(new Message.Part.Image("image/png", "AAAA")), List.of(), null);
        JsonNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        return new ChatOptions(
                List.of(Message.system("s"), image, call, Message.tool("c1", "12:00"), Message.user("q")),
                List.of(new ChatRequest.ToolSpec("clock", "The time.", schema)),
                new ChatRequest.ResponseFormat("r", schema),
                new ChatRequest.Sampling(0.5, 0.9, 7, 100, List.of("END")));
    }

    private void outcomes() {
        Receipt.Step step = new Receipt.Step(
                "quick",
                "solved it on turn 1",
                12,
                new Usage(10, 5, 3),
                new Money(7),
                new Money(-3),
                Receipt.Basis.MEASURED);
        Receipt receipt = new Receipt(
                new Money(7),
                new Receipt.Baseline("openai/gpt-5", new Money(4), Receipt.Basis.ESTIMATED),
                new Money(-3),
                new Usage(10, 5, 3),
                1,
                31_000,
                List.of(step));
        TaskRecord record = new TaskRecord(
                "t",
                "local",
                "newsroom",
                "analyst",
                "c",
                "q",
                Instant.parse("2026-11-22T10:00:00.123456Z"),
                "solved",
                "North",
                Judge.RULE,
                0,
                "quick",
                "local/small",
                "python",
                "print(1)",
                "d-1",
                "d-2",
                0,
                receipt,
                List.of("a.png"),
                null);
        messages.add(new Agent.Answered(record));
        messages.add(new Agent.Answered(
                record, List.of(new Message.ToolCall("c1", "clock", "{}")), FinishReason.TOOL_CALLS));
        messages.add(new Agent.Failed("t", ErrorCode.TIMEOUT, "late", "hint", "guess", record));
        messages.add(new Agent.Failed("t", null, "gave up", null, null, null));
        messages.add(new Agent.Rejected("t", ErrorCode.INPUT_INVALID, "no"));
        messages.add(new Agent.Overloaded("t", "full"));
        messages.add(new Agent.Cancelled("t", "why", null));
        messages.add(new Agent.Judged("t", "d-1", List.of("d-1", "d-2")));
    }

    private void events() {
        List<TaskEvent.What> all = List.of(
                new TaskEvent.RungStarted("quick", "small", 3),
                new TaskEvent.TextDelta("quick", "print"),
                new TaskEvent.Called("small", 10, 5, 3, "0.000001000000"),
                new TaskEvent.Code("quick", "python", "print(1)"),
                new TaskEvent.OutputChunk("1"),
                new TaskEvent.CodeEnded(0, "exited", 5),
                new TaskEvent.CodeEnded(null, "unparseable", 0),
                new TaskEvent.Retried("quick", "KeyError"),
                new TaskEvent.Escalated("large", "gave up"),
                new TaskEvent.DemonstrationShown("d-1", "q", Judge.NONE, 0.75),
                new TaskEvent.Replay("replay", "d-1", "d-1 with name Rome for Oslo"),
                new TaskEvent.ToolCalled("chat", "convert", "{}"),
                new TaskEvent.ToolEnded("convert", "timed_out", "late", 5),
                new TaskEvent.AgentAsked("reviewer", "review", "q", "t-2"),
                new TaskEvent.AgentEnded("reviewer", "t-2", true, "yes", 5),
                new TaskEvent.Verifying("small", "North"),
                new TaskEvent.Judgement("{}"),
                new TaskEvent.ModelFailed("small", "TIMEOUT", "late"),
                new TaskEvent.PlanDrawn(List.of(new TaskEvent.Planned(
                        "t2", "sentence-similarity", Map.of("sentences", List.of("t1", "a.txt")), List.of("t1")))),
                new TaskEvent.PlanTask("t2", "running", "matcher", 5, ""),
                new TaskEvent.PlanTask("t2", "skipped", null, 0, "t1 was not done"),
                new TaskEvent.Finished("solved", "North", Judge.NONE, ""));
        messages.add(new EventStream.Delivered(all.stream()
                .map(what -> new TaskEvent("t", 1, 1_700_000_000_000L, what))
                .toList()));
    }
}
