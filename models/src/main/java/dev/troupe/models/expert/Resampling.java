package dev.troupe.models.expert;

/**
 * How values between pixels, or between samples, are computed. Centres of pixels are at half positions, as in OpenCV and Pillow.
 *
 * <p>{@link #LINEAR} looks at two neighbours whatever the scale, as OpenCV does; {@link #SMOOTH} and {@link #CUBIC} widen
 * their window when they shrink, as Pillow and with it most exporters' preprocessors do.
 */
public enum Resampling {
    LINEAR(1, false),
    SMOOTH(1, true),
    CUBIC(2, true);

    private final double support;
    private final boolean widens;

    Resampling(double support, boolean widens) {
        this.support = support;
        this.widens = widens;
    }

    /** Pillow's numbers, which {@code preprocessor_config.json} uses: 2 bilinear, 3 bicubic. */
    public static Resampling ofPillow(int number) {
        return number == 3 ? CUBIC : SMOOTH;
    }

    private double weight(double distance) {
        double x = Math.abs(distance);
        if (support == 1) {
            return Math.max(0, 1 - x);
        }
        // Keys' cubic with a = -0.5, as Pillow has it.
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    /** Each of {@code height} rows stretched or shrunk to {@code toWidth}. */
    public float[] rows(float[] values, int width, int height, int toWidth) {
        if (toWidth == width) {
            return values;
        }
        double scale = (double) width / toWidth;
        double stretch = widens ? Math.max(scale, 1) : 1;
        float[] result = new float[toWidth * height];
        for (int x = 0; x < toWidth; x++) {
            double centre = (x + 0.5) * scale;
            int from = Math.max(0, (int) Math.floor(centre - support * stretch));
            int to = Math.min(width, (int) Math.ceil(centre + support * stretch));
            double[] weights = new double[Math.max(1, to - from)];
            double sum = 0;
            for (int i = from; i < to; i++) {
                weights[i - from] = weight((i + 0.5 - centre) / stretch);
                sum += weights[i - from];
            }
            for (int y = 0; y < height; y++) {
                double value = 0;
                for (int i = from; i < to; i++) {
                    value += weights[i - from] * values[y * width + i];
                }
                result[y * toWidth + x] = (float) (value / sum);
            }
        }
        return result;
    }

    /** Rows as columns. */
    public static float[] transpose(float[] values, int width, int height) {
        float[] result = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result[x * height + y] = values[y * width + x];
            }
        }
        return result;
    }
}
