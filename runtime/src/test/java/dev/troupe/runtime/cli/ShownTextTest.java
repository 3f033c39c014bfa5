package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Text of others on the screen, and figures. */
class ShownTextTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void controlCharacters_areShown_notObeyed() {
        // OSC 52 sets the clipboard, CSI 2J clears the screen, U+202E turns the direction of writing.
        assertThat(SafeText.of("a\u001b]52;c;ZXZpbA==\u0007b\u001b[2Jc\u009bd\u202ee\rf\u007f"))
                .isEqualTo("a␛]52;c;ZXZpbA==␇b␛[2Jc\ufffdd\ufffde␍f\ufffd");
        assertThat(SafeText.of("Zürich\t5 €\n")).isEqualTo("Zürich\t5 €\n");
    }

    @Test
    void liveText_putsAMarginBeforeEachLine_howeverItIsCut() {
        LiveText text = new LiveText(out, "> ", 10);
        for (String piece : new String[] {"on", "e\ntw", "o\n", "\n", "three"}) {
            text.append(piece, same -> same);
        }
        text.end();
        assertThat(printed()).isEqualTo("> one\n> two\n> three\n");
    }

    @Test
    void liveText_afterItsMostLines_leavesTheRestOut() {
        LiveText text = new LiveText(out, "> ", 2);
        text.append("1\n2\n3\n4\n", same -> same);
        text.append("5", same -> same);
        text.end();
        text.append("next", same -> same);
        assertThat(printed()).isEqualTo("> 1\n> 2\n> …\n> next");
    }

    @Test
    void modelText_coloursBlocks_whenFencesComeInPieces() {
        ModelText text = new ModelText(out, "", new Style(true));
        for (String piece : new String[] {"Look:\n`", "``py", "thon\nx = 1", "\n``", "`\nDone"}) {
            text.append(piece);
        }
        text.end();
        String dim = "\u001b[2m";
        String cyan = "\u001b[36m";
        String off = "\u001b[0m";
        assertThat(printed().replace(off + dim, "").replace(off + cyan, ""))
                .isEqualTo(dim + "Look:" + off + "\n" + dim + "```py" + "thon" + off + "\n" + cyan + "x = 1" + off
                        + "\n" + dim + "```" + off + "\n" + dim + "Done" + off + "\n");
    }

    @Test
    void modelText_backticksThatAreNoFence_arePrinted() {
        ModelText text = new ModelText(out, "", Style.PLAIN);
        text.append("`a` and\n``");
        text.append("b``\n`");
        text.end();
        assertThat(printed()).isEqualTo("`a` and\n``b``\n`\n");
    }

    @Test
    void amounts_areShortAndRound() {
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(999_949)).isEqualTo("1.0 MB");
        assertThat(Amounts.bytes(1_117_320_768)).isEqualTo("1.1 GB");
        assertThat(Amounts.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Amounts.count(1, "turn")).isEqualTo("1 turn");
        assertThat(Amounts.duration(Duration.ofMillis(9_949))).isEqualTo("9.9 s");
        assertThat(Amounts.duration(Duration.ofMillis(59_600))).isEqualTo("1 min 0 s");
        assertThat(Amounts.duration(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
    }
}
