package dev.troupe.models.expert.sound;

import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.OnnxExpert;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where somebody speaks, by Silero's model in the export that takes many windows in one run. */
public final class VoiceActivityExpert extends OnnxExpert {
    private static final String WEIGHTS = "model.onnx";
    private static final Set<String> INPUTS = Set.of("input", "h", "c");
    /** Samples that a window brings. */
    private static final int WINDOW = 512;
    /** Samples of the window before that it begins with. */
    private static final int CONTEXT = 64;

    private static final int STATE = 128;
    /** Windows of one run: 16 seconds. */
    private static final int MOST_WINDOWS = 512;

    private final OnnxModel model;

    private VoiceActivityExpert(OnnxModel model) {
        super(Task.VOICE_ACTIVITY_DETECTION, model);
        this.model = model;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} when the file is missing, broken or another export */
    public static VoiceActivityExpert load(ModelFiles files, Device.Wish wish) {
        OnnxModel model = OnnxModel.load(files, WEIGHTS, wish);
        if (!model.inputNames().equals(INPUTS)) {
            model.close();
            throw files.broken(
                    WEIGHTS, "inputs are " + model.inputNames(), INPUTS + ", as Silero's sequence export has", null);
        }
        return new VoiceActivityExpert(model);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Sound(float[] samples) implements Piece {
        @Override
        public Object shape() {
            return samples.length;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Probabilities(float[] values) implements Result {
        @Override
        public boolean isSound() {
            return Numbers.areFinite(values);
        }
    }

    @Override
    public int mostPieces() {
        return 1;
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        float[] samples = Samples.of(inputs.audio());
        return new Prepared(List.of(new Sound(samples)), results -> {
            float[] probabilities = ((Probabilities) results.getFirst()).values();
            return new Value.Spans(SpeechSegments.of(probabilities, WINDOW, samples.length).stream()
                    .map(VoiceActivityExpert::span)
                    .toList());
        });
    }

    private static Span span(SpeechSegments.Segment segment) {
        return new Span(
                "speech",
                "",
                segment.probability(),
                new Span.Seconds(segment.start() / (double) Samples.RATE, segment.end() / (double) Samples.RATE));
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        return List.of(new Probabilities(probabilities(((Sound) pieces.getFirst()).samples())));
    }

    /** One for each window of {@value #WINDOW} samples; the last one is filled up with silence. */
    private float[] probabilities(float[] samples) {
        int windows = Math.ceilDiv(samples.length, WINDOW);
        float[] probabilities = new float[windows];
        Tensor hidden = new Tensor.Floats(new float[STATE], 1, 1, STATE);
        Tensor cell = hidden;
        for (int from = 0; from < windows; from += MOST_WINDOWS) {
            int count = Math.min(MOST_WINDOWS, windows - from);
            Map<String, Tensor> outputs =
                    model.run(Map.of("input", block(samples, from, count), "h", hidden, "c", cell));
            hidden = get(outputs, "hn");
            cell = get(outputs, "cn");
            System.arraycopy(((Tensor.Floats) get(outputs, "speech_probs")).values(), 0, probabilities, from, count);
        }
        return probabilities;
    }

    private static Tensor get(Map<String, Tensor> outputs, String name) {
        Tensor output = outputs.get(name);
        if (output == null) {
            throw new IllegalStateException("no output " + name);
        }
        return output;
    }

    private static Tensor.Floats block(float[] samples, int from, int count) {
        int length = CONTEXT + WINDOW;
        float[] block = new float[count * length];
        for (int i = 0; i < count; i++) {
            int start = (from + i) * WINDOW - CONTEXT;
            int begin = Math.max(0, start);
            int end = Math.min(samples.length, start + length);
            System.arraycopy(samples, begin, block, i * length + begin - start, end - begin);
        }
        return new Tensor.Floats(block, count, length);
    }
}
