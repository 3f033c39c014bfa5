package dev.troupe.models.expert.text;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Texts as vectors, and what follows from how near these are: similarity, ranking, and classes that are told by their
 * names. {@code config.json} may say {@code pooling} ({@code mean} or {@code cls}), {@code query_prefix} and
 * {@code hypothesis_template}.
 */
public final class EmbeddingExpert extends OnnxExpert {
    /** Turns differences of cosines, which are small, into shares; CLIP's scale, which sentence models do well with. */
    private static final double SHARPNESS = 100;

    private static final String OUTPUT = "last_hidden_state";

    private final TextModel model;
    private final boolean first;
    private final String queryPrefix;
    private final String hypothesis;

    private EmbeddingExpert(Task task, TextModel model, Settings config) {
        super(task, model.model());
        this.model = model;
        this.first = config.text("pooling").orElse("mean").equals("cls");
        this.queryPrefix = config.text("query_prefix").orElse("");
        this.hypothesis = config.text("hypothesis_template").orElse("This text is about {}.");
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing or broken */
    public static EmbeddingExpert load(Task task, ModelFiles files, Device.Wish wish) {
        return new EmbeddingExpert(task, TextModel.load(files, wish), Settings.of(files, "config.json"));
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        return switch (task()) {
            case FEATURE_EXTRACTION ->
                new Prepared(
                        List.of(model.tokens(inputs.text("text"))),
                        results -> new Value.Vector(vector(results.getFirst())));
            case SENTENCE_SIMILARITY -> {
                List<String> sentences = inputs.texts("sentences");
                yield near(inputs.text("text"), sentences, sentences, scores -> Numbers.copy(scores));
            }
            case TEXT_RANKING -> {
                List<String> texts = inputs.texts("texts");
                yield near(queryPrefix + inputs.text("query"), texts, texts, scores -> Numbers.copy(scores));
            }
            case ZERO_SHOT_CLASSIFICATION -> {
                List<String> labels = inputs.texts("labels");
                List<String> sentences = labels.stream()
                        .map(label -> hypothesis.replace("{}", label))
                        .toList();
                yield near(inputs.text("text"), sentences, labels, scores -> Numbers.softmax(scores, SHARPNESS));
            }
            default -> throw new IllegalStateException(task() + " is no task of embeddings");
        };
    }

    private Prepared near(String text, List<String> others, List<String> names, Function<float[], double[]> scale) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(model.tokens(text));
        others.forEach(other -> pieces.add(model.tokens(other)));
        return new Prepared(pieces, results -> {
            float[] own = vector(results.getFirst());
            float[] cosines = new float[others.size()];
            for (int i = 0; i < cosines.length; i++) {
                cosines[i] = (float) Numbers.dot(own, vector(results.get(i + 1)));
            }
            double[] scores = scale.apply(cosines);
            Map<String, Double> named = new LinkedHashMap<>();
            for (int i = 0; i < scores.length; i++) {
                named.merge(names.get(i), scores[i], Math::max);
            }
            return Value.Labels.of(named);
        });
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        return model.run(pieces);
    }

    /** Of length 1. */
    private float[] vector(Result result) {
        Tensor.Floats states = ((Outputs) result).get(OUTPUT);
        int dimensions = Math.toIntExact(states.shape()[states.shape().length - 1]);
        int rows = first ? 1 : states.values().length / dimensions;
        float[] vector = new float[dimensions];
        for (int i = 0; i < rows * dimensions; i++) {
            vector[i % dimensions] += states.values()[i];
        }
        float scale = (float) (1 / Math.sqrt(Numbers.dot(vector, vector)));
        for (int i = 0; i < dimensions; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        model.close();
    }
}
