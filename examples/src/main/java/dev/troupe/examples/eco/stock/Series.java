package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A time series as Alpha Vantage tells it, in JSON with numbered fields or in CSV.
 *
 * @param meta the meta data, in order
 * @param name of the series in JSON
 * @param columns of the series
 * @param rows the latest first
 */
record Series(List<Meta> meta, String name, List<String> columns, List<Row> rows) {
    Series {
        meta = List.copyOf(meta);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A line of the meta data: {@code Symbol} and what it is. */
    record Meta(String name, String value) {}

    /** What was at a time, by column. */
    record Row(String time, List<String> values) {
        Row {
            values = List.copyOf(values);
        }
    }

    ObjectNode json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode head = body.putObject("Meta Data");
        for (int i = 0; i < meta.size(); i++) {
            head.put((i + 1) + ". " + meta.get(i).name(), meta.get(i).value());
        }
        ObjectNode series = body.putObject(name);
        for (Row row : rows) {
            ObjectNode node = series.putObject(row.time());
            for (int i = 0; i < columns.size(); i++) {
                node.put((i + 1) + ". " + columns.get(i), row.values().get(i));
            }
        }
        return body;
    }

    String csv() {
        List<String> lines = new ArrayList<>();
        lines.add("timestamp," + String.join(",", columns).replace(' ', '_'));
        rows.forEach(row -> lines.add(row.time() + "," + String.join(",", row.values())));
        return String.join("\r\n", lines) + "\r\n";
    }
}
