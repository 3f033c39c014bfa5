package dev.troupe.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param language as the fence names it, may be empty
 * @param file the path behind the language: where the reader is to put it; may be empty
 * @param line where it begins in the page, from 1
 */
record Snippet(String page, String language, String file, String text, int line) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)(?: +(\\S+))?\\n(.*?)^```$");

    static List<Snippet> of(Path page) throws IOException {
        String text = Files.readString(page);
        Matcher blocks = BLOCK.matcher(text);
        List<Snippet> snippets = new ArrayList<>();
        while (blocks.find()) {
            String file = blocks.group(2);
            snippets.add(new Snippet(
                    String.valueOf(page.getFileName()),
                    blocks.group(1),
                    file == null ? "" : file,
                    blocks.group(3),
                    (int) text.substring(0, blocks.start()).lines().count() + 1));
        }
        return snippets;
    }

    String place() {
        return page + ":" + line;
    }
}
