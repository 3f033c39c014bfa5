package dev.troupe.models.expert.sound;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Map;

/**
 * What is said in a recording, by models of the wav2vec 2.0 family: scores of letters for each 20 ms, of which repetitions
 * and blanks are left out. {@code vocab.json} names the letters; {@code |} stands between words.
 */
public final class SpeechRecognizer extends OnnxExpert {
    private static final String WEIGHTS = "model.onnx";
    private static final String VOCABULARY = "vocab.json";
    private static final String INPUT = "input_values";
    private static final String OUTPUT = "logits";
    private static final double MOST_SECONDS = 120;
    private static final double EPSILON = 1e-7;

    private final OnnxModel model;
    private final List<String> letters;
    private final int blank;
    private final boolean normalizes;

    private SpeechRecognizer(OnnxModel model, List<String> letters, int blank, boolean normalizes) {
        super(Task.AUTOMATIC_SPEECH_RECOGNITION, model);
        this.model = model;
        this.letters = letters;
        this.blank = blank;
        this.normalizes = normalizes;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when a file is missing, broken or of another model */
    public static SpeechRecognizer load(ModelFiles files, Device.Wish wish) {
        List<String> letters = Settings.of(files, VOCABULARY).names();
        OnnxModel model = OnnxModel.load(files, WEIGHTS, wish);
        try {
            if (!model.inputNames().contains(INPUT) || !model.outputNames().contains(OUTPUT)) {
                throw files.broken(
                        WEIGHTS,
                        "inputs are " + model.inputNames() + ", outputs " + model.outputNames(),
                        INPUT + " and " + OUTPUT + ", as wav2vec 2.0 has",
                        null);
            }
            long[] shape = model.outputShape(OUTPUT);
            long classes = shape[shape.length - 1];
            if (classes >= 0 && classes != letters.size()) {
                throw files.broken(
                        VOCABULARY, letters.size() + " letters", classes + ", as many as the model has outputs", null);
            }
            int blank = Settings.of(files, "config.json").whole("pad_token_id", 0);
            boolean normalizes = Settings.of(files, "preprocessor_config.json").flag("do_normalize", true);
            return new SpeechRecognizer(model, letters, blank, normalizes);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Sound(float[] samples) implements Piece {
        @Override
        public Object shape() {
            return samples.length;
        }
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        Value.Audio audio = inputs.audio();
        if (audio.seconds() > MOST_SECONDS) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "%s: %.0f s (expected: at most %.0f s)".formatted(audio.name(), audio.seconds(), MOST_SECONDS),
                    "cut it where nobody speaks: voice-activity-detection tells");
        }
        float[] samples = Samples.of(audio);
        return new Prepared(
                List.of(new Sound(normalizes ? normalized(samples) : samples)),
                results -> new Value.Text(decode(((Outputs) results.getFirst()).get(OUTPUT))));
    }

    /** Of mean 0 and variance 1. */
    private static float[] normalized(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample;
        }
        double mean = sum / samples.length;
        double squares = 0;
        for (float sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        double deviation = Math.sqrt(squares / samples.length + EPSILON);
        float[] normalized = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            normalized[i] = (float) ((samples[i] - mean) / deviation);
        }
        return normalized;
    }

    private String decode(Tensor.Floats scores) {
        int classes = letters.size();
        StringBuilder text = new StringBuilder();
        int before = blank;
        for (int at = 0; at + classes <= scores.values().length; at += classes) {
            int best = Numbers.argMax(scores.values(), at, at + classes) - at;
            if (best != blank && best != before) {
                String letter = letters.get(best);
                text.append(letter.equals("|") ? " " : letter.startsWith("<") ? "" : letter);
            }
            before = best;
        }
        return text.toString().strip();
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        int count = pieces.size();
        int length = ((Sound) pieces.getFirst()).samples().length;
        float[] values = new float[count * length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(((Sound) pieces.get(i)).samples(), 0, values, i * length, length);
        }
        return Outputs.split(model.run(Map.of(INPUT, new Tensor.Floats(values, count, length))), count);
    }
}
