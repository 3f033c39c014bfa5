package dev.troupe.planner.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text as the words in it and as each pair of words that come one after the other, however far apart. The pairs are
 * what tells "cancel the flight, then book" from "book, then cancel". Weighted by inverse document frequency, length 1.
 * Words that are in many of the requests say nothing and would only be half of all pairs.
 */
final class OrderedWords {
    /** Of the requests: a word that is in more of them is left out. */
    private static final double COMMON = 0.4;

    /** Below so many requests, even a common or a single word may be the one that matters. */
    private static final int FEW = 50;

    /** Words of a text that are looked at; pairs grow with their square. */
    private static final int LONGEST = 100;

    private final Map<String, Integer> places;
    private final float[] weights;
    private final Set<String> common;

    private OrderedWords(Map<String, Integer> places, float[] weights, Set<String> common) {
        this.places = places;
        this.weights = weights;
        this.common = common;
    }

    /** What a text has of the features that were learned. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Counted(int[] features, float[] values) {}

    /** Learns from these texts which features occur, and how rare each is. */
    static OrderedWords of(List<String> texts) {
        Map<String, Integer> words = new HashMap<>();
        for (String text : texts) {
            new HashSet<>(words(text)).forEach(word -> words.merge(word, 1, Integer::sum));
        }
        Set<String> common = new HashSet<>();
        if (texts.size() >= FEW) {
            words.forEach((word, count) -> {
                if (count > COMMON * texts.size()) {
                    common.add(word);
                }
            });
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String text : texts) {
            features(text, common).forEach(feature -> counts.merge(feature, 1, Integer::sum));
        }
        List<String> kept = new ArrayList<>();
        // What occurs once in many requests is chance more often than not, and would be most of all features.
        counts.forEach((feature, count) -> {
            if (count > 1 || texts.size() < FEW) {
                kept.add(feature);
            }
        });
        kept.sort(null);
        Map<String, Integer> places = HashMap.newHashMap(kept.size());
        float[] weights = new float[kept.size()];
        for (int i = 0; i < weights.length; i++) {
            String feature = kept.get(i);
            places.put(feature, i);
            weights[i] = (float) (Math.log((double) texts.size() / counts.getOrDefault(feature, 1)) + 1);
        }
        return new OrderedWords(places, weights, common);
    }

    int size() {
        return weights.length;
    }

    Counted count(String text) {
        int[] features = new int[64];
        int found = 0;
        double square = 0;
        for (String feature : features(text, common)) {
            @Nullable Integer place = places.get(feature);
            if (place != null) {
                if (found == features.length) {
                    features = Arrays.copyOf(features, 2 * found);
                }
                features[found++] = place;
                square += (double) weights[place] * weights[place];
            }
        }
        features = Arrays.copyOf(features, found);
        float[] values = new float[found];
        for (int i = 0; i < found; i++) {
            values[i] = (float) (weights[features[i]] / Math.sqrt(square));
        }
        return new Counted(features, values);
    }

    private static Set<String> features(String text, Set<String> common) {
        List<String> words = words(text);
        words.removeAll(common);
        Set<String> features = new LinkedHashSet<>(words);
        int end = Math.min(words.size(), LONGEST);
        for (int i = 0; i < end; i++) {
            for (int j = i + 1; j < end; j++) {
                features.add(words.get(i) + ' ' + words.get(j));
            }
        }
        return features;
    }

    /** Runs of letters in lower case; a run of digits is 0, whatever the number. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            if (Character.isLetter(text.charAt(at))) {
                while (at < text.length() && Character.isLetter(text.charAt(at))) {
                    at++;
                }
                words.add(text.substring(start, at).toLowerCase(Locale.ROOT));
            } else if (Character.isDigit(text.charAt(at))) {
                while (at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
                words.add("0");
            } else {
                at++;
            }
        }
        return words;
    }
}
