package dev.troupe.tools.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Describes files for prompts. Descriptions are bounded: local models pay seconds for each hundred tokens. Nothing that
 * is wrong with a file is an error here; its description says it. Thread-safe.
 */
public final class FileDescriptions {
    /** Characters of one description. */
    static final int LONGEST = 1_600;
    /** Characters of all of them; files after that are only named with their size. */
    static final int LONGEST_TOGETHER = 12_000;
    /** Files that are listed at all. */
    static final int MOST_FILES = 200;

    private static final int DEEPEST = 8;

    private FileDescriptions() {}

    /**
     * Describes files and what is in folders. Links in folders are not followed: they could lead out of what was
     * granted. Hidden files are left out.
     *
     * @param paths as programs name them, relative with {@code /}
     * @param folder what the paths are relative to
     * @return sorted by path
     */
    public static List<FileDescription> of(List<String> paths, Path folder) {
        List<String> files = paths.stream()
                .flatMap(path -> files(path, folder).stream())
                .distinct()
                .sorted()
                .limit(MOST_FILES)
                .toList();
        List<FileDescription> described = new ArrayList<>();
        int length = 0;
        for (String file : files) {
            Path real = folder.resolve(file);
            String text = length < LONGEST_TOGETHER ? describe(real) : size(real);
            length += text.length();
            described.add(new FileDescription(file, text));
        }
        return described;
    }

    private static List<String> files(String path, Path folder) {
        Path start = folder.resolve(path);
        if (!Files.isDirectory(start)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(start.toRealPath(), DEEPEST, new FileVisitOption[0])) {
            Path real = start.toRealPath();
            return found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(real::relativize)
                    .filter(FileDescriptions::isVisible)
                    .limit(10L * MOST_FILES)
                    .map(file -> path + "/" + file.toString().replace('\\', '/'))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean isVisible(Path file) {
        for (Path name : file) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** One file's description: never empty, at most about {@value #LONGEST} characters. */
    static String describe(Path file) {
        try {
            String text = byKind(file);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        } catch (IOException | java.io.UncheckedIOException e) {
            return "cannot be read";
        }
    }

    private static String byKind(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes == 0) {
            return "empty file";
        }
        FileText text = FileText.of(file);
        if (text == null) {
            return "binary file, " + size(bytes);
        }
        return switch (extension(file)) {
            case "csv", "tsv", "tab" -> orText(TableFile.describe(file, text), text, bytes);
            case "json" -> orText(JsonFile.describe(file, text), text, bytes);
            case "jsonl", "ndjson" -> orText(JsonFile.describeLines(text), text, bytes);
            default -> plainText(text, bytes);
        };
    }

    private static String orText(String description, FileText text, long bytes) {
        return description.isEmpty() ? plainText(text, bytes) : description;
    }

    private static String plainText(FileText text, long bytes) {
        StringBuilder out = new StringBuilder("text, ").append(size(bytes)).append(text.encodingNote());
        out.append("; begins:");
        text.head()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(3)
                .forEach(line -> out.append("\n  ").append(shortened(line.strip(), 120)));
        return out.toString();
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String size(Path file) {
        try {
            return size(Files.size(file));
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    static String shortened(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= most
                ? line
                : line.substring(0, Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1) + "…";
    }

    /** Words that a column or a field may hold when it holds nothing. */
    static final Set<String> BLANKS = Set.of("", "na", "n/a", "nan", "null", "none", "-", "--", "?");
}
