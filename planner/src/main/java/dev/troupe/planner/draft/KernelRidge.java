package dev.troupe.planner.draft;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_FDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Kernel ridge regression on classes that are told by one number each (Saunders, Gammerman and Vovk 1998). With K the
 * likeness of the examples, the weight of class c for an example with likenesses k is
 *
 * <pre>k' (K + ridge I)^-1 z_c</pre>
 *
 * where z_c is 1 for the examples of that class. It keeps the inverse, so that an example is added by bordering it (one
 * pass over the matrix) and the weights that an example would get if it had not been learned are known exactly.
 */
final class KernelRidge {
    private final float ridge;
    private int size;
    private int classes;
    private float[][] inverse;
    private float[][] weights;
    private int[] labels;

    /**
     * @param likeness symmetric, positive definite with the ridge; its diagonal is 1. Overwritten
     * @param labels of each example, from 0
     */
    KernelRidge(FMatrixRMaj likeness, int[] labels, int classes, float ridge) {
        this.ridge = ridge;
        this.size = labels.length;
        this.classes = classes;
        this.labels = labels.clone();
        this.inverse = inverted(likeness, ridge);
        this.weights = new float[size][classes];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                weights[i][labels[j]] += inverse[i][j];
            }
        }
    }

    private static float[][] inverted(FMatrixRMaj likeness, float ridge) {
        int n = likeness.numRows;
        for (int i = 0; i < n; i++) {
            likeness.add(i, i, ridge);
        }
        FMatrixRMaj inverse = new FMatrixRMaj(n, n);
        LinearSolverDense<FMatrixRMaj> solver = LinearSolverFactory_FDRM.symmPosDef(n);
        if (n > 0) {
            if (!solver.setA(likeness)) {
                throw new IllegalArgumentException("likeness: not positive definite (expected: likenesses of vectors)");
            }
            solver.invert(inverse);
        }
        float[][] rows = new float[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Arrays.copyOfRange(inverse.data, i * n, (i + 1) * n);
        }
        return rows;
    }

    int size() {
        return size;
    }

    /** The weight of each class for an example with these likenesses to those that were learned. */
    float[] weights(float[] likeness) {
        float[] sum = new float[classes];
        for (int i = 0; i < size; i++) {
            axpy(likeness[i], weights[i], sum);
        }
        return sum;
    }

    /** The weights that this example would get from all others alone. */
    float[] weightsWithout(int example) {
        float[] sum = new float[classes];
        axpy(-1 / inverse[example][example], weights[example], sum);
        sum[labels[example]] += 1;
        return sum;
    }

    /** Learns one more. Its label is one of the classes, or the next after them. */
    void add(float[] likeness, int label) {
        if (label == classes) {
            classes++;
            for (int i = 0; i < size; i++) {
                weights[i] = Arrays.copyOf(weights[i], classes);
            }
        }
        float[] error = weights(likeness);
        error[label] -= 1;
        float[] border = new float[size];
        for (int i = 0; i < size; i++) {
            axpy(likeness[i], inverse[i], border);
        }
        double fits = 0;
        for (int i = 0; i < size; i++) {
            fits += (double) likeness[i] * border[i];
        }
        // Not below the ridge but for rounding: the complement of a positive definite matrix.
        float complement = (float) Math.max(1 + ridge - fits, ridge);
        float[] last = new float[size + 1];
        for (int i = 0; i < size; i++) {
            axpy(border[i] / complement, border, inverse[i]);
            inverse[i] = Arrays.copyOf(inverse[i], size + 1);
            last[i] = -border[i] / complement;
            inverse[i][size] = last[i];
            axpy(border[i] / complement, error, weights[i]);
        }
        last[size] = 1 / complement;
        inverse = Arrays.copyOf(inverse, size + 1);
        inverse[size] = last;
        weights = Arrays.copyOf(weights, size + 1);
        weights[size] = new float[classes];
        axpy(-1 / complement, error, weights[size]);
        labels = Arrays.copyOf(labels, size + 1);
        labels[size] = label;
        size++;
    }

    /** {@code to += factor * from}, over the shorter of both; a loop that the JVM turns into vector instructions. */
    private static void axpy(float factor, float[] from, float[] to) {
        int end = Math.min(from.length, to.length);
        for (int i = 0; i < end; i++) {
            to[i] += factor * from[i];
        }
    }
}
