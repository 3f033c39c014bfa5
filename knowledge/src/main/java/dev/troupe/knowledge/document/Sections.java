package dev.troupe.knowledge.document;

import dev.troupe.models.embedding.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.util.VectorUtil;

/**
 * A Markdown document of which a question is given the sections that are about it: those under headings of the first level
 * ({@code # …}), the most alike by the cosine of their best passage. What stands before the first heading is for all.
 * Thread-safe.
 */
public final class Sections {
    private static final int PASSAGE = 600;
    private static final int KEPT = 256;
    private static final Pattern PARAGRAPHS = Pattern.compile("\n\\s*\n");

    private final Embedder embedder;
    private final int show;
    private final String opening;
    private final List<String> sections;
    private final Map<String, String> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };
    /** By section; computed when the first question comes. */
    private List<List<float[]>> passages = List.of();

    /** @param show the most sections, at least 1 */
    public Sections(Embedder embedder, String document, int show) {
        this.embedder = embedder;
        this.show = show;
        List<String> parts = split(document);
        this.opening = parts.getFirst();
        this.sections = parts.subList(1, parts.size());
    }

    /** The sections about that question, in the document's order; the whole document where it has no more than wanted. */
    public synchronized String about(String question) {
        return sections.size() <= show
                ? opening + String.join("", sections)
                : kept.computeIfAbsent(question, this::select);
    }

    private String select(String question) {
        if (passages.isEmpty()) {
            passages = sections.stream()
                    .map(section -> embedder.embed(passages(section)))
                    .toList();
        }
        float[] asked = embedder.embed(List.of(question)).getFirst();
        Set<Integer> chosen = IntStream.range(0, sections.size())
                .boxed()
                .sorted(Comparator.comparingDouble(section -> -best(passages.get(section), asked)))
                .limit(show)
                .collect(Collectors.toSet());
        return opening
                + IntStream.range(0, sections.size())
                        .filter(chosen::contains)
                        .mapToObj(sections::get)
                        .collect(Collectors.joining());
    }

    private static double best(List<float[]> passages, float[] asked) {
        return passages.stream()
                .mapToDouble(passage -> VectorUtil.dotProduct(passage, asked))
                .max()
                .orElse(-1);
    }

    /** What stands before the first heading, then section by section. A fence's lines are no headings. */
    private static List<String> split(String document) {
        List<StringBuilder> parts = new ArrayList<>(List.of(new StringBuilder()));
        boolean fenced = false;
        for (String line : document.lines().toList()) {
            fenced ^= line.startsWith("```");
            if (!fenced && line.startsWith("# ")) {
                parts.add(new StringBuilder());
            }
            parts.getLast().append(line).append('\n');
        }
        return parts.stream().map(StringBuilder::toString).toList();
    }

    /** Paragraphs, joined as long as they are short; the heading stands over each, for it says what they are about. */
    private static List<String> passages(String section) {
        String heading = section.lines().findFirst().orElse("").substring(1).strip();
        List<String> passages = new ArrayList<>();
        StringBuilder passage = new StringBuilder();
        String text = section.substring(section.indexOf('\n') + 1);
        for (String paragraph : PARAGRAPHS.splitAsStream(text).toList()) {
            if (!passage.isEmpty() && passage.length() + paragraph.length() > PASSAGE) {
                passages.add(passage.toString());
                passage.setLength(0);
            }
            passage.append(paragraph.strip()).append('\n');
        }
        return Stream.concat(passages.stream(), Stream.of(passage.toString()))
                .map(one -> heading + "\n" + one)
                .toList();
    }
}
