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
    static final String OTHERS = "others";

    private final Map<String, HostCalls> hosts = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();

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
