package dev.troupe.models.expert.image;

import dev.troupe.models.expert.Resampling;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Value;
import java.util.Arrays;

/**
 * A picture as numbers: three channels of 0 to 255, red first, each row by row. Operations give new pictures.
 *
 * @param channels red, green and blue
 */
@SuppressWarnings("ArrayRecordComponent") // internal, and copies would cost as much as the resizing
record Picture(int width, int height, float[][] channels) {
    static Picture of(Value.Image image) {
        return of(image, image.width(), image.height(), Resampling.LINEAR);
    }

    /** Resized from the beginning: a photograph of many megapixels is not held as numbers as a whole. */
    static Picture of(Value.Image image, int width, int height, Resampling how) {
        float[][] channels = new float[3][];
        for (int c = 0; c < 3; c++) {
            channels[c] = resize(channel(image, 16 - 8 * c), image.width(), image.height(), width, height, how);
        }
        return new Picture(width, height, channels);
    }

    private static float[] channel(Value.Image image, int shift) {
        int[] pixels = image.pixels();
        float[] channel = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            channel[i] = (pixels[i] >> shift) & 255;
        }
        return channel;
    }

    /** Resized, with whole values, as libraries that keep bytes do. */
    Picture resize(int toWidth, int toHeight, Resampling how) {
        return map(channel -> resize(channel, width, height, toWidth, toHeight, how), toWidth, toHeight);
    }

    private static float[] resize(float[] channel, int width, int height, int toWidth, int toHeight, Resampling how) {
        if (toWidth == width && toHeight == height) {
            return channel;
        }
        float[] wide = how.rows(channel, width, height, toWidth);
        return round(Resampling.transpose(
                how.rows(Resampling.transpose(wide, toWidth, height), height, toWidth, toHeight), toHeight, toWidth));
    }

    /** The part of that size in the middle. */
    Picture cropCentre(int toWidth, int toHeight) {
        int left = (width - toWidth) / 2;
        int top = (height - toHeight) / 2;
        return map(
                channel -> {
                    float[] part = new float[toWidth * toHeight];
                    for (int y = 0; y < toHeight; y++) {
                        for (int x = 0; x < toWidth; x++) {
                            int fromX = x + left;
                            int fromY = y + top;
                            boolean inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
                            part[y * toWidth + x] = inside ? channel[fromY * width + fromX] : 0;
                        }
                    }
                    return part;
                },
                toWidth,
                toHeight);
    }

    /** Turned by half a circle. */
    Picture upsideDown() {
        return map(
                channel -> {
                    float[] turned = new float[channel.length];
                    for (int i = 0; i < channel.length; i++) {
                        turned[i] = channel[channel.length - 1 - i];
                    }
                    return turned;
                },
                width,
                height);
    }

    /** Turned by a quarter, against the clock. */
    Picture quarterTurn() {
        return map(
                channel -> {
                    float[] turned = new float[channel.length];
                    for (int y = 0; y < height; y++) {
                        for (int x = 0; x < width; x++) {
                            turned[(width - 1 - x) * height + y] = channel[y * width + x];
                        }
                    }
                    return turned;
                },
                height,
                width);
    }

    /** With black rows above and below. */
    Picture padVertically(int rows) {
        return map(
                channel -> {
                    float[] padded = new float[width * (height + 2 * rows)];
                    System.arraycopy(channel, 0, padded, rows * width, channel.length);
                    return padded;
                },
                width,
                height + 2 * rows);
    }

    /** What stands in an area, straightened to a rectangle. */
    Picture straighten(Span.Area area, int toWidth, int toHeight) {
        Perspective perspective = Perspective.ofRectangle(toWidth, toHeight, area);
        return map(channel -> round(perspective.sample(channel, width, height, toWidth, toHeight)), toWidth, toHeight);
    }

    /**
     * The channels as a model takes them: {@code (value * scale - mean) / std}.
     *
     * @param blueFirst whether the model wants blue, green, red
     * @param target where to write, channel after channel
     * @param offset of the first number
     * @param rowLength of a row in the target, at least the picture's; the rest is left as it is
     */
    void normalize(
            double scale, float[] mean, float[] std, boolean blueFirst, float[] target, int offset, int rowLength) {
        for (int c = 0; c < 3; c++) {
            float[] channel = channels[blueFirst ? 2 - c : c];
            for (int y = 0; y < height; y++) {
                int to = offset + (c * height + y) * rowLength;
                for (int x = 0; x < width; x++) {
                    target[to + x] = (float) ((channel[y * width + x] * scale - mean[c]) / std[c]);
                }
            }
        }
    }

    private interface Change {
        float[] of(float[] channel);
    }

    private Picture map(Change change, int toWidth, int toHeight) {
        return new Picture(
                toWidth, toHeight, Arrays.stream(channels).map(change::of).toArray(float[][]::new));
    }

    private static float[] round(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(Math.clamp(values[i], 0f, 255f));
        }
        return values;
    }
}
