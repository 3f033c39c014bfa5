package dev.troupe.models.call;

import java.time.Duration;

/** A moment on the monotonic clock of this process after which work is dropped, not done. */
public record Deadline(long nanoTime) {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** That long from now; at most a year. */
    public static Deadline after(Duration duration) {
        Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** What is left; zero when it has passed, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    public Deadline earlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}
