package dev.troupe.runtime.telemetry;

import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.runtime.team.ModelSettings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one task, made of its events: the agent's, and below it one for each call of a model and for each program
 * that was run. Thread-safe.
 */
public final class TaskSpans {
    private static final String OPERATION = "gen_ai.operation.name";

    private final Tracing tracing;
    private final Map<String, ModelSettings> models;
    private final Span agent;
    private final Context context;
    private @Nullable Span open;
    private @Nullable String model;
    private String rung = "";
    private boolean over;

    /**
     * @param models those of the team file, by name
     * @param parent what the task belongs to
     * @param conversation its id, or null
     */
    public TaskSpans(
            Tracing tracing,
            Map<String, ModelSettings> models,
            Context parent,
            String name,
            @Nullable String conversation) {
        this.tracing = tracing;
        this.models = models;
        this.agent = tracing.tracer()
                .spanBuilder("invoke_agent " + name)
                .setSpanKind(SpanKind.INTERNAL)
                .setParent(parent)
                .setAttribute(OPERATION, "invoke_agent")
                .setAttribute("gen_ai.provider.name", "troupe")
                .setAttribute("gen_ai.agent.name", name)
                .startSpan();
        if (conversation != null) {
            agent.setAttribute("gen_ai.conversation.id", conversation);
        }
        this.context = parent.with(agent);
    }

    /** Takes the next event. */
    public synchronized void on(TaskEvent event) {
        if (over) {
            return;
        }
        long at = event.atMillis();
        switch (event.what()) {
            case TaskEvent.RungStarted started -> call(started.model(), started.rung(), at);
            case TaskEvent.Verifying verifying -> call(verifying.model(), "verify", at);
            case TaskEvent.Retried retried -> again(at);
            case TaskEvent.Called called -> called(called, at);
            case TaskEvent.ModelFailed failed -> failed(failed.code().toLowerCase(Locale.ROOT), at);
            case TaskEvent.Code code -> program(code, at);
            case TaskEvent.CodeEnded ended -> ended(ended, at);
            default -> {}
        }
    }

    private void call(String name, String stage, long at) {
        close(at);
        model = name;
        rung = stage;
        ModelSettings settings = models.get(name);
        String id = settings == null ? name : settings.model();
        open = tracing.tracer()
                .spanBuilder("chat " + id)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(context)
                .setStartTimestamp(at, TimeUnit.MILLISECONDS)
                .setAttribute(OPERATION, "chat")
                .setAttribute("gen_ai.provider.name", provider(settings))
                .setAttribute("gen_ai.request.model", id)
                .setAttribute("troupe.rung", stage)
                .startSpan();
    }

    /** The conventions know hosted ones by name; any server that speaks as OpenAI does counts as that. */
    private static String provider(@Nullable ModelSettings settings) {
        return settings == null || settings.live() instanceof ModelSettings.Local ? "troupe.local" : "openai";
    }

    private void again(long at) {
        if (model != null) {
            call(model, rung, at);
        }
    }

    private void called(TaskEvent.Called called, long at) {
        if (open == null) {
            // What it was asked for began before there was a word of it.
            call(called.model(), rung, at);
        }
        Span span = open;
        if (span != null) {
            span.setAttribute("gen_ai.usage.input_tokens", called.inputTokens());
            span.setAttribute("gen_ai.usage.output_tokens", called.outputTokens());
            span.setAttribute("gen_ai.usage.cache_read.input_tokens", called.cachedTokens());
            span.setAttribute("troupe.cost_usd", called.costUsd());
        }
        close(at);
    }

    private void failed(String type, long at) {
        if (open != null) {
            open.setAttribute("error.type", type);
            open.setStatus(StatusCode.ERROR);
        }
        close(at);
    }

    private void program(TaskEvent.Code code, long at) {
        close(at);
        open = tracing.tracer()
                .spanBuilder("execute_tool " + code.language())
                .setSpanKind(SpanKind.INTERNAL)
                .setParent(context)
                .setStartTimestamp(at, TimeUnit.MILLISECONDS)
                .setAttribute(OPERATION, "execute_tool")
                .setAttribute("gen_ai.tool.name", code.language())
                .setAttribute("gen_ai.tool.type", "function")
                .setAttribute("troupe.rung", code.rung())
                .startSpan();
    }

    private void ended(TaskEvent.CodeEnded ended, long at) {
        Integer exitCode = ended.exitCode();
        if (open != null && exitCode != null) {
            open.setAttribute("process.exit.code", exitCode);
        }
        if (exitCode == null || exitCode != 0) {
            failed(ended.end().equals("exited") ? "exit_code" : ended.end(), at);
        }
        close(at);
    }

    private void close(long at) {
        if (open != null) {
            open.end(at, TimeUnit.MILLISECONDS);
            open = null;
        }
    }

    /** @param record what is known of the task, or null when it never began */
    public synchronized void end(@Nullable TaskRecord record) {
        if (over) {
            return;
        }
        over = true;
        if (open != null) {
            open.end();
            open = null;
        }
        if (record == null) {
            agent.setAttribute("error.type", "refused");
            agent.setStatus(StatusCode.ERROR);
        } else {
            agent.setAttribute("troupe.task", record.task());
            agent.setAttribute("troupe.outcome", record.outcome());
            agent.setAttribute("troupe.verified", record.verified().label());
            agent.setAttribute("troupe.cost_usd", record.receipt().cost().toDecimal());
            agent.setAttribute("troupe.saved_usd", record.receipt().saved().toDecimal());
            agent.setAttribute(
                    "gen_ai.usage.input_tokens", record.receipt().usage().inputTokens());
            agent.setAttribute(
                    "gen_ai.usage.output_tokens", record.receipt().usage().outputTokens());
            if (!record.outcome().equals("solved")) {
                agent.setAttribute(
                        "error.type",
                        record.error() == null
                                ? record.outcome()
                                : record.error().toLowerCase(Locale.ROOT));
                agent.setStatus(StatusCode.ERROR);
            }
        }
        agent.end();
    }
}
