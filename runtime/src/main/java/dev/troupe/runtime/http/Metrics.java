package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.knowledge.journal.TaskRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The figures of the server, for Prometheus. Labels come from the configuration only, so that their number is bounded. */
final class Metrics {
    private static final double PICODOLLARS = 1e12;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics(Gate gate) {
        Gauge.builder("troupe.requests.working", gate, Gate::working)
                .description("Requests for work that are being worked on or wait for it")
                .register(registry);
    }

    /** @param route its pattern, or {@code other} */
    void request(String method, String route, int status, Duration time) {
        Timer.builder("troupe.http.requests")
                .description("Requests, until their response begins")
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(time);
    }

    void task(String agent, String tenant, Agent.@Nullable Outcome outcome) {
        TaskRecord record = record(outcome);
        String ended = record == null ? "refused" : record.outcome();
        counter("troupe.tasks", "Tasks by how they ended", agent, tenant, "outcome", ended)
                .increment();
        if (record == null) {
            return;
        }
        counter("troupe.tokens", "Tokens of model calls", agent, tenant, "kind", "input")
                .increment((double) record.receipt().usage().inputTokens());
        counter("troupe.tokens", "Tokens of model calls", agent, tenant, "kind", "cached")
                .increment((double) record.receipt().usage().cachedTokens());
        counter("troupe.tokens", "Tokens of model calls", agent, tenant, "kind", "output")
                .increment((double) record.receipt().usage().outputTokens());
        counter("troupe.usd", "US dollars, rounded; receipts have them exactly", agent, tenant, "kind", "cost")
                .increment(record.receipt().cost().picodollars() / PICODOLLARS);
        counter("troupe.model.calls", "Model calls", agent, tenant, "kind", "all")
                .increment(record.receipt().modelCalls());
        if (record.outcome().equals("solved")) {
            String how = record.solvedByReplay() ? "replay" : record.shown() != null ? "demonstration" : "alone";
            counter("troupe.solved", "Solved tasks by what helped", agent, tenant, "by", how)
                    .increment();
        }
    }

    /** What is known of a task that ended so. */
    static @Nullable TaskRecord record(Agent.@Nullable Outcome outcome) {
        if (outcome == null) {
            return null;
        }
        return switch (outcome) {
            case Agent.Answered answered -> answered.record();
            case Agent.Failed failed -> failed.record();
            case Agent.Cancelled cancelled -> cancelled.record();
            case Agent.Rejected rejected -> null;
            case Agent.Overloaded overloaded -> null;
        };
    }

    private Counter counter(String name, String description, String agent, String tenant, String label, String value) {
        return Counter.builder(name)
                .description(description)
                .tag("agent", agent)
                .tag("key", tenant)
                .tag(label, value)
                .register(registry);
    }

    HttpResponse scrape(Exchange exchange) {
        if (!exchange.caller().maySeeMetrics()) {
            throw ApiException.refused(
                    403, "not_allowed", null, "metrics: not for this key (expected: one with metrics = true)");
        }
        return HttpResponse.create()
                .withEntity(HttpEntities.create(
                        ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8"),
                        ByteString.fromString(registry.scrape())));
    }
}
