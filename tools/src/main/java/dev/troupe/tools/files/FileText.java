package dev.troupe.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text file and how it is encoded, judged by its first bytes.
 *
 * @param head its beginning, without a byte-order mark
 * @param charset what to read it with
 * @param python that encoding's name in Python; empty for plain UTF-8, which needs no mention
 */
record FileText(Path file, String head, Charset charset, String python) {
    private static final int HEAD = 64 << 10;

    /** Null for what is no text. */
    static @Nullable FileText of(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEAD);
        }
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return of(file, bytes, StandardCharsets.UTF_8, "utf-8-sig");
        }
        if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
            return of(file, bytes, StandardCharsets.UTF_16, "utf-16");
        }
        for (byte value : bytes) {
            if (value == 0) {
                return null;
            }
        }
        boolean control = control(bytes) > bytes.length / 100;
        if (isUtf8(bytes)) {
            return control ? null : of(file, bytes, StandardCharsets.UTF_8, "");
        }
        // What is no UTF-8 and has no zeros is, in practice, text of an old Western machine, or binary.
        return control ? null : of(file, bytes, Charset.forName("windows-1252"), "cp1252");
    }

    private static FileText of(Path file, byte[] bytes, Charset charset, String python) {
        String head = new String(bytes, charset);
        return new FileText(file, head.startsWith("\ufeff") ? head.substring(1) : head, charset, python);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static int control(byte[] bytes) {
        int count = 0;
        for (byte value : bytes) {
            if (value >= 0 && value < 32 && value != '\n' && value != '\r' && value != '\t' && value != '\f') {
                count++;
            }
        }
        return count;
    }

    private static boolean isUtf8(byte[] bytes) {
        // The last character may be cut: decoding without "end of input" takes that.
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false)
                .isError();
    }

    /** Its text from the start; wrong bytes are replaced. Whoever opens it closes it. */
    Reader reader() throws IOException {
        InputStream in = Files.newInputStream(file);
        Reader reader = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        if (python.equals("utf-8-sig") && reader.read() != 0xfeff) {
            throw new IOException("the byte-order mark is gone");
        }
        return reader;
    }

    /** {@code , encoding "cp1252"}, or nothing for UTF-8. */
    String encodingNote() {
        return python.isEmpty() ? "" : ", encoding \"" + python + "\"";
    }
}
