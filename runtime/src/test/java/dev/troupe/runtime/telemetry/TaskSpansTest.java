package dev.troupe.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.TaskEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskSpansTest {
    private final List<SpanData> ended = new ArrayList<>();
    private final Tracing tracing = Tracing.of(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new SpanExporter() {
                        @Override
                        public CompletableResultCode export(Collection<SpanData> spans) {
                            ended.addAll(spans);
                            return CompletableResultCode.ofSuccess();
                        }

                        @Override
                        public CompletableResultCode flush() {
                            return CompletableResultCode.ofSuccess();
                        }

                        @Override
                        public CompletableResultCode shutdown() {
                            return CompletableResultCode.ofSuccess();
                        }
                    }))
                    .build())
            .build());

    private void happens(TaskSpans spans, TaskEvent.What... all) {
        for (int i = 0; i < all.length; i++) {
            spans.on(new TaskEvent("t", i + 1, 1_000 + 100L * i, all[i]));
        }
    }

    @Test
    void eachCallAndEachProgram_isASpanBelowTheAgents() {
        TaskSpans spans = new TaskSpans(tracing, Map.of(), Context.root(), "adder", "c-1");
        happens(
                spans,
                new TaskEvent.RungStarted("quick", "small", 2),
                new TaskEvent.Called("small", 20, 10, 5, "0.000001000000"),
                new TaskEvent.Code("quick", "python", "raise ValueError"),
                new TaskEvent.CodeEnded(1, "exited", 50),
                new TaskEvent.Retried("quick", "ValueError"),
                new TaskEvent.Called("small", 30, 20, 6, "0.000002000000"),
                new TaskEvent.Code("quick", "python", "print(1)"),
                new TaskEvent.CodeEnded(0, "exited", 50));
        spans.end(null);
        assertThat(ended)
                .extracting(SpanData::getName)
                .containsExactly(
                        "chat small", "execute_tool python", "chat small", "execute_tool python", "invoke_agent adder");
        SpanData agent = ended.getLast();
        assertThat(agent.getAttributes().get(AttributeKey.stringKey("gen_ai.operation.name")))
                .isEqualTo("invoke_agent");
        assertThat(agent.getAttributes().get(AttributeKey.stringKey("gen_ai.conversation.id")))
                .isEqualTo("c-1");
        assertThat(ended.subList(0, 4))
                .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(agent.getSpanId()));
        SpanData call = ended.getFirst();
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.getStartEpochNanos()).isEqualTo(1_000_000_000L);
        assertThat(call.getEndEpochNanos()).isEqualTo(1_100_000_000L);
        assertThat(call.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
                .isEqualTo(20);
        assertThat(call.getAttributes().get(AttributeKey.stringKey("gen_ai.request.model")))
                .isEqualTo("small");
        SpanData failed = ended.get(1);
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(failed.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("exit_code");
        assertThat(ended.get(3).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void modelThatFails_andWhatIsStillOpen_areEnded() {
        TaskSpans spans = new TaskSpans(tracing, Map.of(), Context.root(), "adder", null);
        happens(
                spans,
                new TaskEvent.RungStarted("quick", "small", 2),
                new TaskEvent.ModelFailed("small", "TIMEOUT", "late"),
                new TaskEvent.RungStarted("large", "large", 1));
        spans.end(null);
        happens(spans, new TaskEvent.Called("large", 1, 0, 1, "0.000000000000"));
        assertThat(ended)
                .extracting(SpanData::getName)
                .containsExactly("chat small", "chat large", "invoke_agent adder");
        assertThat(ended.getFirst().getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("timeout");
    }
}
