package dev.troupe.models.expert.sound;

import java.util.ArrayList;
import java.util.List;

/**
 * Stretches of speech out of probabilities of windows: begun at one threshold, ended at a lower one after some silence,
 * short ones dropped, a little added at both ends. The rules and their numbers are those of Silero's own tools.
 */
final class SpeechSegments {
    private static final double BEGIN = 0.5;
    private static final double END = 0.35;
    private static final int SHORTEST_SPEECH = Samples.RATE / 4;
    private static final int SHORTEST_SILENCE = Samples.RATE / 10;
    private static final int MARGIN = Samples.RATE * 3 / 100;

    private SpeechSegments() {}

    /** From {@code start} up to but without {@code end}, in samples, with the mean probability in between. */
    record Segment(int start, int end, double probability) {}

    /**
     * Finds them.
     *
     * @param probabilities one for each window
     * @param window samples in a window
     * @param length samples in all
     */
    static List<Segment> of(float[] probabilities, int window, int length) {
        List<int[]> found = new ArrayList<>();
        int start = -1;
        int silentFrom = -1;
        for (int i = 0; i < probabilities.length; i++) {
            int at = i * window;
            float probability = probabilities[i];
            if (probability >= BEGIN) {
                silentFrom = -1;
                start = start < 0 ? at : start;
            } else if (probability < END && start >= 0) {
                silentFrom = silentFrom < 0 ? at : silentFrom;
                if (at - silentFrom >= SHORTEST_SILENCE) {
                    addIfLong(found, start, silentFrom);
                    start = -1;
                    silentFrom = -1;
                }
            }
        }
        if (start >= 0) {
            addIfLong(found, start, length);
        }
        return widen(found, probabilities, window, length);
    }

    private static void addIfLong(List<int[]> found, int start, int end) {
        if (end - start > SHORTEST_SPEECH) {
            found.add(new int[] {start, end});
        }
    }

    private static List<Segment> widen(List<int[]> found, float[] probabilities, int window, int length) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            int start = found.get(i)[0];
            int end = found.get(i)[1];
            int before = i == 0 ? Integer.MAX_VALUE : start - found.get(i - 1)[1];
            int after = i == found.size() - 1 ? Integer.MAX_VALUE : found.get(i + 1)[0] - end;
            // Two that are nearer than both margins meet in the middle.
            int wideStart = Math.max(0, start - (before < 2 * MARGIN ? before / 2 : MARGIN));
            int wideEnd = Math.min(length, end + (after < 2 * MARGIN ? after / 2 : MARGIN));
            segments.add(new Segment(wideStart, wideEnd, mean(probabilities, start / window, end / window)));
        }
        return segments;
    }

    private static double mean(float[] values, int from, int to) {
        int end = Math.min(Math.max(to, from + 1), values.length);
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += values[i];
        }
        return sum / (end - from);
    }
}
