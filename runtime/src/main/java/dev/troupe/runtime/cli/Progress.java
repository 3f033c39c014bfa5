package dev.troupe.runtime.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far something is: bytes, speed and time left. On a screen it is one line that is drawn anew; elsewhere a line now
 * and then, so that a log stays short. Thread-safe; close it before anything else is printed.
 */
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final int BAR = 24;
    /** Weight of the latest second in the speed that is shown. */
    private static final double LATEST = 0.2;

    private final PrintStream out;
    private final boolean screen;
    private final int columns;
    private final LongSupplier nanoClock;
    private String label = "";
    private long lastDrawn;
    private boolean drawn;
    private long speedFrom;
    private long bytesFrom;
    private double bytesPerSecond;

    /** @param nanoClock a monotonic clock */
    Progress(PrintStream out, boolean screen, int columns, LongSupplier nanoClock) {
        this.out = out;
        this.screen = screen;
        this.columns = columns;
        this.nanoClock = nanoClock;
    }

    /**
     * Says how far it is. Cheap: most calls draw nothing.
     *
     * @param what what is being fetched or done; a new name starts anew
     * @param total 0 or less when it is not known
     */
    public synchronized void update(String what, long done, long total) {
        long now = nanoClock.getAsLong();
        boolean fresh = !what.equals(label);
        if (fresh) {
            label = what;
            speedFrom = now;
            bytesFrom = done;
            bytesPerSecond = 0;
        }
        measure(done, now);
        boolean finished = total > 0 && done >= total;
        if (fresh || finished || now - lastDrawn >= (screen ? REDRAW_NANOS : LINE_NANOS)) {
            lastDrawn = now;
            draw(line(done, total));
        }
    }

    /** Something without a figure: a package being installed, a model being loaded. */
    public synchronized void update(String what) {
        if (!what.equals(label)) {
            label = what;
            draw(what);
        }
    }

    /** Takes the line off the screen. */
    @Override
    public synchronized void close() {
        if (screen && drawn) {
            out.print("\r\u001b[K");
            out.flush();
        }
        drawn = false;
        label = "";
    }

    private void measure(long done, long now) {
        double seconds = (now - speedFrom) / 1e9;
        if (seconds >= 1) {
            double latest = Math.max(0, done - bytesFrom) / seconds;
            bytesPerSecond = bytesPerSecond == 0 ? latest : (1 - LATEST) * bytesPerSecond + LATEST * latest;
            speedFrom = now;
            bytesFrom = done;
        }
    }

    private String line(long done, long total) {
        StringBuilder line = new StringBuilder(label);
        if (total > 0) {
            int filled = (int) Math.min(BAR, BAR * Math.max(0, done) / total);
            if (screen) {
                line.append("  ").append("━".repeat(filled)).append("╌".repeat(BAR - filled));
            }
            line.append("  ").append(Amounts.bytes(done)).append(" of ").append(Amounts.bytes(total));
        } else {
            line.append("  ").append(Amounts.bytes(done));
        }
        if (bytesPerSecond >= 1 && done < total) {
            line.append("  ").append(Amounts.bytes((long) bytesPerSecond)).append("/s  ");
            Duration left = Duration.ofSeconds((long) Math.ceil((total - done) / bytesPerSecond));
            line.append(Amounts.duration(left)).append(" left");
        }
        return line.toString();
    }

    private void draw(String line) {
        if (screen) {
            out.print("\r" + (line.length() < columns ? line : line.substring(0, columns - 1)) + "\u001b[K");
        } else {
            out.println(line);
        }
        out.flush();
        drawn = true;
    }
}
