package dev.troupe.models.expert.image;

import dev.troupe.models.expert.Numbers;
import dev.troupe.models.expert.Resampling;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads lines of text that were cut out of pictures: turns those that stand on their heads, then recognises them. */
final class LineReader {
    static final int HEIGHT = 48;
    private static final int ORIENTATION_WIDTH = 192;
    private static final int LEAST_WIDTH = 320;
    /** Lines of one run: of similar length, since the longest one sets the width that all are computed with. */
    private static final int GROUP = 6;

    private static final double SURE_OF_TURN = 0.9;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};
    private static final String LIST = "characters.txt";
    private static final String NOTE = "character";

    private final OnnxModel orientation;
    private final OnnxModel recognition;
    private final List<String> characters;

    LineReader(ModelFiles files, String recognitionFile, OnnxModel orientation, OnnxModel recognition) {
        this.orientation = orientation;
        this.recognition = recognition;
        this.characters = characters(files, recognitionFile, recognition);
    }

    /** The blank, what the model's list says, and the space that it leaves out. */
    private static List<String> characters(ModelFiles files, String recognitionFile, OnnxModel recognition) {
        List<String> characters = new ArrayList<>(List.of(""));
        // The library mangles characters beyond the basic plane in the model's own note, so a file goes first.
        String listed = files.has(LIST)
                ? new String(files.read(LIST), StandardCharsets.UTF_8)
                : recognition
                        .metadata(NOTE)
                        .orElseThrow(() -> files.broken(
                                recognitionFile, "no list of characters", LIST + ", or a note " + NOTE, null));
        listed.lines().forEach(characters::add);
        characters.add(" ");
        long[] shape =
                recognition.outputShape(recognition.outputNames().iterator().next());
        long classes = shape[shape.length - 1];
        if (classes >= 0 && classes != characters.size()) {
            throw files.broken(
                    files.has(LIST) ? LIST : recognitionFile,
                    characters.size() - 2 + " characters",
                    classes - 2 + ", as many as the model tells apart: give them as " + LIST,
                    null);
        }
        return characters;
    }

    /**
     * What stands in a line.
     *
     * @param score the mean over its characters, 0 to 1
     * @param turned whether it stood on its head
     * @param sound false when the model computed NaN
     */
    record Line(String text, double score, boolean turned, boolean sound) {}

    List<Line> read(List<Picture> lines) {
        Line[] read = new Line[lines.size()];
        int[] byLength = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> ratio(lines.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int from = 0; from < byLength.length; from += GROUP) {
            int[] group = Arrays.copyOfRange(byLength, from, Math.min(from + GROUP, byLength.length));
            readGroup(group, lines, read);
        }
        return List.of(read);
    }

    private static double ratio(Picture line) {
        return (double) line.width() / line.height();
    }

    private void readGroup(int[] group, List<Picture> lines, Line[] read) {
        boolean[] turned = turned(Arrays.stream(group).mapToObj(lines::get).toList());
        List<Picture> upright = new ArrayList<>();
        double longest = (double) LEAST_WIDTH / HEIGHT;
        for (int i = 0; i < group.length; i++) {
            Picture line = lines.get(group[i]);
            upright.add(turned[i] ? line.upsideDown() : line);
            longest = Math.max(longest, ratio(line));
        }
        Tensor.Floats output = run(recognition, upright, (int) (HEIGHT * longest));
        int steps = Math.toIntExact(output.shape()[1]);
        int classes = Math.toIntExact(output.shape()[2]);
        for (int i = 0; i < group.length; i++) {
            float[] own = output.row(i);
            read[group[i]] = decode(own, steps, classes, turned[i]);
        }
    }

    private boolean[] turned(List<Picture> lines) {
        Tensor.Floats output = run(orientation, lines, ORIENTATION_WIDTH);
        boolean[] turned = new boolean[lines.size()];
        for (int i = 0; i < turned.length; i++) {
            float[] scores = output.row(i);
            turned[i] = scores[1] > scores[0] && scores[1] > SURE_OF_TURN;
        }
        return turned;
    }

    private static Tensor.Floats run(OnnxModel model, List<Picture> lines, int width) {
        int length = 3 * HEIGHT * width;
        float[] values = new float[lines.size() * length];
        for (int i = 0; i < lines.size(); i++) {
            Picture line = lines.get(i);
            int own = Math.clamp((int) Math.ceil(HEIGHT * ratio(line)), 1, width);
            line.resize(own, HEIGHT, Resampling.LINEAR)
                    .normalize(1 / 255.0, HALF, HALF, true, values, i * length, width);
        }
        Map<String, Tensor> outputs = model.run(Map.of(
                model.inputNames().iterator().next(), new Tensor.Floats(values, lines.size(), 3, HEIGHT, width)));
        return (Tensor.Floats) outputs.values().iterator().next();
    }

    /** Connectionist temporal classification, greedily: the best class of each step, without repetitions and blanks. */
    private Line decode(float[] scores, int steps, int classes, boolean turned) {
        if (!Numbers.areFinite(scores)) {
            return new Line("", 0, turned, false);
        }
        StringBuilder text = new StringBuilder();
        double sum = 0;
        int count = 0;
        int before = 0;
        for (int step = 0; step < steps; step++) {
            int best = Numbers.argMax(scores, step * classes, (step + 1) * classes) - step * classes;
            if (best != 0 && best != before) {
                text.append(best < characters.size() ? characters.get(best) : "");
                sum += scores[step * classes + best];
                count++;
            }
            before = best;
        }
        return new Line(text.toString(), count == 0 ? 0 : sum / count, turned, true);
    }
}
