package dev.troupe.models.expert.text;

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
 * The class of a text, out of those of {@code config.json}. With {@code problem_type}
 * {@code multi_label_classification} each label has a score of its own; otherwise they sum to 1.
 */
public final class TextClassifier extends OnnxExpert {
    private static final String OUTPUT = "logits";

    private final TextModel model;
    private final List<String> labels;
    private final boolean several;

    private TextClassifier(TextModel model, List<String> labels, boolean several) {
        super(Task.TEXT_CLASSIFICATION, model.model());
        this.model = model;
        this.labels = labels;
        this.several = several;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing or broken, or labels don't fit */
    public static TextClassifier load(ModelFiles files, Device.Wish wish) {
        Settings config = Settings.of(files, "config.json");
        config.labels();
        TextModel model = TextModel.load(files, wish);
        try {
            List<String> labels = config.labels(model.width(OUTPUT, 2));
            String type = config.text("problem_type").orElse("single_label_classification");
            return new TextClassifier(model, labels, type.equals("multi_label_classification"));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        return new Prepared(List.of(model.tokens(inputs.text("text"))), results -> {
            float[] logits = ((Outputs) results.getFirst()).get(OUTPUT).values();
            double[] shares = Numbers.softmax(logits);
            Map<String, Double> named = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(logits.length, labels.size()); i++) {
                named.put(labels.get(i), several ? Numbers.sigmoid(logits[i]) : shares[i]);
            }
            return Value.Labels.of(named);
        });
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        return model.run(pieces);
    }

    @Override
    public void close() {
        model.close();
    }
}
