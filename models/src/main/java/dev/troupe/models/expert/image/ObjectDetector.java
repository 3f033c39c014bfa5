package dev.troupe.models.expert.image;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Things in a picture, by models of the DETR family: for each of some queries scores of the classes, the last of which is
 * "nothing", and a box as centre, width and height in shares of the picture.
 */
public final class ObjectDetector extends OnnxExpert {
    private static final String LOGITS = "logits";
    private static final String BOXES = "pred_boxes";
    private static final double LEAST_SCORE = 0.5;

    private final ImageModel model;
    private final List<String> labels;

    private ObjectDetector(ImageModel model, List<String> labels) {
        super(Task.OBJECT_DETECTION, model.model());
        this.model = model;
        this.labels = labels;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing, broken or of another task */
    public static ObjectDetector load(ModelFiles files, Device.Wish wish) {
        Settings config = Settings.of(files, "config.json");
        config.labels();
        ImageModel model = new ImageModel(files, wish);
        try {
            Set<String> outputs = model.model().outputNames();
            if (!outputs.containsAll(Set.of(LOGITS, BOXES))) {
                throw files.broken(
                        ImageModel.WEIGHTS, "outputs are " + outputs, LOGITS + " and " + BOXES + ", as DETR has", null);
            }
            long[] shape = model.model().outputShape(LOGITS);
            return new ObjectDetector(
                    model, config.labels(shape[shape.length - 1] < 0 ? -1 : shape[shape.length - 1] - 1));
        } catch (RuntimeException e) {
            model.model().close();
            throw e;
        }
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        Value.Image image = inputs.image();
        return new Prepared(
                List.of(model.pixels(image)), results -> new Value.Spans(found(image, (Outputs) results.getFirst())));
    }

    private List<Span> found(Value.Image image, Outputs outputs) {
        float[] logits = outputs.get(LOGITS).values();
        float[] boxes = outputs.get(BOXES).values();
        int classes = labels.size() + 1;
        List<Span> found = new ArrayList<>();
        for (int query = 0; query < logits.length / classes; query++) {
            float[] own = Arrays.copyOfRange(logits, query * classes, (query + 1) * classes);
            int best = Numbers.argMax(own, 0, classes - 1);
            double score = Numbers.softmax(own)[best];
            if (score >= LEAST_SCORE) {
                found.add(new Span(labels.get(best), "", score, area(image, boxes, query * 4)));
            }
        }
        found.sort(Comparator.comparingDouble(Span::score).reversed());
        return found;
    }

    private static Span.Area area(Value.Image image, float[] boxes, int at) {
        double left = clamp(boxes[at] - boxes[at + 2] / 2.0) * image.width();
        double right = clamp(boxes[at] + boxes[at + 2] / 2.0) * image.width();
        double top = clamp(boxes[at + 1] - boxes[at + 3] / 2.0) * image.height();
        double bottom = clamp(boxes[at + 1] + boxes[at + 3] / 2.0) * image.height();
        return new Span.Area(
                new Span.Point(left, top),
                new Span.Point(right, top),
                new Span.Point(right, bottom),
                new Span.Point(left, bottom));
    }

    private static double clamp(double share) {
        return Math.clamp(share, 0.0, 1.0);
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        return model.run(pieces);
    }
}
