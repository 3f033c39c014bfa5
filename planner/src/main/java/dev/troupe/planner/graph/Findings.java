package dev.troupe.planner.graph;

import dev.troupe.models.task.Span;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What results say, in words: for the prompt of who writes the answer, and as the answer itself. */
public final class Findings {
    /** On the high side: English has about four letters a token. */
    private static final int LETTERS_PER_TOKEN = 3;

    private static final int SHOWN_LABELS = 5;
    private static final int SHOWN_SPANS = 20;
    private static final int FEWEST_LETTERS = 120;
    private static final String CUT = " […] ";

    private Findings() {}

    /**
     * All results for a prompt, each under its task's id. What is longer than its share of the tokens is cut in the middle.
     *
     * @param tokens the most that it may take altogether, by an upper estimate
     */
    public static String told(List<TaskResult> results, int tokens) {
        int letters = Math.max(FEWEST_LETTERS, tokens * LETTERS_PER_TOKEN / Math.max(1, results.size()));
        return results.stream()
                .map(result ->
                        result.task().id() + " " + result.task().capability().name() + "("
                                + inputs(result.task()) + "): "
                                + (result.isDone()
                                        ? cut(values(result), letters)
                                        : result.state().label() + ", " + result.why()))
                .collect(Collectors.joining("\n"));
    }

    /** {@code receipt.png}, {@code "What is the total?", t1}. */
    private static String inputs(PlannedTask task) {
        return task.arguments().values().stream()
                .flatMap(List::stream)
                .map(argument -> argument instanceof Argument.Words words
                        ? '"' + cut(words.text(), FEWEST_LETTERS) + '"'
                        : argument.written())
                .collect(Collectors.joining(", "));
    }

    private static String values(TaskResult result) {
        if (result.task().each() == null) {
            return result.values().stream().map(item -> tell(item.value())).collect(Collectors.joining("\n"));
        }
        return result.values().stream()
                .map(item -> "\n- " + item.name() + ": " + tell(item.value()))
                .collect(Collectors.joining());
    }

    /** The answer, where one task gave all of it; empty where somebody has to write it. */
    public static Optional<String> answer(List<TaskResult> last) {
        if (last.size() != 1
                || !last.getFirst().isDone()
                || !last.getFirst().task().capability().answers()) {
            return Optional.empty();
        }
        TaskResult result = last.getFirst();
        String text = result.task().each() == null
                ? result.values().stream().map(item -> brief(item.value())).collect(Collectors.joining("\n"))
                : result.values().stream()
                        .map(item -> item.name() + ": " + brief(item.value()))
                        .collect(Collectors.joining("\n"));
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    /** All that is there, in plain words: the answer where nobody can write one. */
    public static String plain(List<TaskResult> last) {
        return last.stream()
                .filter(TaskResult::isDone)
                .map(result -> values(result).strip() + " [" + result.task().id() + "]")
                .collect(Collectors.joining("\n"));
    }

    /** What was not done and why, a line each; empty when all was done. */
    public static String failures(List<TaskResult> results) {
        return results.stream()
                .filter(result -> !result.isDone())
                .map(result -> "Not done: " + result.task().id() + " "
                        + result.task().capability().name() + " (" + result.why() + ").")
                .collect(Collectors.joining("\n"));
    }

    /** What an agent is told of a value. */
    public static String tell(Value value) {
        return switch (value) {
            case Value.Text text ->
                text.text().isBlank() ? "no text" : text.text().strip();
            case Value.Labels labels ->
                labels.scores().stream()
                        .limit(SHOWN_LABELS)
                        .map(Findings::scored)
                        .collect(Collectors.joining(", "));
            case Value.Spans spans -> spans(spans.spans());
            case Value.Vector vector -> vector.brief();
            case Value.Table table -> table.brief();
            case Value.Image image -> image.brief();
            case Value.Audio audio -> audio.brief();
        };
    }

    private static String brief(Value value) {
        return value instanceof Value.Labels labels && !labels.scores().isEmpty()
                ? scored(labels.scores().getFirst())
                : tell(value);
    }

    private static String scored(Value.Labels.Score score) {
        return cut(score.label(), FEWEST_LETTERS) + String.format(Locale.ROOT, " (%.2f)", score.score());
    }

    private static String spans(List<Span> spans) {
        if (spans.isEmpty()) {
            return "nothing found";
        }
        double seconds = spans.stream()
                .filter(span -> span.extent() instanceof Span.Seconds)
                .mapToDouble(span -> ((Span.Seconds) span.extent()).end() - ((Span.Seconds) span.extent()).start())
                .sum();
        String found = spans.stream().limit(SHOWN_SPANS).map(Findings::span).collect(Collectors.joining("; "));
        String more = spans.size() > SHOWN_SPANS ? "; and " + (spans.size() - SHOWN_SPANS) + " more" : "";
        String sum = seconds > 0 ? String.format(Locale.ROOT, "; %.1f s altogether", seconds) : "";
        return spans.size() + " found: " + found + more + sum;
    }

    private static String span(Span span) {
        String what = (span.label() + " " + span.text()).strip();
        return switch (span.extent()) {
            case Span.Seconds at ->
                String.format(Locale.ROOT, "%s %.1f s to %.1f s", what, at.start(), at.end())
                        .strip();
            case Span.Characters at -> what;
            case Span.Area at ->
                String.format(
                                Locale.ROOT,
                                "%s at %.0f, %.0f",
                                what,
                                at.topLeft().x(),
                                at.topLeft().y())
                        .strip();
        };
    }

    /** The middle is left out: beginnings and ends say most. */
    public static String cut(String text, int letters) {
        if (text.length() <= letters) {
            return text;
        }
        int head = Math.max(1, (letters - CUT.length()) * 2 / 3);
        int tail = Math.max(0, letters - CUT.length() - head);
        return text.substring(0, head) + CUT + text.substring(text.length() - tail);
    }
}
