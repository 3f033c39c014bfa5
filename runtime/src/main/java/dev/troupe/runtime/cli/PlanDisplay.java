package dev.troupe.runtime.cli;

import dev.troupe.agents.TaskEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows a plan as a small graph: a line for each task, further in than those that it needs. On a screen the lines change
 * where they stand while the tasks are done; elsewhere each change is a line of its own.
 */
final class PlanDisplay {
    private static final int SHOWN_INPUTS = 48;

    private final PrintStream out;
    private final Style style;
    private final boolean screen;
    private final int columns;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    /** Lines of the graph that stand right above the cursor; 0 when something else was printed since. */
    private int lines;

    PlanDisplay(PrintStream out, Style style, boolean screen, int columns) {
        this.out = out;
        this.style = style;
        this.screen = screen;
        this.columns = columns;
    }

    private static final class Row {
        private final TaskEvent.Planned task;
        private final int depth;
        private String state = "waiting";
        private String expert = "";
        private String why = "";
        private long millis;

        private Row(TaskEvent.Planned task, int depth) {
            this.task = task;
            this.depth = depth;
        }
    }

    /** A plan, or the rest of one. */
    void drawn(TaskEvent.PlanDrawn plan) {
        rows.values().removeIf(row -> !row.state.equals("done"));
        Map<String, Integer> depths = new HashMap<>();
        rows.forEach((id, row) -> depths.put(id, row.depth));
        for (TaskEvent.Planned task : plan.tasks()) {
            int depth = task.after().stream()
                    .mapToInt(id -> depths.getOrDefault(id, 0) + 1)
                    .max()
                    .orElse(0);
            depths.put(task.id(), depth);
            rows.put(task.id(), new Row(task, depth));
        }
        lines = 0;
        out.println(style.bold("▸ plan") + "  " + Amounts.count(plan.tasks().size(), "task"));
        draw();
    }

    /** A task has come on. */
    void changed(TaskEvent.PlanTask change) {
        Row row = rows.get(change.id());
        if (row == null) {
            return;
        }
        row.state = change.state();
        row.expert = change.expert() == null ? "" : change.expert();
        row.why = change.why();
        row.millis = change.wallMillis();
        if (screen) {
            draw();
        } else {
            out.println("    " + line(row));
        }
    }

    /** Something else is about to be printed. */
    void leave() {
        lines = 0;
    }

    private void draw() {
        StringBuilder text = new StringBuilder();
        if (lines > 0) {
            text.append("\u001b[").append(lines).append('A');
        }
        List<Row> ordered = new ArrayList<>(rows.values());
        for (Row row : ordered) {
            text.append(screen ? "\r\u001b[K" : "")
                    .append("    ")
                    .append(line(row))
                    .append('\n');
        }
        out.print(text);
        out.flush();
        lines = screen ? ordered.size() : 0;
    }

    private String line(Row row) {
        String edge = row.depth == 0 ? "" : "  ".repeat(row.depth - 1) + "└ ";
        String head = edge + mark(row.state) + " " + row.task.id() + " " + SafeText.firstLine(row.task.task());
        String inputs = row.task.inputs().values().stream()
                .flatMap(List::stream)
                .map(SafeText::firstLine)
                .collect(Collectors.joining(", "));
        String end = switch (row.state) {
            case "done" -> row.expert + " " + Amounts.duration(Duration.ofMillis(row.millis));
            case "running" -> row.expert + " …";
            case "waiting" -> row.why.isEmpty() ? "" : "again: " + SafeText.firstLine(row.why);
            default -> row.state + ": " + SafeText.firstLine(row.why);
        };
        // A line that wraps would not be found again when it changes.
        int room = Math.max(10, columns - 8 - head.length());
        String shown = cut(cut(inputs, SHOWN_INPUTS), room);
        String ended = cut(end, Math.max(0, room - shown.length() - 2));
        return coloured(row.state, head) + style.dim("  " + shown) + (ended.isEmpty() ? "" : "  " + ended);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }

    private static String mark(String state) {
        return switch (state) {
            case "done" -> "●";
            case "running" -> "◐";
            case "waiting" -> "○";
            default -> "✗";
        };
    }

    private String coloured(String state, String text) {
        return switch (state) {
            case "done" -> style.green(text);
            case "running" -> style.cyan(text);
            case "waiting" -> text;
            default -> style.red(text);
        };
    }
}
