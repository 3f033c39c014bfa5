package dev.troupe.runtime.team.yaml;

import java.util.List;

/**
 * All that is wrong with one file, as a person wants to see it.
 *
 * @param file as the user named it
 * @param lines the file's lines, as far as they could be read
 * @param problems sorted by place, at least one
 */
public record ProblemReport(String file, List<String> lines, List<Problem> problems) {
    private static final int MOST_SHOWN = 100;
    private static final int WIDEST = 160;

    public ProblemReport {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** Splits a file's text as YAML counts lines. */
    public static ProblemReport of(String file, String text, List<Problem> problems) {
        return new ProblemReport(file, List.of(text.split("\r\n|\r|\n", -1)), problems);
    }

    /** One line a problem: {@code file:line:column  path: message (expected: …)}. */
    public List<String> summaries() {
        return problems.stream()
                .map(problem -> place(problem) + "  " + problem.text())
                .toList();
    }

    /**
     * Each problem with its source line and a caret below the place.
     *
     * @param colours whether the reader is a terminal that shows ANSI colours
     */
    public String render(boolean colours) {
        Paint paint = new Paint(colours);
        StringBuilder out = new StringBuilder();
        for (Problem problem : problems.subList(0, Math.min(problems.size(), MOST_SHOWN))) {
            out.append(paint.bold(place(problem)))
                    .append("  ")
                    .append(problem.text())
                    .append('\n');
            appendSource(problem, paint, out);
        }
        if (problems.size() > MOST_SHOWN) {
            out.append("and ").append(problems.size() - MOST_SHOWN).append(" more\n");
        }
        return out.toString();
    }

    /** How many problems there are, and each with its place: a whole error message. */
    public String text(boolean colours) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return file + ": " + count + "\n\n" + render(colours).stripTrailing();
    }

    private String place(Problem problem) {
        return problem.line() == 0 ? file : file + ":" + problem.line() + ":" + problem.column();
    }

    private void appendSource(Problem problem, Paint paint, StringBuilder out) {
        if (problem.line() < 1 || problem.line() > lines.size()) {
            return;
        }
        String line = Redaction.hide(lines.get(problem.line() - 1));
        if (line.isBlank() || line.codePointCount(0, line.length()) > WIDEST) {
            return;
        }
        String number = String.format("%5d", problem.line());
        int caret = Math.min(
                line.length(),
                line.offsetByCodePoints(0, Math.min(problem.column() - 1, line.codePointCount(0, line.length()))));
        String indent = line.substring(0, caret).replaceAll("[^\t]", " ");
        out.append(paint.dim(number + " | ")).append(line).append('\n');
        out.append(paint.dim("      | ")).append(indent).append(paint.red("^")).append('\n');
    }

    /** Colours, where asked for. */
    private record Paint(boolean colours) {
        String bold(String text) {
            return with("1", text);
        }

        String dim(String text) {
            return with("2", text);
        }

        String red(String text) {
            return with("31", text);
        }

        private String with(String code, String text) {
            return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }
}
