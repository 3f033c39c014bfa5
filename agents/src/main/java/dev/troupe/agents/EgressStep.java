package dev.troupe.agents;

import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.Receipt.Step;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.tools.code.HostCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The receipt's line on what a task's programs had to do with the world: {@code api.example.com 3 calls, 12 KiB}. */
final class EgressStep {
    static final String STAGE = "egress";
    private static final int KIB = 1024;

    private EgressStep() {}

    /** @param calls run by run; those of one host are added up */
    static Optional<Step> of(List<HostCalls> calls) {
        Map<String, HostCalls> hosts = new LinkedHashMap<>();
        calls.forEach(one -> hosts.merge(one.host(), one, HostCalls::plus));
        if (hosts.isEmpty()) {
            return Optional.empty();
        }
        Duration wall = hosts.values().stream().map(HostCalls::wall).reduce(Duration.ZERO, Duration::plus);
        String outcome = hosts.values().stream().map(EgressStep::words).collect(Collectors.joining("; "));
        return Optional.of(
                new Step(STAGE, outcome, wall.toMillis(), Usage.NONE, Money.ZERO, Money.ZERO, Basis.MEASURED));
    }

    private static String words(HostCalls calls) {
        List<String> words = new ArrayList<>();
        if (calls.calls() > 0) {
            words.add(calls.calls() + (calls.calls() == 1 ? " call" : " calls"));
            words.add(size(calls.sent() + calls.received()));
        }
        if (calls.refused() > 0) {
            words.add(calls.refused() + " refused");
        }
        return calls.host() + " " + String.join(", ", words);
    }

    private static String size(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB
                ? Math.round(bytes / (double) KIB) + " KiB"
                : Math.round(bytes / (double) (KIB * KIB)) + " MiB";
    }
}
