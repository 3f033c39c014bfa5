package dev.troupe.runtime.team.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a text file that people write: UTF-8, of a sensible size, without characters that no editor shows. */
public final class SourceText {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private SourceText() {}

    /**
     * The file's text without a byte-order mark; null, with a problem, when there is none to be had.
     *
     * @param mostBytes a file that is larger is not read
     */
    public static @Nullable String read(Path file, int mostBytes, Problems problems) {
        if (!Files.isRegularFile(file)) {
            problems.addWhole(Files.exists(file) ? "not a regular file" : "no such file", "a text file", null);
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                problems.addWhole("larger than " + Units.format(mostBytes), "at most " + Units.format(mostBytes), null);
                return null;
            }
            return decode(bytes, problems);
        } catch (IOException e) {
            problems.addWhole("cannot be read: " + e.getClass().getSimpleName(), "a file that can be read", null);
            return null;
        }
    }

    private static @Nullable String decode(byte[] bytes, Problems problems) {
        CharBuffer out = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        if (result.isError()) {
            String found = "byte 0x%02x, which is no UTF-8".formatted(bytes[in.position()]);
            problems.add(placed(text, text.length(), found, "a file in UTF-8"));
            return null;
        }
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            int character = text.codePointAt(index);
            if (!StreamReader.isPrintable(character)) {
                String found = "character U+%04X, which is not printable".formatted(character);
                problems.add(placed(text, index, found, "text"));
                return null;
            }
        }
        return text;
    }

    private static Problem placed(String text, int index, String message, String expected) {
        String before = text.substring(0, index).replace("\r\n", "\n").replace('\r', '\n');
        int lineStart = before.lastIndexOf('\n') + 1;
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        int column = 1 + before.codePointCount(lineStart, before.length());
        return new Problem(line, column, "", message, expected, null);
    }
}
