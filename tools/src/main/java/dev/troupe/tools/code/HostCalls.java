package dev.troupe.tools.code;

import java.time.Duration;

/**
 * What a program had to do with one host.
 *
 * @param host its name; {@code others} sums up those that were refused when there were many
 * @param calls requests that went there
 * @param refused requests that did not
 * @param sent bytes of the requests' bodies
 * @param received bytes of the responses' bodies
 * @param wall from each request to the end of its response, added up
 */
public record HostCalls(String host, int calls, int refused, long sent, long received, Duration wall) {
    /** Both together; of the same host. */
    public HostCalls plus(HostCalls other) {
        return new HostCalls(
                host,
                calls + other.calls,
                refused + other.refused,
                sent + other.sent,
                received + other.received,
                wall.plus(other.wall));
    }
}
