package dev.troupe.runtime.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, the first row being the heads. Columns whose cells begin with a digit or {@code $} stand right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final Style style;

    Table(Style style, String... heads) {
        this.style = style;
        rows.add(List.of(heads));
    }

    Table row(Object... cells) {
        rows.add(List.of(cells).stream().map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[column] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            right[column] = rows.size() > 1
                    && rows.stream().skip(1).allMatch(row -> row.get(at).matches("[-$0-9].*"));
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < rows.size(); at++) {
            List<String> row = rows.get(at);
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                line.append(right[column] ? padding + row.get(column) : row.get(column) + padding)
                        .append("  ");
            }
            String whole = line.toString().stripTrailing();
            text.append(at == 0 ? style.bold(whole) : whole).append('\n');
        }
        return text.toString();
    }
}
