package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputCollectorTest {
    private final StringBuilder passed = new StringBuilder();

    @Test
    void collector_atTheLimit_cutsNothing() {
        OutputCollector collector = new OutputCollector(256, passed::append);
        String text = "x".repeat(256);
        append(collector, text.getBytes(StandardCharsets.UTF_8), 100);

        assertThat(collector.finish()).isEqualTo(text);
        assertThat(passed.toString()).isEqualTo(text);
    }

    @Test
    void collector_oneByteBeyond_cutsOne() {
        OutputCollector collector = new OutputCollector(256, passed::append);
        append(collector, ("a".repeat(128) + "b" + "c".repeat(128)).getBytes(StandardCharsets.UTF_8), 257);

        assertThat(collector.finish()).isEqualTo("a".repeat(128) + "\n[... 1 bytes cut ...]\n" + "c".repeat(128));
    }

    /** Characters of 1 to 4 bytes in pieces of any size: what is kept is whole, and what is cut adds up. */
    @Test
    void collector_charactersOfManyBytes_areNeverCutInTwo() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            for (int i = 0; i < length; i++) {
                text.append(new String[] {"a", "\u00e9", "\u20ac", "\ud83d\ude00"}[random.nextInt(4)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            passed.setLength(0);
            OutputCollector collector = new OutputCollector(256, passed::append);
            append(collector, bytes, 1 + random.nextInt(50));
            String kept = collector.finish();

            assertThat(kept).as("seed %d round %d", seed, round).doesNotContain("\uFFFD");
            assertThat(passed.toString()).isEqualTo(kept);
            if (bytes.length <= 256) {
                assertThat(kept).isEqualTo(text.toString());
            } else {
                int at = kept.indexOf("\n[... ");
                String head = kept.substring(0, at);
                String tail = kept.substring(kept.indexOf(" ...]\n") + 6);
                int cut = Integer.parseInt(kept.substring(at + 6, kept.indexOf(" bytes cut")));
                assertThat(text.toString()).startsWith(head).endsWith(tail);
                assertThat(cut
                                + head.getBytes(StandardCharsets.UTF_8).length
                                + tail.getBytes(StandardCharsets.UTF_8).length)
                        .isEqualTo(bytes.length);
            }
        }
    }

    @Test
    void collector_aWatcherThatFails_losesNothing() {
        OutputCollector collector = new OutputCollector(256, piece -> {
            throw new IllegalStateException("watcher");
        });
        append(collector, "kept".getBytes(StandardCharsets.UTF_8), 2);

        assertThat(collector.finish()).isEqualTo("kept");
    }

    private static void append(OutputCollector collector, byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            int length = Math.min(piece, bytes.length - at);
            byte[] part = new byte[length];
            System.arraycopy(bytes, at, part, 0, length);
            collector.append(part, length);
        }
    }
}
