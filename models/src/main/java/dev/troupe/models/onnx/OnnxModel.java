package dev.troupe.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ONNX model in a native session. Any number of threads may {@link #run} it at a time; each run computes on its own
 * thread only, so that the caller's pool is the budget.
 */
public final class OnnxModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Device device;
    private final String reason;
    private final Map<String, NodeInfo> inputs;
    private final Map<String, NodeInfo> outputs;
    private final Set<OrtSession.RunOptions> running = new HashSet<>();
    private boolean closed;

    private OnnxModel(String name, OrtEnvironment environment, OrtSession session, Device device, String reason)
            throws OrtException {
        this.name = name;
        this.environment = environment;
        this.session = session;
        this.device = device;
        this.reason = reason;
        this.inputs = session.getInputInfo();
        this.outputs = session.getOutputInfo();
    }

    /** What this machine and the native library on the class path offer. */
    public static Device.Offer offer() {
        NativeLibraries.configure();
        Set<Device> builtIn = EnumSet.of(Device.CPU);
        if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            builtIn.add(Device.CUDA);
        }
        return new Device.Offer(builtIn, Files.exists(Path.of("/dev/nvidia0")) || Files.exists(Path.of("/dev/dxg")));
    }

    /**
     * Loads a model.
     *
     * @param file its name among {@code files}
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when it is missing, truncated or no ONNX model, or the device that
     *     is demanded cannot be had
     */
    public static OnnxModel load(ModelFiles files, String file, Device.Wish wish) {
        try {
            Device.Choice choice = Device.choose(wish, offer());
            try {
                return load(files, file, choice.device(), choice.reason());
            } catch (OrtException e) {
                if (!choice.mayFallBack()) {
                    throw e;
                }
                LOG.warn("{}: the GPU refused it, so it runs on the CPU: {}", files.describe(file), e.getMessage());
                return load(files, file, Device.CPU, "the GPU refused it");
            }
        } catch (OrtException e) {
            throw files.broken(file, "not loaded: " + brief(e), "a whole ONNX model", e);
        } catch (LinkageError e) {
            throw files.broken(file, "the native library of ONNX Runtime cannot be loaded: " + e, "it loads", e);
        }
    }

    private static OnnxModel load(ModelFiles files, String file, Device device, String reason) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            if (device == Device.CUDA) {
                addCuda(options);
            }
            Optional<Path> path = files.path(file);
            OrtSession session = path.isPresent()
                    ? environment.createSession(path.get().toString(), options)
                    : environment.createSession(files.read(file), options);
            return new OnnxModel(files.describe(file), environment, session, device, reason);
        }
    }

    private static void addCuda(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            // Grows by what is asked for, not to the next power of two: several experts share the card.
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
        }
    }

    /** What its runs compute on. */
    public Device device() {
        return device;
    }

    /** Why on this device, in a few words. */
    public String deviceReason() {
        return reason;
    }

    public Set<String> inputNames() {
        return inputs.keySet();
    }

    public Set<String> outputNames() {
        return outputs.keySet();
    }

    /** The declared shape of an output; -1 where it depends on the input. */
    public long[] outputShape(String output) {
        NodeInfo info = outputs.get(output);
        if (info != null && info.getInfo() instanceof TensorInfo tensor) {
            return tensor.getShape();
        }
        throw new IllegalArgumentException(name + " has no tensor " + output);
    }

    /** A note that the exporter left in the file. */
    public Optional<String> metadata(String key) {
        try {
            return session.getMetadata().getCustomMetadataValue(key);
        } catch (OrtException e) {
            return Optional.empty();
        }
    }

    /**
     * One run, on this thread.
     *
     * @throws TroupeException {@code PROVIDER_FAILED} when the model fails on this input, was {@link #interrupt}ed or is
     *     closed
     */
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            begin(options);
            try (RunBuffers buffers = new RunBuffers(environment)) {
                return run(given, buffers, options);
            } finally {
                end(options);
            }
        } catch (OrtException | RuntimeException e) {
            throw new TroupeException(
                    ErrorCode.PROVIDER_FAILED, "%s: %s (expected: a result)".formatted(name, brief(e)), null, e);
        }
    }

    private Map<String, Tensor> run(Map<String, Tensor> given, RunBuffers buffers, OrtSession.RunOptions options)
            throws OrtException {
        Map<String, OnnxTensor> in = buffers.inputs(given);
        Map<String, OnnxTensor> pinned = buffers.outputs(OutputShapes.known(inputs, outputs, given));
        Set<String> others = new LinkedHashSet<>(outputs.keySet());
        others.removeAll(pinned.keySet());
        Map<String, Tensor> results = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(in, others, pinned, options)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                results.put(output.getKey(), read(output.getKey(), output.getValue()));
            }
        }
        return results;
    }

    private static Tensor read(String output, OnnxValue value) {
        if (value instanceof OnnxTensor tensor) {
            long[] shape = tensor.getInfo().getShape();
            FloatBuffer floats = tensor.getFloatBuffer();
            if (floats != null) {
                float[] values = new float[floats.remaining()];
                floats.get(values);
                return new Tensor.Floats(values, shape);
            }
            LongBuffer longs = tensor.getLongBuffer();
            if (longs != null) {
                long[] values = new long[longs.remaining()];
                longs.get(values);
                return new Tensor.Longs(values, shape);
            }
        }
        throw new IllegalArgumentException(
                "output " + output + ": " + value.getType() + " (expected: floats or longs)");
    }

    private void begin(OrtSession.RunOptions options) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            running.add(options);
        }
    }

    private void end(OrtSession.RunOptions options) {
        synchronized (running) {
            running.remove(options);
            if (closed && running.isEmpty()) {
                free();
            }
        }
    }

    /** The library's messages go on with the source files of its authors. */
    private static String brief(Throwable e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
        return message.length() > 300 ? message.substring(0, 300) + "…" : message;
    }

    /** Asks every run in progress to end; those that listen fail within milliseconds. */
    public void interrupt() {
        synchronized (running) {
            for (OrtSession.RunOptions options : running) {
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    LOG.warn("{}: a run could not be ended: {}", name, e.getMessage());
                }
            }
        }
    }

    /** Takes no further runs. The native memory is freed when the last run has ended, be that now or later. */
    @Override
    public void close() {
        synchronized (running) {
            boolean first = !closed;
            closed = true;
            if (first && running.isEmpty()) {
                free();
            }
        }
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.warn("{}: its memory could not be freed: {}", name, e.getMessage());
        }
    }
}
