package dev.troupe.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The native memory of one run: a thread uses the same buffers again and again, and native code reads and writes them in
 * place. Not for two runs of one thread at a time.
 */
final class RunBuffers implements AutoCloseable {
    /** What a thread keeps between runs, at most; larger buffers are left to the garbage collector. */
    private static final int KEPT = 64 << 20;

    private static final ThreadLocal<List<ByteBuffer>> OF_THREAD = ThreadLocal.withInitial(ArrayList::new);

    private final OrtEnvironment environment;
    private final List<ByteBuffer> buffers = OF_THREAD.get();
    private final List<OnnxTensor> tensors = new ArrayList<>();

    RunBuffers(OrtEnvironment environment) {
        this.environment = environment;
    }

    Map<String, OnnxTensor> inputs(Map<String, Tensor> given) throws OrtException {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : given.entrySet()) {
            inputs.put(input.getKey(), input(input.getValue()));
        }
        return inputs;
    }

    private OnnxTensor input(Tensor tensor) throws OrtException {
        return switch (tensor) {
            case Tensor.Floats floats -> {
                ByteBuffer buffer = next(floats.values().length * Float.BYTES);
                buffer.asFloatBuffer().put(floats.values());
                yield keep(OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), floats.shape()));
            }
            case Tensor.Longs longs -> {
                ByteBuffer buffer = next(longs.values().length * Long.BYTES);
                buffer.asLongBuffer().put(longs.values());
                yield keep(OnnxTensor.createTensor(environment, buffer.asLongBuffer(), longs.shape()));
            }
        };
    }

    /** Memory for outputs of 32-bit floats whose shapes are known beforehand. */
    Map<String, OnnxTensor> outputs(Map<String, long[]> shapes) throws OrtException {
        Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> output : shapes.entrySet()) {
            long count = 1;
            for (long length : output.getValue()) {
                count *= length;
            }
            ByteBuffer buffer = next(Math.toIntExact(count * Float.BYTES));
            outputs.put(
                    output.getKey(),
                    keep(OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), output.getValue())));
        }
        return outputs;
    }

    private OnnxTensor keep(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    private ByteBuffer next(int bytes) {
        int index = tensors.size();
        if (index == buffers.size()) {
            buffers.add(allocate(bytes));
        } else if (buffers.get(index).capacity() < bytes) {
            buffers.set(index, allocate(bytes));
        }
        return buffers.get(index).slice(0, bytes).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(Math.max(bytes, 1)).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        tensors.clear();
        if (buffers.stream().mapToLong(ByteBuffer::capacity).sum() > KEPT) {
            buffers.clear();
        }
    }
}
