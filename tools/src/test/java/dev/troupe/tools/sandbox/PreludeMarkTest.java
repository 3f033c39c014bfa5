package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreludeMarkTest {
    private static final String MARK = new String(Prelude.MARK, StandardCharsets.US_ASCII);
    /** The mark's own beginnings, so that nearly every piece is nearly one. */
    private static final String[] PARTS = {"a", "\0", "\0the", MARK.substring(0, MARK.length() - 1), "the prelude"};

    /** Whatever the pieces are, the first mark goes, and nothing else does. */
    @Test
    void without_anyPieces_takesTheFirstMarkAlone() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                int part = random.nextInt(PARTS.length + 1);
                text.append(part == PARTS.length ? MARK : PARTS[part]);
            }
            String printed = text.toString();
            PreludeMark mark = new PreludeMark();
            String rest = passed(mark, printed.getBytes(StandardCharsets.US_ASCII), random);

            int at = printed.indexOf(MARK);
            assertThat(mark.wasSeen()).as("seed %d, round %d", seed, round).isEqualTo(at >= 0);
            assertThat(rest)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(at < 0 ? printed : printed.substring(0, at) + printed.substring(at + MARK.length()));
        }
    }

    private static String passed(PreludeMark mark, byte[] bytes, Random random) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int i = 0;
        while (i < bytes.length) {
            int end = Math.min(bytes.length, i + 1 + random.nextInt(9));
            byte[] piece = Arrays.copyOfRange(bytes, i, end + 5);
            rest.writeBytes(mark.without(piece, end - i));
            i = end;
        }
        rest.writeBytes(mark.rest());
        return rest.toString(StandardCharsets.US_ASCII);
    }
}
