package dev.troupe.models.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds ONNX files of a few nodes, in the protocol buffers' wire format, so that tests need no exporter. */
public final class TinyOnnx {
    public static final int FLOAT = 1;
    public static final int INT64 = 7;

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> initializers = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> outputs = new ArrayList<>();

    /** A dimension is a number, or a name for one that is free. */
    public TinyOnnx input(String name, int type, Object... shape) {
        inputs.add(valueInfo(name, type, shape));
        return this;
    }

    public TinyOnnx output(String name, int type, Object... shape) {
        outputs.add(valueInfo(name, type, shape));
        return this;
    }

    /** A node of one output. */
    public TinyOnnx node(String operator, String output, List<String> given, Attribute... attributes) {
        Message node = new Message();
        given.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (Attribute attribute : attributes) {
            node.bytes(5, attribute.encoded());
        }
        nodes.add(node.encoded());
        return this;
    }

    /** A whole number, or several, of a node. */
    public record Attribute(String name, boolean list, long... values) {
        public static Attribute of(String name, long value) {
            return new Attribute(name, false, value);
        }

        public static Attribute list(String name, long... values) {
            return new Attribute(name, true, values);
        }

        byte[] encoded() {
            Message message = new Message().text(1, name);
            if (!list) {
                return message.number(3, values[0]).number(20, 2).encoded();
            }
            for (long value : values) {
                message.number(8, value);
            }
            return message.number(20, 7).encoded();
        }
    }

    public TinyOnnx floats(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        initializers.add(tensor(name, FLOAT, raw.array(), shape));
        return this;
    }

    public TinyOnnx longs(String name, long[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        initializers.add(tensor(name, INT64, raw.array(), shape));
        return this;
    }

    private static byte[] tensor(String name, int type, byte[] raw, long... shape) {
        Message message = new Message();
        for (long length : shape) {
            message.number(1, length);
        }
        return message.number(2, type).text(8, name).bytes(9, raw).encoded();
    }

    private static byte[] valueInfo(String name, int type, Object... shape) {
        Message dimensions = new Message();
        for (Object length : shape) {
            dimensions.bytes(
                    1,
                    length instanceof String free
                            ? new Message().text(2, free).encoded()
                            : new Message()
                                    .number(1, ((Number) length).longValue())
                                    .encoded());
        }
        byte[] tensor =
                new Message().number(1, type).bytes(2, dimensions.encoded()).encoded();
        return new Message()
                .text(1, name)
                .bytes(2, new Message().bytes(1, tensor).encoded())
                .encoded();
    }

    /** The whole file. */
    public byte[] build() {
        Message graph = new Message();
        nodes.forEach(node -> graph.bytes(1, node));
        graph.text(2, "tiny");
        initializers.forEach(tensor -> graph.bytes(5, tensor));
        inputs.forEach(input -> graph.bytes(11, input));
        outputs.forEach(output -> graph.bytes(12, output));
        byte[] operators = new Message().text(1, "").number(2, 13).encoded();
        return new Message()
                .number(1, 8)
                .bytes(7, graph.encoded())
                .bytes(8, operators)
                .encoded();
    }

    /** Fields in the wire format. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7FL) != 0) {
                out.write((int) (left & 0x7F | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }

        byte[] encoded() {
            return out.toByteArray();
        }
    }
}
