package dev.troupe.runtime.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where spans go. Thread-safe; whoever opened it closes it, last of all. */
public final class Tracing implements AutoCloseable {
    /** They go nowhere. */
    public static final Tracing NONE = new Tracing(OpenTelemetry.noop(), null);

    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    private static final long CLOSE_SECONDS = 5;

    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Function<String, @Nullable String> carrier) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> carrier, String key) {
            return carrier == null ? null : carrier.apply(key);
        }
    };

    private final OpenTelemetry telemetry;
    private final @Nullable OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private Tracing(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk sdk) {
        this.telemetry = telemetry;
        this.sdk = sdk;
        this.tracer = telemetry.getTracer("dev.troupe");
    }

    /**
     * As OpenTelemetry's variables in the environment say; {@link #NONE} unless they name an exporter of traces or its
     * address.
     */
    public static Tracing of(Map<String, String> environment) {
        if (!wanted(environment)) {
            return NONE;
        }
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        properties.putIfAbsent("otel.service.name", "troupe");
        properties.putIfAbsent("otel.exporter.otlp.protocol", "http/protobuf");
        // Figures are at /metrics, and the log is a file.
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesCustomizer(ignored -> properties)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        return new Tracing(sdk, sdk);
    }

    private static boolean wanted(Map<String, String> environment) {
        String exporter = environment.getOrDefault("OTEL_TRACES_EXPORTER", "");
        boolean addressed = ENDPOINTS.stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        return !exporter.equals("none")
                && !environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
                && (addressed || !exporter.isBlank());
    }

    /** Through an SDK that is set up already. */
    static Tracing of(OpenTelemetrySdk sdk) {
        return new Tracing(sdk, sdk);
    }

    Tracer tracer() {
        return tracer;
    }

    /**
     * A request of a client.
     *
     * @param header gives a header of the request, which may carry the client's own trace, or null
     */
    public Request request(String method, Function<String, @Nullable String> header) {
        Context parent = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), header, HEADERS);
        Span span = tracer.spanBuilder(method)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setAttribute("http.request.method", method)
                .startSpan();
        return new Request(span, parent.with(span));
    }

    /** A request while it is answered. */
    public static final class Request {
        private final Span span;
        private final Context context;

        private Request(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        /** What spans of its task belong to. */
        public Context context() {
            return context;
        }

        /** @param route its pattern */
        public void end(String method, String route, int status) {
            span.updateName(method + " " + route);
            span.setAttribute("http.route", route);
            span.setAttribute("http.response.status_code", status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    @Override
    public void close() {
        if (sdk != null) {
            sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
