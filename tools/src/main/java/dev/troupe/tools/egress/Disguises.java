package dev.troupe.tools.egress;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ways in which an answer can hold a secret: as it is, percent-encoded, as in JSON and HTML, hexadecimal, in Base64
 * (both alphabets, at each of the three places in which it can begin), and as UTF-16. Each is replaced by the stand-in in
 * the same dress. What a server does besides to a secret that it was given (reverses it, tells a part of it) cannot be
 * known; it was trusted with the secret.
 */
final class Disguises {
    private static final HexFormat HEX = HexFormat.of();

    private Disguises() {}

    /** Finds the secrets' values in all of them. The map is from stand-in to value. */
    static Scrubber scrubber(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>();
        values.forEach((standIn, value) -> of(value, standIn, all));
        return new Scrubber(all);
    }

    private static void of(String value, String standIn, Map<String, String> all) {
        all.putIfAbsent(value, standIn);
        String percent = percentEncoded(value);
        all.putIfAbsent(percent, standIn);
        all.putIfAbsent(percent.toLowerCase(Locale.ROOT).equals(percent) ? percent : lowerCodes(percent), standIn);
        all.putIfAbsent(percentEncoded(percent), standIn);
        all.putIfAbsent(jsonEscaped(value), standIn);
        all.putIfAbsent(jsonEscaped(value).replace("/", "\\/"), standIn);
        all.putIfAbsent(htmlEscaped(value), standIn);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] other = standIn.getBytes(StandardCharsets.UTF_8);
        all.putIfAbsent(HEX.formatHex(bytes), HEX.formatHex(other));
        all.putIfAbsent(
                HEX.withUpperCase().formatHex(bytes), HEX.withUpperCase().formatHex(other));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < 3; before++) {
                String core = core(encoder, bytes, before);
                all.putIfAbsent(core, fitting(core(encoder, other, before), core.length()));
            }
        }
        for (var utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            all.putIfAbsent(latin(value.getBytes(utf16)), latin(standIn.getBytes(utf16)));
        }
    }

    /** All but letters, digits and {@code -._~}, as RFC 3986 has it. */
    static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (letter & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.withUpperCase().toHexDigits(letter));
            }
        }
        return encoded.toString();
    }

    static String jsonEscaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String htmlEscaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String lowerCodes(String percent) {
        StringBuilder lower = new StringBuilder(percent);
        for (int i = lower.indexOf("%"); i >= 0; i = lower.indexOf("%", i + 1)) {
            lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    /** The letters that depend on these bytes alone when so many others come before them in their group of three. */
    private static String core(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String text = encoder.withoutPadding().encodeToString(shifted);
        int from = Math.ceilDiv(before * 8, 6);
        return text.substring(from, shifted.length * 8 / 6);
    }

    /** Cut to a length that leaves the letters after it in their groups of four. */
    private static String fitting(String replacement, int length) {
        int surplus = Math.floorMod(replacement.length() - length, 4);
        return replacement.substring(0, replacement.length() - surplus);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
