package dev.troupe.tools.call;

import java.time.Duration;

/**
 * What one call of a tool may use up.
 *
 * @param time from call to result, 10 ms to 1 h
 * @param output characters of the result, 100 to 1,048,576
 * @param atOnce calls that run at the same time, 1 to 64; calls that do not end when they are told to count
 */
public record CallLimits(Duration time, int output, int atOnce) {
    public static final CallLimits USUAL = new CallLimits(Duration.ofSeconds(30), 16 << 10, 8);

    public CallLimits {
        if (time.toMillis() < 10 || time.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("time: " + time + " (expected: 10 ms to 1 h)");
        }
        if (output < 100 || output > 1 << 20) {
            throw new IllegalArgumentException("output: " + output + " (expected: 100 to 1048576 characters)");
        }
        if (atOnce < 1 || atOnce > 64) {
            throw new IllegalArgumentException("at once: " + atOnce + " (expected: 1 to 64)");
        }
    }

    public CallLimits withTime(Duration other) {
        return new CallLimits(other, output, atOnce);
    }

    public CallLimits withOutput(int characters) {
        return new CallLimits(time, characters, atOnce);
    }

    public CallLimits withAtOnce(int calls) {
        return new CallLimits(time, output, calls);
    }
}
