package dev.troupe.planner.draft;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.draft.OrderedWords.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * How alike a request is to each solved one, 0 to 1: 0.6 times the cosine of their ordered words and 0.4 times
 * exp(4 (cosine of their vectors - 1)); without vectors, the first alone. A positive definite kernel, and 1 for the same
 * text.
 */
final class Likeness {
    private static final float WORDS = 0.6f;
    private static final float SHARPNESS = 4;

    private final OrderedWords words;
    private final int dimensions;
    private final int[][] examples;
    private final float[][] values;
    private final int[] lengths;
    private final List<float[]> vectors = new ArrayList<>();

    /** @param dimensions of the vectors, 0 for none */
    Likeness(OrderedWords words, int dimensions) {
        this.words = words;
        this.dimensions = dimensions;
        this.examples = new int[words.size()][4];
        this.values = new float[words.size()][4];
        this.lengths = new int[words.size()];
    }

    int size() {
        return vectors.size();
    }

    void add(Embedded request) {
        float[] vector = checked(request);
        Counted counted = words.count(request.text());
        for (int i = 0; i < counted.features().length; i++) {
            int feature = counted.features()[i];
            int end = lengths[feature]++;
            if (end == examples[feature].length) {
                examples[feature] = Arrays.copyOf(examples[feature], 2 * end);
                values[feature] = Arrays.copyOf(values[feature], 2 * end);
            }
            examples[feature][end] = vectors.size();
            values[feature][end] = counted.values()[i];
        }
        vectors.add(vector);
    }

    /** To each of the solved requests, in the order in which they were added. */
    float[] to(Embedded request) {
        float[] vector = checked(request);
        float[] alike = new float[vectors.size()];
        Counted counted = words.count(request.text());
        for (int i = 0; i < counted.features().length; i++) {
            int feature = counted.features()[i];
            float value = counted.values()[i];
            for (int j = 0; j < lengths[feature]; j++) {
                alike[examples[feature][j]] += value * values[feature][j];
            }
        }
        if (dimensions > 0) {
            for (int i = 0; i < alike.length; i++) {
                float cosine = dot(vector, vectors.get(i));
                alike[i] = WORDS * alike[i] + (1 - WORDS) * (float) Math.exp(SHARPNESS * (cosine - 1));
            }
        }
        return alike;
    }

    /** Of all solved requests to each other; the diagonal is 1. */
    FMatrixRMaj matrix(List<Embedded> requests) {
        int n = vectors.size();
        FMatrixRMaj matrix = new FMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            float[] row = to(requests.get(i));
            row[i] = 1;
            System.arraycopy(row, 0, matrix.data, i * n, n);
        }
        return matrix;
    }

    private float[] checked(Embedded request) {
        if (request.shared().length != dimensions) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "request.vector: " + request.shared().length + " dimensions (expected: " + dimensions + ")",
                    "All requests and tools have vectors of the same weights, or none has.");
        }
        return request.shared();
    }

    /** Four sums at once: the JVM keeps the order of one sum of floats, and with it one addition at a time. */
    static float dot(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int end = one.length & ~3;
        for (int i = 0; i < end; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (int i = end; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return a + b + c + d;
    }
}
