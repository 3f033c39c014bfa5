package dev.troupe.models.onnx;

import java.util.Arrays;

/** Numbers in a shape, row by row. Immutable by agreement: arrays are neither copied nor to be written to. */
public sealed interface Tensor {
    /** The length of each dimension; empty for a single number. */
    long[] shape();

    /** 32-bit floating point numbers. */
    @SuppressWarnings("ArrayRecordComponent") // copies of megabytes would cost more than the run
    record Floats(float[] values, long... shape) implements Tensor {
        public Floats {
            check(values.length, shape);
        }

        /** Whether there is neither NaN nor infinity in it. */
        public boolean isFinite() {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
            return true;
        }

        /** Part {@code index} along the first dimension. */
        public float[] row(int index) {
            int length = values.length / Math.toIntExact(shape[0]);
            return Arrays.copyOfRange(values, index * length, (index + 1) * length);
        }
    }

    /** 64-bit whole numbers. */
    @SuppressWarnings("ArrayRecordComponent")
    record Longs(long[] values, long... shape) implements Tensor {
        public Longs {
            check(values.length, shape);
        }
    }

    private static void check(int count, long[] shape) {
        long product = 1;
        for (long length : shape) {
            product *= length;
        }
        if (product != count) {
            throw new IllegalArgumentException(
                    "tensor: %d numbers (expected: %d for %s)".formatted(count, product, Arrays.toString(shape)));
        }
    }
}
