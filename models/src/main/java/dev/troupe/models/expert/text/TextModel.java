package dev.troupe.models.expert.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.Outputs;
import dev.troupe.models.expert.Settings;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.NativeLibraries;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.onnx.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A language model of the BERT family with its tokenizer, in the standard export layout. */
final class TextModel implements AutoCloseable {
    private static final String WEIGHTS = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final int DEFAULT_TOKENS = 512;

    private final ModelFiles files;
    private final OnnxModel model;
    private final HuggingFaceTokenizer tokenizer;
    private final int tokens;
    private final long vocabulary;
    /** Native memory must not be freed under a thread that is reading it. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private TextModel(ModelFiles files, OnnxModel model, HuggingFaceTokenizer tokenizer, int tokens, long vocabulary) {
        this.files = files;
        this.model = model;
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.vocabulary = vocabulary;
    }

    /** @throws TroupeException {@code MODEL_UNAVAILABLE} naming the file that is missing, broken or of another model */
    static TextModel load(ModelFiles files, Device.Wish wish) {
        NativeLibraries.configure();
        Settings config = Settings.of(files, "config.json");
        int tokens = config.whole("max_position_embeddings", DEFAULT_TOKENS);
        HuggingFaceTokenizer tokenizer = tokenizer(files, tokens);
        try {
            OnnxModel model = OnnxModel.load(files, WEIGHTS, wish);
            if (!model.inputNames().contains("input_ids")) {
                model.close();
                throw files.broken(
                        WEIGHTS, "inputs are " + model.inputNames(), "input_ids, as models of text have", null);
            }
            return new TextModel(files, model, tokenizer, tokens, config.whole("vocab_size", Integer.MAX_VALUE));
        } catch (TroupeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer tokenizer(ModelFiles files, int tokens) {
        try (InputStream json = files.open(TOKENIZER)) {
            return HuggingFaceTokenizer.newInstance(
                    json, Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(tokens)));
        } catch (IOException | RuntimeException e) {
            if (e instanceof TroupeException known) {
                throw known;
            }
            throw files.broken(TOKENIZER, "no tokenizer: " + e.getMessage(), "a tokenizers file of Hugging Face", e);
        }
    }

    /**
     * A text, or two that belong together, as tokens.
     *
     * @param spans where each token stands in the text it is of, as pairs of start and end
     * @param sequences 0 for the first text, 1 for the second, -1 for tokens of no text
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Tokens(long[] ids, long[] types, int[] spans, int[] sequences) implements Expert.Piece {
        @Override
        public Object shape() {
            return ids.length;
        }
    }

    Tokens tokens(String text) {
        return encode(() -> tokenizer.encode(text, true, false));
    }

    /** Two texts; the longer one is cut where both are too long. */
    Tokens tokens(String first, String second) {
        return encode(() -> tokenizer.encode(first, second, true, false));
    }

    private Tokens encode(Supplier<Encoding> encoding) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new TroupeException(
                        ErrorCode.MODEL_UNAVAILABLE, files.name() + ": closed (expected: open)", null);
            }
            return tokens(encoding.get());
        } finally {
            use.readLock().unlock();
        }
    }

    private Tokens tokens(Encoding encoding) {
        long[] ids = encoding.getIds();
        for (long id : ids) {
            if (id >= vocabulary) {
                throw files.broken(
                        TOKENIZER,
                        "gives the token " + id,
                        "less than the vocab_size of " + vocabulary + " in config.json: a tokenizer of the same model",
                        null);
            }
        }
        int[] spans = new int[2 * ids.length];
        int[] sequences = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            var span = encoding.getCharTokenSpans()[i];
            boolean special = span == null || encoding.getSpecialTokenMask()[i] == 1;
            spans[2 * i] = special ? 0 : span.getStart();
            spans[2 * i + 1] = special ? 0 : span.getEnd();
            sequences[i] = special ? -1 : (int) encoding.getSequenceIds()[i];
        }
        return new Tokens(ids, encoding.getTypeIds(), spans, sequences);
    }

    /** One run over texts of one number of tokens. */
    List<Expert.Result> run(List<Expert.Piece> pieces) {
        int count = pieces.size();
        int length = ((Tokens) pieces.getFirst()).ids().length;
        long[] ids = new long[count * length];
        long[] types = new long[count * length];
        for (int i = 0; i < count; i++) {
            Tokens piece = (Tokens) pieces.get(i);
            System.arraycopy(piece.ids(), 0, ids, i * length, length);
            System.arraycopy(piece.types(), 0, types, i * length, length);
        }
        long[] mask = new long[count * length];
        Arrays.fill(mask, 1);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        put(inputs, "input_ids", ids, count, length);
        put(inputs, "attention_mask", mask, count, length);
        put(inputs, "token_type_ids", types, count, length);
        return Outputs.split(model.run(inputs), count);
    }

    private void put(Map<String, Tensor> inputs, String name, long[] values, int count, int length) {
        if (model.inputNames().contains(name)) {
            inputs.put(name, new Tensor.Longs(values, count, length));
        }
    }

    /**
     * How many numbers an output has in its last dimension; -1 where that is not fixed.
     *
     * @param dimensions that the output must have
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when the model has no such output: it is of another task
     */
    long width(String output, int dimensions) {
        if (!model.outputNames().contains(output) || model.outputShape(output).length != dimensions) {
            throw files.broken(
                    WEIGHTS,
                    "outputs are " + model.outputNames(),
                    output + " of " + dimensions + " dimensions: a model of this task",
                    null);
        }
        return model.outputShape(output)[dimensions - 1];
    }

    /** Where a tokenizer's position, which counts code points, is in a Java text. */
    static int position(String text, int codePoints) {
        return text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    }

    OnnxModel model() {
        return model;
    }

    /** The most tokens that are read of a text. */
    int limit() {
        return tokens;
    }

    @Override
    public void close() {
        model.close();
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
