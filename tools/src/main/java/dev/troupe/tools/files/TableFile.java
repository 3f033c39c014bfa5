package dev.troupe.tools.files;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Describes files with columns. */
final class TableFile {
    private static final int SNIFFED_LINES = 25;
    /** Values that are looked at: about a second's work. */
    private static final long MOST_VALUES = 1_000_000;

    private static final int MOST_COLUMNS = 30;
    private static final int LONGEST_ROW = 160;
    /** In the order in which ties are decided. */
    private static final List<Delimiter> DELIMITERS = List.of(
            new Delimiter(',', "comma", ""),
            new Delimiter(';', "semicolon", ", sep=\";\""),
            new Delimiter('\t', "tab", ", sep=\"\\t\""),
            new Delimiter('|', "vertical bar", ", sep=\"|\""));

    private final FileText text;
    private final Delimiter delimiter;
    private final int skipped;
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long ragged;
    private boolean more;

    private TableFile(FileText text, Delimiter delimiter, int skipped) {
        this.text = text;
        this.delimiter = delimiter;
        this.skipped = skipped;
    }

    /** The description, or an empty string when the file has no columns. */
    static String describe(Path file, FileText text) {
        List<String> head = text.head().lines().limit(SNIFFED_LINES).toList();
        Delimiter delimiter = delimiter(head);
        TableFile table = new TableFile(text, delimiter, linesBeforeHeader(head, delimiter));
        try (Reader reader = text.reader()) {
            table.read(reader);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // A quote that never ends, for example: what was read until there is described.
            table.more = true;
        }
        return table.columns.isEmpty() ? "" : table.describe();
    }

    private static Delimiter delimiter(List<String> head) {
        Delimiter best = DELIMITERS.getFirst();
        int bestScore = 0;
        for (Delimiter candidate : DELIMITERS) {
            // How many lines agree on the number of columns, as long as there are two or more.
            int score = usual(head, candidate).getValue();
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** The number of columns (two or more) that most lines have, and how many have it. */
    private static Map.Entry<Integer, Integer> usual(List<String> head, Delimiter delimiter) {
        return head.stream()
                .map(line -> columns(line, delimiter))
                .filter(count -> count > 1)
                .collect(Collectors.toMap(count -> count, count -> 1, Integer::sum))
                .entrySet()
                .stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(Map.entry(1, 0));
    }

    private static int columns(String line, Delimiter delimiter) {
        try (CSVParser parser = CSVParser.parse(new StringReader(line), format(delimiter))) {
            Iterator<CSVRecord> records = parser.iterator();
            return records.hasNext() ? records.next().size() : 0;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return 0;
        }
    }

    /** Lines of remarks above the header, which readers must skip. */
    private static int linesBeforeHeader(List<String> head, Delimiter delimiter) {
        int usual = usual(head, delimiter).getKey();
        return IntStream.range(0, head.size())
                .filter(line -> columns(head.get(line), delimiter) >= usual)
                .findFirst()
                .orElse(0);
    }

    private static CSVFormat format(Delimiter delimiter) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter.character())
                .setIgnoreEmptyLines(true)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
    }

    private void read(Reader reader) throws IOException {
        for (int line = 0; line < skipped; line++) {
            skipLine(reader);
        }
        try (CSVParser parser = CSVParser.parse(reader, format(delimiter))) {
            for (CSVRecord record : parser) {
                if (rows * columns.size() >= MOST_VALUES) {
                    more = true;
                    return;
                }
                add(record);
            }
        }
    }

    private static void skipLine(Reader reader) throws IOException {
        int character = reader.read();
        while (character != '\n' && character != -1) {
            character = reader.read();
        }
    }

    private void add(CSVRecord record) {
        if (columns.isEmpty()) {
            record.forEach(name -> columns.add(new ColumnProfile(name.strip().isEmpty() ? "(no name)" : name.strip())));
            return;
        }
        rows++;
        if (record.size() != columns.size()) {
            ragged++;
        }
        if (first.size() < 2) {
            String row =
                    Arrays.stream(record.values()).collect(Collectors.joining(String.valueOf(delimiter.character())));
            first.add(FileDescriptions.shortened(row, LONGEST_ROW));
        }
        for (int column = 0; column < Math.min(record.size(), columns.size()); column++) {
            columns.get(column).add(record.get(column));
        }
    }

    private String describe() {
        StringBuilder out = new StringBuilder("CSV, ").append(delimiter.name()).append(delimiter.hint());
        out.append(text.encodingNote());
        if (skipped > 0) {
            out.append(", skiprows=").append(skipped);
        }
        out.append(more ? ", more than " : ", ").append(rows).append(rows == 1 ? " row" : " rows");
        if (ragged > 0) {
            out.append(", ").append(ragged).append(" with another number of columns than the header");
        }
        out.append("; columns:");
        columns.stream()
                .limit(MOST_COLUMNS)
                .forEach(column -> out.append("\n  ").append(column.describe()));
        if (columns.size() > MOST_COLUMNS) {
            out.append("\n  and ").append(columns.size() - MOST_COLUMNS).append(" more columns");
        }
        if (!first.isEmpty()) {
            out.append("\nfirst rows:");
            first.forEach(row -> out.append("\n  ").append(row));
        }
        return out.toString();
    }

    /**
     * What separates columns.
     *
     * @param hint what pandas has to be told
     */
    private record Delimiter(char character, String name, String hint) {}
}
