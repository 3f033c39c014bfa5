package dev.troupe.tools.egress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces texts in a stream of bytes, however it is cut into pieces. All are looked for at once, by the automaton of Aho
 * and Corasick ("Efficient string matching", 1975); what may become a match is held back. The texts are set once, each
 * stream has a {@link Stream} of its own.
 */
final class Scrubber {
    private static final byte[] NOTHING = {};

    private final Node root = new Node(0);
    /** Where the root leads, by letter: nearly all of a stream is no beginning of anything. */
    private final @Nullable Node[] first = new Node[256];

    /** @param replacements what each text becomes; no text is empty */
    Scrubber(Map<String, String> replacements) {
        new LinkedHashMap<>(replacements).forEach(this::add);
        link();
        root.next.forEach((letter, child) -> first[letter & 0xff] = child);
    }

    /** One that changes nothing. */
    boolean isEmpty() {
        return root.next.isEmpty();
    }

    /** A text as a whole; characters beyond Latin-1 are not those of headers. */
    String scrub(String text) {
        Stream stream = stream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        stream.accept(bytes, bytes.length, out);
        stream.end(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    Stream stream() {
        return new Stream();
    }

    private void add(String text, String replacement) {
        Node at = root;
        for (byte letter : text.getBytes(StandardCharsets.ISO_8859_1)) {
            int depth = at.depth + 1;
            at = at.next.computeIfAbsent(letter, key -> new Node(depth));
        }
        if (at.replacement == null) {
            at.replacement = replacement.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private void link() {
        Deque<Node> open = new ArrayDeque<>();
        root.next.values().forEach(child -> {
            child.fallback = root;
            open.add(child);
        });
        while (!open.isEmpty()) {
            Node node = open.remove();
            node.next.forEach((letter, child) -> {
                Node at = node.fallback;
                while (at != null && !at.next.containsKey(letter)) {
                    at = at.fallback;
                }
                Node target = at == null ? null : at.next.get(letter);
                child.fallback = target == null ? root : target;
                open.add(child);
            });
            Node shorter = node.fallback;
            node.match = node.replacement != null ? node : shorter == null ? null : shorter.match;
        }
    }

    /** A text's beginning. */
    private static final class Node {
        private final int depth;
        private final Map<Byte, Node> next = new HashMap<>();
        private byte @Nullable [] replacement;
        private @Nullable Node fallback;
        /** The longest text that ends here. */
        private @Nullable Node match;

        Node(int depth) {
            this.depth = depth;
        }
    }

    /** One stream. Not thread-safe. */
    final class Stream {
        private Node at = root;
        /** What came before this piece and may be the beginning of a text. */
        private byte[] held = {};

        void accept(byte[] bytes, int length, ByteArrayOutputStream out) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (at == root && first[bytes[i] & 0xff] == null) {
                    continue;
                }
                step(bytes[i]);
                Node match = at.match;
                if (match != null && match.replacement != null) {
                    release(bytes, from, i + 1, match.depth, out);
                    out.writeBytes(match.replacement);
                    held = NOTHING;
                    from = i + 1;
                    at = root;
                }
            }
            held = release(bytes, from, length, at.depth, out);
        }

        /** The stream is over: what was held back was no text. */
        void end(ByteArrayOutputStream out) {
            out.writeBytes(held);
            held = NOTHING;
            at = root;
        }

        private void step(byte letter) {
            Node node = at;
            while (true) {
                Node child = node == root ? first[letter & 0xff] : node.next.get(letter);
                if (child != null) {
                    at = child;
                    return;
                }
                Node fallback = node.fallback;
                if (fallback == null) {
                    at = root;
                    return;
                }
                node = fallback;
            }
        }

        /** Lets go of what was held and of a part of the bytes, but for the last {@code keep}, which it gives back. */
        private byte[] release(byte[] bytes, int from, int to, int keep, ByteArrayOutputStream out) {
            int free = held.length + to - from - keep;
            int ofHeld = Math.min(held.length, free);
            out.write(held, 0, ofHeld);
            out.write(bytes, from, free - ofHeld);
            if (keep == 0) {
                return NOTHING;
            }
            byte[] kept = new byte[keep];
            int left = held.length - ofHeld;
            System.arraycopy(held, ofHeld, kept, 0, left);
            System.arraycopy(bytes, from + free - ofHeld, kept, left, keep - left);
            return kept;
        }
    }
}
