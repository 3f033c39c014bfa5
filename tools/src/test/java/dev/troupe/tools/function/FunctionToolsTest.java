package dev.troupe.tools.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.ToolResult.Problem;
import dev.troupe.tools.call.Toolbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FunctionToolsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final CallLimits LIMITS = CallLimits.USUAL.withOutput(1_000);

    private final CallContext context = CallContext.standalone(Duration.ofSeconds(30));
    private final List<Tool> tools = FunctionTools.open("bank", SampleFunctions.class.getName(), LIMITS);
    private final Toolbox toolbox = new Toolbox(tools);

    private ToolResult call(String function, String arguments) {
        return toolbox.call("bank_" + function, arguments, context);
    }

    @Test
    void schema_comesFromSignatureAndAnnotations() throws Exception {
        Tool.Spec convert = spec("bank_convert");
        assertThat(convert.description()).isEqualTo("Converts an amount.");
        JsonNode expected = JSON.readTree("""
                {"type": "object",
                 "properties": {
                   "amount": {"type": "object", "description": "what is converted",
                     "properties": {
                       "currency": {"type": "string", "enum": ["EUR", "USD"], "description": "ISO code"},
                       "day": {"type": ["string", "null"], "format": "date"},
                       "value": {"type": "number"}},
                     "required": ["currency", "value"], "additionalProperties": false},
                   "to": {"type": "string", "enum": ["EUR", "USD"]},
                   "digits": {"type": "integer", "description": "digits, 0 to 6"}},
                 "required": ["amount", "to"], "additionalProperties": false}
                """);
        assertThat(JSON.treeToValue(convert.parameters(), Object.class))
                .isEqualTo(JSON.treeToValue(expected, Object.class));
        assertThat(tools).noneMatch(tool -> tool.spec().name().contains("other"));
    }

    private Tool.Spec spec(String name) {
        return tools.stream()
                .map(Tool::spec)
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void call_bindsArguments_andTellsTextAsItIs_andOthersAsJson() throws Exception {
        ToolResult converted = call(
                "convert",
                "{\"amount\": {\"value\": 2.5, \"currency\": \"EUR\", \"day\": \"2026-01-31\"}, \"to\": \"USD\"}");
        assertThat(converted.problem()).as(converted.text()).isNull();
        assertThat(JSON.readTree(converted.text()))
                .isEqualTo(JSON.readTree("{\"value\": 5.0, \"to\": \"USD\", \"digits\": 2, \"tenant\": \"local\"}"));
        assertThat(call("sum", "{\"numbers\": [1, 2, 3]}")).isEqualTo(ToolResult.of("sum 6"));
    }

    @Test
    void wrongArguments_areToldWithWhatIsExpected() {
        assertThat(call("sum", "{}").told())
                .isEqualTo("ERROR bad_arguments: argument numbers: missing (expected: array)");
        assertThat(call("sum", "{\"numbers\": [1], \"more\": 1}").told())
                .isEqualTo("ERROR bad_arguments: argument more: unknown (expected: numbers)");
        assertThat(call("sum", "{\"numbers\": \"many\"}").problem()).isEqualTo(Problem.BAD_ARGUMENTS);
        assertThat(call("sum", "[1]").problem()).isEqualTo(Problem.BAD_ARGUMENTS);
        assertThat(call("sum", "{\"numbers\": ").problem()).isEqualTo(Problem.BAD_ARGUMENTS);
        assertThat(call("sum", "{\"numbers\": \"" + "x".repeat(300_000) + "\"}").text())
                .contains("expected: at most 262144");
        assertThat(call("convert", "{\"amount\": {\"value\": -1, \"currency\": \"EUR\"}, \"to\": \"USD\"}")
                        .told())
                .isEqualTo("ERROR bad_arguments: amount.value: -1 (expected: 0 or more)");
        assertThat(toolbox.call("bank_rob", "{}", context).problem()).isEqualTo(Problem.UNKNOWN_TOOL);
    }

    @Test
    void functionThatThrows_fails_andTheNextCallWorks() {
        assertThat(call("fail", "").told())
                .isEqualTo("ERROR failed: java.lang.IllegalStateException: the rates are gone");
        assertThat(call("deep", "{}").problem()).isEqualTo(Problem.FAILED);
        assertThat(call("sum", "{\"numbers\": []}").text()).isEqualTo("sum 0");
    }

    @Test
    void functionThatSaysTooMuch_isAnError() {
        assertThat(call("flood", "{}").told())
                .isEqualTo("ERROR too_large: bank_flood: a result of more than 1000 characters (expected: no more)");
        assertThat(call("list", "{}").problem()).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void functionThatHangs_isInterruptedAtItsTime() throws InterruptedException {
        Toolbox quick = new Toolbox(
                FunctionTools.open("bank", SampleFunctions.class.getName(), LIMITS.withTime(Duration.ofMillis(100))));
        assertThat(quick.call("bank_hang", "{}", context).told())
                .isEqualTo("ERROR timed_out: bank_hang: no result after 100 ms");
        assertThat(SampleFunctions.INTERRUPTED.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelledTask_endsTheCall() {
        Cancellation cancellation = new Cancellation();
        CallContext own = new CallContext("t", "local", Deadline.after(Duration.ofMinutes(1)), cancellation);
        Thread.ofVirtual().start(() -> cancellation.cancel("enough"));
        assertThatThrownBy(() -> toolbox.call("bank_hang", "{}", own))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void classThatIsNotThere_orCannotBeDescribed_isRefused() {
        assertThatThrownBy(() -> FunctionTools.open("bank", "com.example.Nothing", LIMITS))
                .isInstanceOf(TroupeException.class)
                .hasMessage("tools.bank.function: com.example.Nothing is not found (expected: one of "
                        + BadFunctions.class.getName() + ", " + SampleFunctions.class.getName() + ")");
        assertThatThrownBy(() -> FunctionTools.open("walk", BadFunctions.class.getName(), LIMITS))
                .isInstanceOf(TroupeException.class)
                .hasMessageStartingWith("tools.walk.function: parameter tree of type ");
        assertThatThrownBy(() -> FunctionTools.of("none", new Functions() {}, LIMITS))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("has no function");
        assertThatThrownBy(() -> new Toolbox(List.of(tools.getFirst(), tools.getFirst())))
                .isInstanceOf(TroupeException.class)
                .hasMessageContaining("two are called bank_convert");
    }
}
