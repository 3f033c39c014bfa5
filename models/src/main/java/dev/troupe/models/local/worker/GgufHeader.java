package dev.troupe.models.local.worker;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a GGUF file says of itself in its header. Format: "GGUF" in the ggml repository's documentation, versions 2 and 3.
 *
 * @param values metadata by key: numbers, booleans, strings, and lists of these
 */
record GgufHeader(Map<String, Object> values) {
    private static final int MAGIC = 0x46554747;
    private static final long LONGEST = 256L << 20;
    private static final int CONTROL = 3;

    static GgufHeader read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), LONGEST))
                    .order(ByteOrder.LITTLE_ENDIAN);
            if (in.getInt() != MAGIC) {
                throw new IOException("not a GGUF file");
            }
            int version = in.getInt();
            if (version < 2 || version > 3) {
                throw new IOException("GGUF version " + version + " (expected: 2 or 3)");
            }
            long tensors = in.getLong();
            long count = in.getLong();
            Map<String, Object> values = new HashMap<>();
            for (long i = 0; i < count; i++) {
                values.put(string(in), value(in, in.getInt()));
            }
            values.put("tensors", tensors);
            return new GgufHeader(Map.copyOf(values));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the GGUF header is cut off or damaged", e);
        }
    }

    /** Texts that mean a control token, such as the ones between the turns of a conversation. */
    List<String> controlTokens() {
        List<String> controls = new ArrayList<>();
        if (values.get("tokenizer.ggml.tokens") instanceof List<?> tokens
                && values.get("tokenizer.ggml.token_type") instanceof List<?> types) {
            for (int i = 0; i < Math.min(tokens.size(), types.size()); i++) {
                if (types.get(i).equals(CONTROL)) {
                    controls.add((String) tokens.get(i));
                }
            }
        }
        return controls;
    }

    /** The tokens that the tokenizer puts before every prompt: the beginning-of-sequence token, or none. */
    int[] prefix() {
        boolean byDefault = "llama".equals(values.get("tokenizer.ggml.model"));
        boolean add = values.get("tokenizer.ggml.add_bos_token") instanceof Boolean said ? said : byDefault;
        return add && values.get("tokenizer.ggml.bos_token_id") instanceof Number bos
                ? new int[] {bos.intValue()}
                : new int[0];
    }

    private static Object value(ByteBuffer in, int type) throws IOException {
        return switch (type) {
            case 0, 1 -> (int) in.get();
            case 2, 3 -> (int) in.getShort();
            case 4, 5 -> in.getInt();
            case 6 -> in.getFloat();
            case 7 -> in.get() != 0;
            case 8 -> string(in);
            case 9 -> list(in);
            case 10, 11 -> in.getLong();
            case 12 -> in.getDouble();
            default -> throw new IOException("GGUF value type " + type + " (expected: 0 to 12)");
        };
    }

    private static List<Object> list(ByteBuffer in) throws IOException {
        int type = in.getInt();
        long size = in.getLong();
        List<Object> list = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            list.add(value(in, type));
        }
        return list;
    }

    private static String string(ByteBuffer in) throws IOException {
        long length = in.getLong();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("the GGUF header is cut off or damaged");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
