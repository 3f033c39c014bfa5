package dev.troupe.tools.egress;

import java.time.Duration;

/**
 * What calls may take.
 *
 * @param connect to a connection
 * @param idle how long neither side may say anything
 * @param request the largest body of a request, in bytes
 * @param response the largest body of a response, decompressed, in bytes
 * @param calls the most calls of a task, refused ones too
 */
public record EgressLimits(Duration connect, Duration idle, int request, long response, int calls) {
    public EgressLimits {
        if (connect.toMillis() < 1 || idle.toSeconds() < 1 || request < 1 || response < 1 || calls < 1) {
            throw new IllegalArgumentException(
                    "egress limits: one below its least (expected: 1 ms to connect, 1 s idle,"
                            + " 1 byte, 1 call or more)");
        }
    }

    public static EgressLimits standard() {
        return new EgressLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 8 << 20, 16L << 20, 200);
    }

    public EgressLimits withIdle(Duration time) {
        return new EgressLimits(connect, time, request, response, calls);
    }

    public EgressLimits withRequest(int bytes) {
        return new EgressLimits(connect, idle, bytes, response, calls);
    }

    public EgressLimits withResponse(long bytes) {
        return new EgressLimits(connect, idle, request, bytes, calls);
    }

    public EgressLimits withCalls(int most) {
        return new EgressLimits(connect, idle, request, response, most);
    }
}
