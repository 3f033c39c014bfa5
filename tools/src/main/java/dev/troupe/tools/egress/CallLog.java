package dev.troupe.tools.egress;

import dev.troupe.tools.code.HostCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls of one run, host by host, and why some were refused. Bounded, whatever the program does. Thread-safe. */
final class CallLog {
    private static final int MOST_HOSTS = 16;
    private static final int MOST_REASONS = 3;
    private static final int MOST_RESPONSES = 3;
    private static final int LONGEST_ADDRESS = 100;
    private static final int SHOWN = 1_800;
    static final String OTHERS = "others";

    private final Map<String, HostCalls> hosts = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();
    /** The beginning of the newest response by address and status, the newest last. */
    private final Map<String, byte[]> responses = new LinkedHashMap<>();

    synchronized void called(String host, long sent, long received, Duration wall) {
        add(new HostCalls(host, 1, 0, sent, received, wall));
    }

    /** @param host what the program asked for, which may be anything */
    synchronized void refused(String host, String why) {
        boolean name = HostNames.isName(host) || HostNames.isAddress(host);
        boolean room = hosts.containsKey(host) || hosts.size() < MOST_HOSTS;
        add(new HostCalls(name && room ? host : OTHERS, 0, 1, 0, 0, Duration.ZERO));
        if (reasons.size() < MOST_REASONS && !reasons.contains(why)) {
            reasons.add(why);
        }
    }

    /** @param address host and path, which may be anything */
    synchronized void responded(String address, int status, byte[] beginning) {
        String from = address.substring(0, Math.min(address.length(), LONGEST_ADDRESS)) + " answered " + status;
        responses.remove(from);
        responses.put(from, beginning);
        if (responses.size() > MOST_RESPONSES) {
            responses.remove(responses.keySet().iterator().next());
        }
    }

    /** What the newest responses of different addresses are made of. */
    synchronized List<String> responses() {
        return responses.entrySet().stream()
                .map(one -> one.getKey() + ": " + ResponseShape.of(one.getValue(), SHOWN / responses.size()))
                .toList();
    }

    private void add(HostCalls more) {
        hosts.merge(more.host(), more, HostCalls::plus);
    }

    synchronized List<HostCalls> hosts() {
        return List.copyOf(hosts.values());
    }

    /** The first few, each once. */
    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }
}
