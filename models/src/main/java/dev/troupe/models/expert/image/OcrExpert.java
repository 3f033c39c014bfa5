package dev.troupe.models.expert.image;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Resampling;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is written in a picture, by three models of the PP-OCR family: {@code detection.onnx} finds lines,
 * {@code orientation.onnx} tells which stand on their heads, {@code recognition.onnx} reads them, in the
 * characters of {@code characters.txt}.
 */
public final class OcrExpert extends OnnxExpert {
    private static final String DETECTION = "detection.onnx";
    private static final String ORIENTATION = "orientation.onnx";
    private static final String RECOGNITION = "recognition.onnx";
    /** Text much larger or smaller than in training is not found: longer sides are shrunk, shorter ones stretched. */
    private static final int LONGEST_SIDE = 2000;

    private static final int SHORTEST_SIDE = 736;
    /** However narrow it is, a picture is not stretched beyond it. */
    private static final double LONGEST_STRETCHED = 4000;

    private static final int STRIDE = 32;
    /** Slips as narrow as one line are not found either, unless there is something around them. */
    private static final int SLIP_RATIO = 8;

    private static final int SLIP_HEIGHT = 30;
    private static final double LEAST_SCORE = 0.5;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final OnnxModel detection;
    private final LineReader reader;

    private OcrExpert(ModelFiles files, OnnxModel detection, OnnxModel orientation, OnnxModel recognition) {
        super(Task.IMAGE_TO_TEXT, detection, orientation, recognition);
        this.detection = detection;
        this.reader = new LineReader(files, RECOGNITION, orientation, recognition);
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing or broken */
    public static OcrExpert load(ModelFiles files, Device.Wish wish) {
        List<OnnxModel> loaded = new ArrayList<>();
        try {
            for (String file : List.of(DETECTION, ORIENTATION, RECOGNITION)) {
                loaded.add(OnnxModel.load(files, file, wish));
            }
            return new OcrExpert(files, loaded.get(0), loaded.get(1), loaded.get(2));
        } catch (RuntimeException e) {
            loaded.forEach(OnnxModel::close);
            throw e;
        }
    }

    /**
     * A picture to read.
     *
     * @param picture at most {@link #LONGEST_SIDE} long
     * @param padding rows that were added above
     * @param ratio pixels of the original for one of the picture's
     * @param width of the detector's input
     * @param height of the detector's input
     */
    private record Page(Picture picture, int padding, double ratio, int width, int height) implements Piece {
        @Override
        public Object shape() {
            return List.of(width, height);
        }
    }

    private record Reading(Page page, List<Span.Area> areas, List<LineReader.Line> lines, boolean isSound)
            implements Result {}

    @Override
    public Prepared prepare(Inputs inputs) {
        return new Prepared(List.of(page(inputs.image())), results -> text((Reading) results.getFirst()));
    }

    private static Page page(Value.Image image) {
        double ratio = Math.max(1, Math.max(image.width(), image.height()) / (double) LONGEST_SIDE);
        Picture picture = Picture.of(
                image,
                Math.max(1, (int) Math.round(image.width() / ratio)),
                Math.max(1, (int) Math.round(image.height() / ratio)),
                Resampling.LINEAR);
        int padding = 0;
        if (picture.height() <= SLIP_HEIGHT || picture.width() > SLIP_RATIO * picture.height()) {
            int target = 2 * Math.max(picture.width() / SLIP_RATIO, SLIP_HEIGHT);
            padding = Math.abs(target - picture.height()) / 2;
            picture = picture.padVertically(padding);
        }
        int shortest = Math.min(picture.width(), picture.height());
        double stretch = Math.clamp(
                (double) SHORTEST_SIDE / shortest,
                1,
                Math.max(1, LONGEST_STRETCHED / Math.max(picture.width(), picture.height())));
        return new Page(picture, padding, ratio, stride(picture.width() * stretch), stride(picture.height() * stretch));
    }

    private static int stride(double length) {
        return Math.max(STRIDE, (int) Math.rint(Math.floor(length) / STRIDE) * STRIDE);
    }

    /** Pages are large: one takes some hundred megabytes on its way through the detector. */
    @Override
    public int mostPieces() {
        return 2;
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        int count = pieces.size();
        Page first = (Page) pieces.getFirst();
        int area = first.width() * first.height();
        float[] values = new float[3 * area * count];
        for (int i = 0; i < count; i++) {
            ((Page) pieces.get(i))
                    .picture()
                    .resize(first.width(), first.height(), Resampling.LINEAR)
                    .normalize(1 / 255.0, HALF, HALF, true, values, 3 * area * i, first.width());
        }
        Map<String, Tensor> outputs = detection.run(Map.of(
                detection.inputNames().iterator().next(),
                new Tensor.Floats(values, count, 3, first.height(), first.width())));
        Tensor.Floats maps = (Tensor.Floats) outputs.values().iterator().next();
        List<Result> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readings.add(read((Page) pieces.get(i), maps.row(i)));
        }
        return readings;
    }

