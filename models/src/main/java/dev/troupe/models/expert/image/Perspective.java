package dev.troupe.models.expert.image;

import dev.troupe.models.task.Span;

/**
 * The projective mapping that takes a rectangle to any area of four corners. Coefficients after P. Heckbert, Fundamentals
 * of Texture Mapping and Image Warping, 1989, section 2.2.3.
 */
record Perspective(double a, double b, double c, double d, double e, double f, double g, double h) {
    /** From (0, 0)–(width, height) to the area. */
    static Perspective ofRectangle(double width, double height, Span.Area to) {
        Span.Point p0 = to.topLeft();
        Span.Point p1 = to.topRight();
        Span.Point p2 = to.bottomRight();
        Span.Point p3 = to.bottomLeft();
        double dx1 = p1.x() - p2.x();
        double dx2 = p3.x() - p2.x();
        double dx3 = p0.x() - p1.x() + p2.x() - p3.x();
        double dy1 = p1.y() - p2.y();
        double dy2 = p3.y() - p2.y();
        double dy3 = p0.y() - p1.y() + p2.y() - p3.y();
        double determinant = dx1 * dy2 - dx2 * dy1;
        double g = (dx3 * dy2 - dx2 * dy3) / determinant;
        double h = (dx1 * dy3 - dx3 * dy1) / determinant;
        return new Perspective(
                (p1.x() - p0.x() + g * p1.x()) / width,
                (p3.x() - p0.x() + h * p3.x()) / height,
                p0.x(),
                (p1.y() - p0.y() + g * p1.y()) / width,
                (p3.y() - p0.y() + h * p3.y()) / height,
                p0.y(),
                g / width,
                h / height);
    }

    /** One channel of the area as a rectangle; outside the picture its edge goes on. */
    float[] sample(float[] channel, int width, int height, int toWidth, int toHeight) {
        float[] result = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                double w = g * x + h * y + 1;
                double fromX = (a * x + b * y + c) / w;
                double fromY = (d * x + e * y + f) / w;
                result[y * toWidth + x] = cubic(channel, width, height, fromX, fromY);
            }
        }
        return result;
    }

    private static float cubic(float[] channel, int width, int height, double x, double y) {
        int left = (int) Math.floor(x) - 1;
        int top = (int) Math.floor(y) - 1;
        double sum = 0;
        for (int j = top; j < top + 4; j++) {
            double row = 0;
            for (int i = left; i < left + 4; i++) {
                int at = Math.clamp(j, 0, height - 1) * width + Math.clamp(i, 0, width - 1);
                row += weight(x - i) * channel[at];
            }
            sum += weight(y - j) * row;
        }
        return (float) sum;
    }

    /** Keys' cubic with a = -0.75, as OpenCV has it. */
    private static double weight(double distance) {
        double x = Math.abs(distance);
        if (x <= 1) {
            return (1.25 * x - 2.25) * x * x + 1;
        }
        return x < 2 ? ((-0.75 * x + 3.75) * x - 6) * x + 3 : 0;
    }
}
