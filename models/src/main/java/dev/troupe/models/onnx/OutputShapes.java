package dev.troupe.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which outputs' shapes follow from the inputs': dimensions that carry the same name have the same length. */
final class OutputShapes {
    private OutputShapes() {}

    /** Outputs of 32-bit floats whose whole shape is known before the run. */
    static Map<String, long[]> known(
            Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs, Map<String, Tensor> given) {
        Map<String, Long> lengths = lengths(inputs, given);
        Map<String, long[]> known = new LinkedHashMap<>();
        outputs.forEach((name, node) -> {
            if (node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
                long[] shape = info.getShape();
                String[] names = info.getDimensionNames();
                boolean whole = shape.length > 0;
                for (int i = 0; i < shape.length; i++) {
                    if (shape[i] < 0) {
                        shape[i] = lengths.getOrDefault(names[i], -1L);
                    }
                    whole &= shape[i] > 0;
                }
                if (whole) {
                    known.put(name, shape);
                }
            }
        });
        return known;
    }

    private static Map<String, Long> lengths(Map<String, NodeInfo> inputs, Map<String, Tensor> given) {
        Map<String, Long> lengths = new HashMap<>();
        given.forEach((name, tensor) -> {
            NodeInfo node = inputs.get(name);
            if (node != null && node.getInfo() instanceof TensorInfo info) {
                String[] names = info.getDimensionNames();
                long[] shape = tensor.shape();
                for (int i = 0; i < Math.min(names.length, shape.length); i++) {
                    if (!names[i].isEmpty()) {
                        lengths.putIfAbsent(names[i], shape[i]);
                    }
                }
            }
        });
        return lengths;
    }
}