    private Reading read(Page page, float[] map) {
        if (!Numbers.areFinite(map)) {
            return new Reading(page, List.of(), List.of(), false);
        }
        Picture picture = page.picture();
        List<Span.Area> areas = new TextAreas(map, page.width(), page.height()).find(picture.width(), picture.height());
        List<LineReader.Line> lines =
                reader.read(areas.stream().map(area -> cut(picture, area)).toList());
        return new Reading(page, areas, lines, lines.stream().allMatch(LineReader.Line::sound));
    }

    /** A line as a picture of its own; what is much higher than wide is taken for text that runs upwards. */
    private static Picture cut(Picture picture, Span.Area area) {
        int width = (int) Math.max(
                TextAreas.length(area.topLeft(), area.topRight()),
                TextAreas.length(area.bottomRight(), area.bottomLeft()));
        int height = (int) Math.max(
                TextAreas.length(area.topLeft(), area.bottomLeft()),
                TextAreas.length(area.topRight(), area.bottomRight()));
        Picture line = picture.straighten(area, width, height);
        return height >= 1.5 * width ? line.quarterTurn() : line;
    }

    /** Lines in reading order; a page that stands on its head is read from its other end. */
    private static Value.Text text(Reading reading) {
        List<Span> spans = new ArrayList<>();
        int turned = 0;
        for (int i = 0; i < reading.lines().size(); i++) {
            LineReader.Line line = reading.lines().get(i);
            if (line.score() >= LEAST_SCORE) {
                Span.Area area = original(reading.areas().get(i), reading.page());
                spans.add(new Span("", line.text(), line.score(), line.turned() ? TextAreas.upsideDown(area) : area));
                turned += line.turned() ? 1 : -1;
            }
        }
        if (turned > 0) {
            Collections.reverse(spans);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < spans.size(); i++) {
            if (i > 0) {
                text.append(isSameRow(spans.get(i - 1), spans.get(i)) ? ' ' : '\n');
            }
            text.append(spans.get(i).text());
        }
        return new Value.Text(text.toString(), spans);
    }

    private static boolean isSameRow(Span one, Span other) {
        return one.extent() instanceof Span.Area first
                && other.extent() instanceof Span.Area second
                && Math.abs(first.topLeft().y() - second.topLeft().y()) < TextAreas.ROW;
    }

    private static Span.Area original(Span.Area area, Page page) {
        return new Span.Area(
                original(area.topLeft(), page),
                original(area.topRight(), page),
                original(area.bottomRight(), page),
                original(area.bottomLeft(), page));
    }

    private static Span.Point original(Span.Point point, Page page) {
        return new Span.Point(point.x() * page.ratio(), Math.max(0, point.y() - page.padding()) * page.ratio());
    }
}
