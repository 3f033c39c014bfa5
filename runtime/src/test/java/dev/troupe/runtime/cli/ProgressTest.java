package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    private Progress progress(boolean screen, int columns) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), screen, columns, () -> now);
    }

    private String printed() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private void seconds(double seconds) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void screen_showsBytesSpeedAndTimeLeft_onOneLine() {
        Progress progress = progress(true, 100);
        progress.update("fetching m", 0, 1_000_000_000);
        assertThat(printed()).isEqualTo("\rfetching m  " + "╌".repeat(24) + "  0 B of 1.0 GB\u001b[K");
        seconds(2);
        // 100 MB in 2 s: 50 MB/s, and 900 MB more at that speed take 18 s; a tenth of 24 is 2.
        progress.update("fetching m", 100_000_000, 1_000_000_000);
        assertThat(printed())
                .isEqualTo("\rfetching m  ━━" + "╌".repeat(22) + "  100 MB of 1.0 GB  50 MB/s  18 s left\u001b[K");
        progress.close();
        assertThat(printed()).isEqualTo("\r\u001b[K");
    }

    @Test
    void screen_isDrawnAtMostTenTimesASecond_andAtTheEnd() {
        Progress progress = progress(true, 100);
        for (int i = 0; i < 1000; i++) {
            progress.update("m", i, 1000);
            seconds(0.001);
        }
        // At 0, 0.1, …, 0.9 s.
        assertThat(printed().chars().filter(c -> c == '\r').count()).isEqualTo(10);
        progress.update("m", 1000, 1000);
        assertThat(printed()).contains("1.0 kB of 1.0 kB");
    }

    @Test
    void line_neverIsWiderThanTheScreen() {
        progress(true, 30).update("a rather long name of a model", 1, 1000);
        assertThat(printed().replace("\r", "").replace("\u001b[K", "")).hasSize(29);
    }

    @Test
    void resumedDownload_doesNotCountOldBytesAsSpeed() {
        Progress progress = progress(true, 100);
        progress.update("m", 900_000_000, 1_000_000_000);
        seconds(1);
        printed();
        progress.update("m", 910_000_000, 1_000_000_000);
        assertThat(printed()).contains("10 MB/s  9.0 s left");
    }

    @Test
    void log_getsALineNowAndThen() {
        Progress progress = progress(false, 100);
        for (int i = 0; i <= 60; i++) {
            progress.update("m", i * 1_000_000L, 60_000_000L);
            seconds(1);
        }
        progress.close();
        // At 0, 20, 40 s, and the end.
        assertThat(printed().lines())
                .hasSize(4)
                .noneMatch(line -> line.contains("\r") || line.contains("\u001b"))
                .last()
                .isEqualTo("m  60 MB of 60 MB");
    }

    @Test
    void unknownTotal_showsBytesOnly() {
        progress(true, 100).update("m", 5_000_000, -1);
        assertThat(printed()).isEqualTo("\rm  5.0 MB\u001b[K");
    }
}
