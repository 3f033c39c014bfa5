package dev.troupe.runtime.bench;

import java.util.List;
import java.util.Locale;

/**
 * A report as a picture, in SVG: how many questions each configuration answered right against the tokens that it took for
 * one, and how that changed over the quarters of the run. Whiskers are the 95 % intervals.
 */
public final class Plot {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int TOP = 44;
    private static final int GAP = 96;
    private static final int LEGEND_LINE = 20;
    /** Told apart by those who see no red or green, too (Okabe and Ito, Color Universal Design). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private final List<Summary> summaries;
    private final double mostTokens;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Report report) {
        this.summaries = report.configurations();
        this.mostTokens =
                roundUp(summaries.stream().mapToDouble(Plot::tokens).max().orElse(1));
    }

    /** The picture as text; it needs nothing from elsewhere. */
    public static String svg(Report report) {
        return new Plot(report).draw();
    }

    private String draw() {
        int height = TOP + HEIGHT + 56 + LEGEND_LINE * summaries.size();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\" role=\"img\">\n<title>Right answers by tokens and by quarter</title>\n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                2 * LEFT + 2 * WIDTH + GAP,
                height));
        axes(LEFT, "right answers, by tokens a question (in and out)");
        for (int i = 0; i <= 4; i++) {
            text(
                    LEFT + WIDTH * i / 4.0,
                    TOP + HEIGHT + 18,
                    "middle",
                    String.format(Locale.ROOT, "%,.0f", mostTokens * i / 4));
        }
        int right = LEFT + WIDTH + GAP;
        axes(right, "right answers, by quarter of the run");
        for (int i = 0; i < 4; i++) {
            text(quarter(right, i), TOP + HEIGHT + 18, "middle", "" + (i + 1));
        }
        for (int i = 0; i < summaries.size(); i++) {
            point(summaries.get(i), COLOURS.get(i % COLOURS.size()));
            line(summaries.get(i), COLOURS.get(i % COLOURS.size()), right, i);
            legend(summaries.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(int left, String title) {
        text(left, TOP - 18, "start", title);
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                    left,
                    y,
                    left + WIDTH,
                    y,
                    percent == 0 ? "#333333" : "#dddddd"));
            text(left - 6, y + 4, "end", percent + " %");
        }
    }

    private void point(Summary summary, String colour) {
        double x = LEFT + WIDTH * tokens(summary) / mostTokens;
        mark(x, summary.rightShare(), colour, summary.configuration());
    }

    /** Lines of several configurations stand a little beside each other, so that whiskers can be seen. */
    private void line(Summary summary, String colour, int left, int number) {
        StringBuilder points = new StringBuilder();
        double aside = 5.0 * number - 2.5 * (summaries.size() - 1);
        for (int i = 0; i < summary.quarters().size(); i++) {
            Interval share = summary.quarters().get(i).share();
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", quarter(left, i) + aside, y(share.mean())));
            mark(quarter(left, i) + aside, share, colour, summary.configuration() + ", quarter " + (i + 1));
        }
        if (!points.isEmpty()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
                    points.toString().strip(),
                    colour));
        }
    }

    private void mark(double x, Interval share, String colour, String name) {
        svg.append(String.format(
                Locale.ROOT,
                "<g stroke=\"%s\" fill=\"%s\"><title>%s: %.1f %% (%.1f to %.1f)</title>"
                        + "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
                        + "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/></g>\n",
                colour,
                colour,
                escaped(name),
                100 * share.mean(),
                100 * share.low(),
                100 * share.high(),
                x,
                y(share.low()),
                x,
                y(share.high()),
                x,
                y(share.mean())));
    }

    private void legend(Summary summary, String colour, int number) {
        int y = TOP + HEIGHT + 48 + LEGEND_LINE * number;
        svg.append(String.format(
                Locale.ROOT, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>\n", LEFT + 5, y - 4, colour));
        text(
                LEFT + 18,
                y,
                "start",
                String.format(
                        Locale.ROOT,
                        "%s (%s, %s): %d of %d, %,.0f tokens a question",
                        summary.configuration(),
                        summary.team(),
                        summary.model(),
                        summary.right(),
                        summary.asked(),
                        tokens(summary)));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#333333\">%s</text>\n",
                x,
                y,
                anchor,
                escaped(text)));
    }

    private static double quarter(int left, int number) {
        return left + WIDTH * (2 * number + 1) / 8.0;
    }

    private static double y(double share) {
        return TOP + HEIGHT * (1 - share);
    }

    private static double tokens(Summary summary) {
        return summary.inputTokens() + summary.outputTokens();
    }

    /** To 1, 2 or 5 times a power of ten, and a little more than the value, so that nothing lies on the edge. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double step : new double[] {1, 2, 4, 5, 8, 10}) {
            if (step * power > value) {
                return step * power;
            }
        }
        return 20 * power;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
