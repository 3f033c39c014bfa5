package dev.troupe.models.expert;

import dev.troupe.models.onnx.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's outputs for one piece, as they are.
 *
 * @param tensors by name, without the dimension of the batch
 */
public record Outputs(Map<String, Tensor.Floats> tensors) implements Expert.Result {
    @Override
    public boolean isSound() {
        return tensors.values().stream().allMatch(Tensor.Floats::isFinite);
    }

    /** The output of that name, or the only one where exporters differ in names. */
    public Tensor.Floats get(String name) {
        Tensor.Floats found = tensors.get(name);
        return found != null ? found : tensors.values().iterator().next();
    }

    /** The outputs of a run over a batch, piece by piece. */
    public static List<Expert.Result> split(Map<String, Tensor> outputs, int count) {
        Expert.Result[] results = new Expert.Result[count];
        for (int i = 0; i < count; i++) {
            Map<String, Tensor.Floats> own = new LinkedHashMap<>();
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                if (output.getValue() instanceof Tensor.Floats floats && floats.shape().length > 0) {
                    long[] shape = floats.shape();
                    own.put(
                            output.getKey(),
                            new Tensor.Floats(floats.row(i), Arrays.copyOfRange(shape, 1, shape.length)));
                }
            }
            results[i] = new Outputs(own);
        }
        return List.of(results);
    }
}
