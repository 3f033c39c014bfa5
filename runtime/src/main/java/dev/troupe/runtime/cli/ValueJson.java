package dev.troupe.runtime.cli;

import dev.troupe.models.task.Span;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of experts as JSON: {@code {"type": "labels", "labels": [{"label", "score"}]}} and so on. */
final class ValueJson {
    private ValueJson() {}

    static Map<String, @Nullable Object> of(Value value) {
        String type = value.type().label();
        return switch (value) {
            case Value.Text text -> Json.object("type", type, "text", text.text(), "parts", spans(text.parts()));
            case Value.Labels labels ->
                Json.object(
                        "type",
                        type,
                        "labels",
                        labels.scores().stream()
                                .map(score -> Json.object("label", score.label(), "score", score.score()))
                                .toList());
            case Value.Spans spans -> Json.object("type", type, "spans", spans(spans.spans()));
            case Value.Vector vector -> Json.object("type", type, "values", vector.values());
            case Value.Table table -> Json.object("type", type, "columns", table.columns(), "rows", table.rows());
            case Value.Image image -> Json.object("type", type, "width", image.width(), "height", image.height());
            case Value.Audio audio -> Json.object("type", type, "seconds", audio.seconds());
        };
    }

    private static List<Map<String, @Nullable Object>> spans(List<Span> spans) {
        return spans.stream()
                .map(span -> Json.object(
                        "label",
                        span.label(),
                        "text",
                        span.text(),
                        "score",
                        span.score(),
                        "where",
                        where(span.extent())))
                .toList();
    }

    private static Map<String, @Nullable Object> where(Span.Extent extent) {
        return switch (extent) {
            case Span.Characters at -> Json.object("start", at.start(), "end", at.end());
            case Span.Seconds at -> Json.object("start_s", at.start(), "end_s", at.end());
            case Span.Area at ->
                Json.object(
                        "corners",
                        List.of(
                                corner(at.topLeft()),
                                corner(at.topRight()),
                                corner(at.bottomRight()),
                                corner(at.bottomLeft())));
        };
    }

    private static List<Double> corner(Span.Point point) {
        return List.of(point.x(), point.y());
    }
}
