package dev.troupe.models.expert.text;

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
import java.util.List;

/**
 * Names, places, dates in a text: the labels of its tokens ({@code B-PER}, {@code I-PER}, {@code O}), joined to spans as
 * the simple aggregation of Hugging Face's pipeline does.
 */
public final class TokenClassifier extends OnnxExpert {
    private static final String OUTPUT = "logits";
    private static final String OUTSIDE = "O";

    private final TextModel model;
    private final List<String> labels;

    private TokenClassifier(TextModel model, List<String> labels) {
        super(Task.TOKEN_CLASSIFICATION, model.model());
        this.model = model;
        this.labels = labels;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing or broken, or labels don't fit */
    public static TokenClassifier load(ModelFiles files, Device.Wish wish) {
        Settings config = Settings.of(files, "config.json");
        config.labels();
        TextModel model = TextModel.load(files, wish);
        try {
            return new TokenClassifier(model, config.labels(model.width(OUTPUT, 3)));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        String text = inputs.text("text");
        TextModel.Tokens tokens = model.tokens(text);
        return new Prepared(
                List.of(tokens),
                results -> new Value.Spans(spans(
                        text, tokens, ((Outputs) results.getFirst()).get(OUTPUT).values())));
    }

    /** A span under construction: tokens of one kind that follow each other. */
    private static final class Group {
        final String kind;
        final int start;
        int end;
        double sum;
        int count;

        Group(String kind, int start) {
            this.kind = kind;
            this.start = start;
        }

        Span span(String text) {
            return new Span(kind, text.substring(start, end), sum / count, new Span.Characters(start, end));
        }
    }

    private List<Span> spans(String text, TextModel.Tokens tokens, float[] logits) {
        int classes = labels.size();
        List<Span> spans = new ArrayList<>();
        Group group = null;
        for (int i = 0; i < tokens.ids().length; i++) {
            if (tokens.sequences()[i] < 0) {
                continue;
            }
            double[] shares = Numbers.softmax(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes));
            int best = Numbers.argMax(logits, i * classes, (i + 1) * classes) - i * classes;
            String label = labels.get(best);
            String kind = label.replaceFirst("^[BI]-", "");
            if (group != null && (!group.kind.equals(kind) || label.startsWith("B-"))) {
                spans.add(group.span(text));
                group = null;
            }
            if (!label.equals(OUTSIDE)) {
                group = group == null ? new Group(kind, TextModel.position(text, tokens.spans()[2 * i])) : group;
                group.end = TextModel.position(text, tokens.spans()[2 * i + 1]);
                group.sum += shares[best];
                group.count++;
            }
        }
        if (group != null) {
            spans.add(group.span(text));
        }
        return spans;
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
