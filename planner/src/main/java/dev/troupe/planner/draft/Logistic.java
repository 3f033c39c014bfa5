package dev.troupe.planner.draft;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_FDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Logistic regression by Newton's method, drawn towards coefficients that are known beforehand: with no example it is
 * these, with many it is what the examples say. Immutable.
 */
final class Logistic {
    private static final int MOST_STEPS = 25;
    private static final double PRECISION = 1e-5;

    /** How many examples the prior counts for, about. */
    private static final double PENALTY = 1;

    /** The last one is the constant. */
    private final double[] coefficients;

    Logistic(double... coefficients) {
        this.coefficients = coefficients.clone();
    }

    /** An example: its features, whether it is one, and how many it stands for. */
    @SuppressWarnings("ArrayRecordComponent") // made by the thousand, and never compared
    record Example(double[] features, boolean positive, double weight) {}

    /** The probability, 0 to 1. */
    double probability(double[] features) {
        double sum = coefficients[features.length];
        for (int i = 0; i < features.length; i++) {
            sum += coefficients[i] * features[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    double[] coefficients() {
        return coefficients.clone();
    }

    /** What these examples make of it. */
    Logistic learn(List<Example> examples) {
        int n = coefficients.length;
        double[] found = coefficients.clone();
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] slope = new double[n];
            double[][] curve = new double[n][n];
            for (int i = 0; i < n; i++) {
                slope[i] = PENALTY * (coefficients[i] - found[i]);
                curve[i][i] = PENALTY;
            }
            Logistic now = new Logistic(found);
            for (Example example : examples) {
                now.observe(example, slope, curve);
            }
            double[] change = solved(curve, slope);
            double most = 0;
            for (int i = 0; i < n; i++) {
                found[i] += change[i];
                most = Math.max(most, Math.abs(change[i]));
            }
            if (most < PRECISION) {
                break;
            }
        }
        return new Logistic(found);
    }

    private void observe(Example example, double[] slope, double[][] curve) {
        double probability = probability(example.features());
        double error = example.weight() * ((example.positive() ? 1 : 0) - probability);
        double spread = example.weight() * probability * (1 - probability);
        int n = slope.length;
        for (int i = 0; i < n; i++) {
            double one = i < n - 1 ? example.features()[i] : 1;
            slope[i] += error * one;
            for (int j = 0; j <= i; j++) {
                curve[i][j] += spread * one * (j < n - 1 ? example.features()[j] : 1);
            }
        }
    }

    private static double[] solved(double[][] curve, double[] slope) {
        int n = slope.length;
        FMatrixRMaj matrix = new FMatrixRMaj(n, n);
        FMatrixRMaj right = new FMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            right.set(i, 0, (float) slope[i]);
            for (int j = 0; j < n; j++) {
                matrix.set(i, j, (float) (j <= i ? curve[i][j] : curve[j][i]));
            }
        }
        LinearSolverDense<FMatrixRMaj> solver = LinearSolverFactory_FDRM.symmPosDef(n);
        FMatrixRMaj change = new FMatrixRMaj(n, 1);
        double[] solved = new double[n];
        if (!solver.setA(matrix)) {
            return solved;
        }
        solver.solve(right, change);
        for (int i = 0; i < n; i++) {
            solved[i] = change.get(i, 0);
        }
        return solved;
    }
}
