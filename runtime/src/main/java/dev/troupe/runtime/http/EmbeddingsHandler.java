package dev.troupe.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.embedding.Embedder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers {@code POST /v1/embeddings} with the model that finds demonstrations. */
final class EmbeddingsHandler implements Exchange.Handler {
    private static final int MOST_TEXTS = 2_048;
    /** A text of English has about so many characters to a token; the model does not tell how many it took. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Embedder embedder;
    private final Bodies bodies;
    private final Gate gate;

    EmbeddingsHandler(Embedder embedder, Bodies bodies, Gate gate) {
        this.embedder = embedder;
        this.bodies = bodies;
        this.gate = gate;
    }

    @Override
    public HttpResponse handle(Exchange exchange) {
        return bodies.read(exchange, fields -> embed(exchange, fields));
    }

    private HttpResponse embed(Exchange exchange, Fields fields) {
        String model = fields.requiredText("model");
        if (!model.equals(embedder.name())) {
            throw ApiException.refused(
                    404, "model_not_found", "model", "model: not known (expected: " + embedder.name() + ")");
        }
        List<String> texts = texts(fields);
        fields.integer("dimensions", embedder.dimensions(), embedder.dimensions());
        boolean packed = packed(fields);
        try (Gate.Place ignored = gate.enter(exchange.caller())) {
            return Replies.json(200, body(texts, embedder.embed(texts), packed));
        }
    }

    private static List<String> texts(Fields fields) {
        JsonNode input = fields.raw("input");
        if (input == null) {
            throw fields.missing("input");
        }
        List<String> texts = fields.texts("input", MOST_TEXTS);
        if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)) {
            throw fields.invalid("input", "invalid_value", "empty", "text");
        }
        return texts;
    }

    private static boolean packed(Fields fields) {
        String format = fields.text("encoding_format");
        if (format != null && !format.equals("float") && !format.equals("base64")) {
            throw fields.invalid("encoding_format", "invalid_value", format, "float or base64");
        }
        return "base64".equals(format);
    }

    private Map<String, Object> body(List<String> texts, List<float[]> vectors, boolean packed) {
        List<Object> data = new ArrayList<>();
        for (float[] vector : vectors) {
            Map<String, Object> element = new LinkedHashMap<>();
            element.put("object", "embedding");
            element.put("index", data.size());
            element.put("embedding", packed ? base64(vector) : vector);
            data.add(element);
        }
        long tokens = texts.stream()
                .mapToLong(text -> Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN))
                .sum();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        body.put("data", data);
        body.put("model", embedder.name());
        body.put("usage", Map.of("prompt_tokens", tokens, "total_tokens", tokens));
        return body;
    }

    /** Floats of 32 bits, the lowest byte first. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
