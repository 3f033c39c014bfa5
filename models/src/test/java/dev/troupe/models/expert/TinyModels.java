package dev.troupe.models.expert;

import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.onnx.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folders in the standard export layout, with models whose answers can be computed by hand. */
final class TinyModels {
    /** The words that the tokenizer knows, by their numbers. */
    static final List<String> WORDS = List.of(
            "[CLS]", "[SEP]", "[UNK]", "good", "bad", "anna", "smith", "lives", "in", "oslo", "when", "friday", "due");

    private final Path folder;

    TinyModels(Path folder) {
        this.folder = folder;
    }

    ModelFiles files() {
        return ModelFiles.inFolder(folder);
    }

    TinyModels write(String file, byte[] content) throws IOException {
        Files.write(folder.resolve(file), content);
        return this;
    }

    TinyModels write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        return this;
    }

    TinyModels labels(String... labels) throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        for (String label : labels) {
            table.put(Integer.toString(table.size()), label);
        }
        String json = String.join(
                ",",
                table.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                        .toList());
        return write("config.json", "{\"id2label\":{" + json + "}}");
    }

    /** Lower-case words, between [CLS] and [SEP]. */
    TinyModels tokenizer() throws IOException {
        StringBuilder vocabulary = new StringBuilder();
        for (int i = 0; i < WORDS.size(); i++) {
            vocabulary
                    .append(i == 0 ? "" : ",")
                    .append('"')
                    .append(WORDS.get(i))
                    .append("\":")
                    .append(i);
        }
        String special = """
                {"SpecialToken":{"id":"%s","type_id":%d}}""";
        String sequence = """
                {"Sequence":{"id":"%s","type_id":%d}}""";
        String first =
                special.formatted("[CLS]", 0) + "," + sequence.formatted("A", 0) + "," + special.formatted("[SEP]", 0);
        String second = sequence.formatted("B", 1) + "," + special.formatted("[SEP]", 1);
        return write("tokenizer.json", """
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
                 "normalizer":{"type":"Lowercase"},"pre_tokenizer":{"type":"Whitespace"},
                 "post_processor":{"type":"TemplateProcessing","single":[%s],"pair":[%s,%s],"special_tokens":{
                   "[CLS]":{"id":"[CLS]","ids":[0],"tokens":["[CLS]"]},
                   "[SEP]":{"id":"[SEP]","ids":[1],"tokens":["[SEP]"]}}},
                 "decoder":null,"model":{"type":"WordLevel","vocab":{%s},"unk_token":"[UNK]"}}
                """.formatted(first, first, second, vocabulary));
    }

    /** A row of numbers for each word of {@link #WORDS}; zeros where none is given. */
    static float[] table(int width, Map<String, float[]> rows) {
        float[] table = new float[WORDS.size() * width];
        rows.forEach((word, row) -> System.arraycopy(row, 0, table, WORDS.indexOf(word) * width, width));
        return table;
    }

    private static TinyOnnx text() {
        return new TinyOnnx()
                .input("input_ids", TinyOnnx.INT64, "batch", "sequence")
                .input("attention_mask", TinyOnnx.INT64, "batch", "sequence");
    }

    /** The mean of its words' rows. */
    static byte[] textClassifier(int classes, float[] table) {
        return text().floats("table", table, WORDS.size(), classes)
                .node("Gather", "rows", List.of("table", "input_ids"))
                .node(
                        "ReduceMean",
                        "logits",
                        List.of("rows"),
                        TinyOnnx.Attribute.list("axes", 1),
                        TinyOnnx.Attribute.of("keepdims", 0))
                .output("logits", TinyOnnx.FLOAT, "batch", classes)
                .build();
    }

    /** Each word's row. */
    static byte[] tokenClassifier(int classes, float[] table) {
        return text().floats("table", table, WORDS.size(), classes)
                .node("Gather", "logits", List.of("table", "input_ids"))
                .output("logits", TinyOnnx.FLOAT, "batch", "sequence", classes)
                .build();
    }

    /** Each word's score as a beginning and as an end. */
    static byte[] questionAnswerer(float[] starts, float[] ends) {
        return text().floats("starts", starts, WORDS.size(), 1)
                .floats("ends", ends, WORDS.size(), 1)
                .longs("last", new long[] {2}, 1)
                .node("Gather", "start_rows", List.of("starts", "input_ids"))
                .node("Squeeze", "start_logits", List.of("start_rows", "last"))
                .node("Gather", "end_rows", List.of("ends", "input_ids"))
                .node("Squeeze", "end_logits", List.of("end_rows", "last"))
                .output("start_logits", TinyOnnx.FLOAT, "batch", "sequence")
                .output("end_logits", TinyOnnx.FLOAT, "batch", "sequence")
                .build();
    }

    /** Scores that are a picture's mean brightness times given numbers; boxes that are always the same. */
    static byte[] objectDetector(int queries, int classes, float[] weights, float[] boxes) {
        return new TinyOnnx()
                .input("pixel_values", TinyOnnx.FLOAT, "batch", 3, "height", "width")
                .floats("weights", weights, 1, queries, classes)
                .floats("boxes", boxes, 1, queries, 4)
                .floats("zero", new float[] {0}, 1)
                .node(
                        "ReduceMean",
                        "brightness",
                        List.of("pixel_values"),
                        TinyOnnx.Attribute.list("axes", 2, 3),
                        TinyOnnx.Attribute.of("keepdims", 0))
                .node(
                        "ReduceMean",
                        "mean",
                        List.of("brightness"),
                        TinyOnnx.Attribute.list("axes", 1),
                        TinyOnnx.Attribute.of("keepdims", 1))
                .longs("last", new long[] {2}, 1)
                .node("Unsqueeze", "each", List.of("mean", "last"))
                .node("Mul", "logits", List.of("each", "weights"))
                .node("Mul", "nothing", List.of("each", "zero"))
                .node("Add", "pred_boxes", List.of("nothing", "boxes"))
                .output("logits", TinyOnnx.FLOAT, "batch", queries, classes)
                .output("pred_boxes", TinyOnnx.FLOAT, "batch", queries, 4)
                .build();
    }

    /** For each sample, its value times given numbers. */
    static byte[] speechRecognizer(float... weights) {
        return new TinyOnnx()
                .input("input_values", TinyOnnx.FLOAT, "batch", "samples")
                .floats("weights", weights, 1, 1, weights.length)
                .longs("last", new long[] {2}, 1)
                .node("Unsqueeze", "each", List.of("input_values", "last"))
                .node("Mul", "logits", List.of("each", "weights"))
                .output("logits", TinyOnnx.FLOAT, "batch", "samples", weights.length)
                .build();
    }
}
