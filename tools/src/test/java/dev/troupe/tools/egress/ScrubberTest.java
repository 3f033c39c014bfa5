package dev.troupe.tools.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScrubberTest {
    @Test
    void textsThatOverlapAndBeginAlike_areFound() {
        Scrubber scrubber = new Scrubber(Map.of("abcd", "1", "bc", "2", "aba", "3"));
        assertThat(scrubber.scrub("xabcdx")).isEqualTo("xa2dx");
        assertThat(scrubber.scrub("ababa")).isEqualTo("3ba");
        assertThat(scrubber.scrub("ab")).isEqualTo("ab");
        assertThat(scrubber.scrub("")).isEmpty();
    }

    @Test
    void noTexts_changeNothing() {
        Scrubber scrubber = new Scrubber(Map.of());
        assertThat(scrubber.isEmpty()).isTrue();
        assertThat(scrubber.scrub("anything")).isEqualTo("anything");
    }

    @Test
    void randomStreams_cutAnyhow_areAsReplacedAtOnce() {
        long seed = 20261125;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            Map<String, String> texts = new LinkedHashMap<>();
            // Of one length, so that none is a part of another: replacing from left to right is then the oracle.
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                texts.put(letters(random, 4), "<" + i + ">");
            }
            String stream = letters(random, 60);
            assertThat(piecewise(new Scrubber(texts), stream, random))
                    .as("seed %d, round %d: %s in %s", seed, round, texts, stream)
                    .isEqualTo(fromLeftToRight(texts, stream));
        }
    }

    private static String piecewise(Scrubber scrubber, String text, Random random) {
        Scrubber.Stream stream = scrubber.stream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(7));
            byte[] piece = text.substring(at, end).getBytes(StandardCharsets.ISO_8859_1);
            stream.accept(piece, piece.length, out);
            at = end;
        }
        stream.end(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String fromLeftToRight(Map<String, String> texts, String stream) {
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < stream.length(); ) {
            int here = at;
            String found = texts.keySet().stream()
                    .filter(text -> stream.startsWith(text, here))
                    .findFirst()
                    .orElse("");
            result.append(found.isEmpty() ? stream.substring(at, at + 1) : texts.get(found));
            at += Math.max(1, found.length());
        }
        return result.toString();
    }

    private static String letters(Random random, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append("ab".charAt(random.nextInt(2)));
        }
        return letters.toString();
    }
}
