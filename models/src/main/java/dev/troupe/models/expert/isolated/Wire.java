package dev.troupe.models.expert.isolated;

import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.models.task.ValueType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values in bytes, between two processes of one build. */
final class Wire {
    /** The largest text, picture or sound in bytes: what nobody sends tells that the other side is broken. */
    private static final int LARGEST = 512 << 20;

    private static final int CHARACTERS = 0;
    private static final int SECONDS = 1;
    private static final int AREA = 2;

    private Wire() {}

    static void write(DataOutputStream out, Inputs inputs) throws IOException {
        for (Task.Parameter parameter : inputs.task().parameters()) {
            List<Value> values = inputs.values(parameter.name());
            out.writeInt(values.size());
            for (Value value : values) {
                write(out, value);
            }
        }
    }

    static Inputs readInputs(DataInputStream in, Task task) throws IOException {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        for (Task.Parameter parameter : task.parameters()) {
            values.put(parameter.name(), readList(in, Wire::readValue));
        }
        return Inputs.of(task, values);
    }

    static void write(DataOutputStream out, Value value) throws IOException {
        writeText(out, value.type().name());
        switch (value) {
            case Value.Text text -> {
                writeText(out, text.text());
                writeSpans(out, text.parts());
            }
            case Value.Image image -> {
                writeText(out, image.name());
                out.writeInt(image.width());
                out.writeInt(image.height());
                ByteBuffer bytes = ByteBuffer.allocate(4 * image.pixels().length);
                bytes.asIntBuffer().put(image.pixels());
                writeBytes(out, bytes.array());
            }
            case Value.Audio audio -> {
                writeText(out, audio.name());
                out.writeInt(audio.rate());
                writeFloats(out, audio.samples());
            }
            case Value.Table table -> {
                writeTexts(out, table.columns());
                out.writeInt(table.rows().size());
                for (List<String> row : table.rows()) {
                    writeTexts(out, row);
                }
            }
            case Value.Labels labels -> {
                out.writeInt(labels.scores().size());
                for (Value.Labels.Score score : labels.scores()) {
                    writeText(out, score.label());
                    out.writeDouble(score.score());
                }
            }
            case Value.Spans spans -> writeSpans(out, spans.spans());
            case Value.Vector vector -> writeFloats(out, vector.values());
        }
    }

    static Value readValue(DataInputStream in) throws IOException {
        return switch (ValueType.valueOf(readText(in))) {
            case TEXT -> new Value.Text(readText(in), readList(in, Wire::readSpan));
            case IMAGE -> {
                String name = readText(in);
                int width = in.readInt();
                int height = in.readInt();
                byte[] bytes = readBytes(in);
                int[] pixels = new int[bytes.length / 4];
                ByteBuffer.wrap(bytes).asIntBuffer().get(pixels);
                yield new Value.Image(name, width, height, pixels);
            }
            case AUDIO -> new Value.Audio(readText(in), in.readInt(), readFloats(in));
            case TABLE ->
                new Value.Table(readList(in, Wire::readText), readList(in, row -> readList(row, Wire::readText)));
            case LABELS ->
                new Value.Labels(readList(in, one -> new Value.Labels.Score(readText(one), one.readDouble())));
            case SPANS -> new Value.Spans(readList(in, Wire::readSpan));
            case VECTOR -> new Value.Vector(readFloats(in));
        };
    }

    private static void writeSpans(DataOutputStream out, List<Span> spans) throws IOException {
        out.writeInt(spans.size());
        for (Span span : spans) {
            writeText(out, span.label());
            writeText(out, span.text());
            out.writeDouble(span.score());
            switch (span.extent()) {
                case Span.Characters at -> writeNumbers(out, CHARACTERS, at.start(), at.end());
                case Span.Seconds at -> writeNumbers(out, SECONDS, at.start(), at.end());
                case Span.Area at ->
                    writeNumbers(
                            out,
                            AREA,
                            at.topLeft().x(),
                            at.topLeft().y(),
                            at.topRight().x(),
                            at.topRight().y(),
                            at.bottomRight().x(),
                            at.bottomRight().y(),
                            at.bottomLeft().x(),
                            at.bottomLeft().y());
            }
        }
    }

    private static void writeNumbers(DataOutputStream out, int kind, double... numbers) throws IOException {
        out.writeByte(kind);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static Span readSpan(DataInputStream in) throws IOException {
        return new Span(readText(in), readText(in), in.readDouble(), readExtent(in));
    }

    private static Span.Extent readExtent(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case CHARACTERS -> new Span.Characters((int) in.readDouble(), (int) in.readDouble());
            case SECONDS -> new Span.Seconds(in.readDouble(), in.readDouble());
            case AREA -> new Span.Area(readPoint(in), readPoint(in), readPoint(in), readPoint(in));
            default -> throw new IOException("an extent of no known kind");
        };
    }

    private static Span.Point readPoint(DataInputStream in) throws IOException {
        return new Span.Point(in.readDouble(), in.readDouble());
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        writeBytes(out, bytes.array());
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        byte[] bytes = readBytes(in);
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("length " + length);
        }
        // Grows with what really comes, so that a wrong length takes no memory.
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new java.io.EOFException();
        }
        return bytes;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("count " + count);
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(reader.read(in));
        }
        return list;
    }
}
