package dev.troupe.models.expert.text;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Set;

/** The passage of a text that answers a question: where the scores of its beginning and its end are highest together. */
public final class QuestionAnswerer extends OnnxExpert {
    private static final String START = "start_logits";
    private static final String END = "end_logits";
    /** Tokens of an answer, as in Hugging Face's pipeline. */
    private static final int LONGEST = 15;

    private final TextModel model;

    private QuestionAnswerer(TextModel model) {
        super(Task.QUESTION_ANSWERING, model.model());
        this.model = model;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing, broken or of another task */
    public static QuestionAnswerer load(ModelFiles files, Device.Wish wish) {
        TextModel model = TextModel.load(files, wish);
        if (!model.model().outputNames().containsAll(Set.of(START, END))) {
            Set<String> outputs = model.model().outputNames();
            model.close();
            throw files.broken(
                    "model.onnx",
                    "outputs are " + outputs,
                    START + " and " + END + ": a model of question-answering",
                    null);
        }
        return new QuestionAnswerer(model);
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        String context = inputs.text("context");
        TextModel.Tokens tokens = model.tokens(inputs.text("question"), context);
        boolean any = false;
        for (int sequence : tokens.sequences()) {
            any |= sequence == 1;
        }
        if (!any) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "question: leaves no room for the context (expected: shorter than " + model.limit() + " tokens)",
                    null);
        }
        return new Prepared(List.of(tokens), results -> answer(context, tokens, (Outputs) results.getFirst()));
    }

    private static Value answer(String context, TextModel.Tokens tokens, Outputs outputs) {
        double[] starts = Numbers.softmax(masked(outputs.get(START).values(), tokens));
        double[] ends = Numbers.softmax(masked(outputs.get(END).values(), tokens));
        int bestStart = 0;
        int bestEnd = 0;
        double best = -1;
        for (int start = 0; start < starts.length; start++) {
            for (int end = start; end < Math.min(ends.length, start + LONGEST); end++) {
                if (tokens.sequences()[start] == 1
                        && tokens.sequences()[end] == 1
                        && starts[start] * ends[end] > best) {
                    best = starts[start] * ends[end];
                    bestStart = start;
                    bestEnd = end;
                }
            }
        }
        int from = TextModel.position(context, tokens.spans()[2 * bestStart]);
        int to = TextModel.position(context, tokens.spans()[2 * bestEnd + 1]);
        return new Value.Spans(
                List.of(new Span("answer", context.substring(from, to), best, new Span.Characters(from, to))));
    }

    /** Only tokens of the context can be part of the answer. */
    private static float[] masked(float[] logits, TextModel.Tokens tokens) {
        float[] masked = logits.clone();
        for (int i = 0; i < masked.length; i++) {
            if (tokens.sequences()[i] != 1) {
                masked[i] = -1e9f;
            }
        }
        return masked;
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
