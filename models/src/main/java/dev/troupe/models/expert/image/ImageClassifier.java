package dev.troupe.models.expert.image;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a picture shows, out of the classes of {@code config.json}. The output is taken for logits unless
 * {@code function_to_apply} says {@code none}.
 */
public final class ImageClassifier extends OnnxExpert {
    private static final String OUTPUT = "logits";

    private final ImageModel model;
    private final List<String> labels;
    private final boolean logits;

    private ImageClassifier(ImageModel model, List<String> labels, boolean logits) {
        super(Task.IMAGE_CLASSIFICATION, model.model());
        this.model = model;
        this.labels = labels;
        this.logits = logits;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing or broken, or labels don't fit */
    public static ImageClassifier load(ModelFiles files, Device.Wish wish) {
        Settings config = Settings.of(files, "config.json");
        config.labels();
        ImageModel model = new ImageModel(files, wish);
        try {
            String output = model.model().outputNames().contains(OUTPUT)
                    ? OUTPUT
                    : model.model().outputNames().iterator().next();
            long[] shape = model.model().outputShape(output);
            List<String> labels = config.labels(shape.length == 2 ? shape[1] : -1);
            boolean logits = !config.text("function_to_apply").orElse("softmax").equals("none");
            return new ImageClassifier(model, labels, logits);
        } catch (RuntimeException e) {
            model.model().close();
            throw e;
        }
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        return new Prepared(List.of(model.pixels(inputs.image())), results -> {
            float[] values = ((Outputs) results.getFirst()).get(OUTPUT).values();
            double[] scores = logits ? Numbers.softmax(values) : Numbers.copy(values);
            Map<String, Double> named = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(scores.length, labels.size()); i++) {
                named.put(labels.get(i), scores[i]);
            }
            return Value.Labels.of(named);
        });
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        return model.run(pieces);
    }
}
