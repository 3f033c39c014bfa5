package dev.troupe.planner.graph;

import dev.troupe.models.call.Money;
import dev.troupe.models.onnx.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who does a type of task, best first, by rule. Those who may not or cannot do it are left out, with the reason. The others
 * are ranked by
 *
 * <pre>{@code quality * reliability - 0.02 log2(1 + time / 50 ms) - cost / 0.10 USD}</pre>
 *
 * so that work that was found wrong counts most, a task that takes a hundred times longer costs as much as a quality of
 * 0.13, and a cent as much as 0.1. Of equals, the first in the team file.
 *
 * @param ranked candidates, best first
 * @param leftOut names of the others, with why
 */
public record Selection(List<Candidate> ranked, Map<String, String> leftOut) {
    private static final double PER_DOUBLING = 0.02;
    private static final double UNIT_MILLIS = 50;
    private static final double COST_UNIT = Money.parse("0.10").picodollars();

    public Selection {
        ranked = List.copyOf(ranked);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * Ranks those who can do this.
     *
     * @param standings by name; who has none is taken as unknown
     * @param excluded names of those who were tried in vain
     * @param money what is left to spend
     */
    public static Selection of(
            Capability capability,
            List<Candidate> candidates,
            Map<String, Standing> standings,
            Requirements requirements,
            Set<String> excluded,
            Money money) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        List<Candidate> ranked = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.does(capability)) {
                Standing standing = standings.getOrDefault(candidate.name(), Standing.UNKNOWN);
                String why = unfit(candidate, standing, requirements, excluded, money);
                if (why.isEmpty()) {
                    ranked.add(candidate);
                } else {
                    leftOut.put(candidate.name(), why);
                }
            }
        }
        ranked.sort(Comparator.comparingDouble(
                (Candidate one) -> -score(standings.getOrDefault(one.name(), Standing.UNKNOWN))));
        return new Selection(ranked, leftOut);
    }

    private static String unfit(
            Candidate candidate, Standing standing, Requirements requirements, Set<String> excluded, Money money) {
        if (excluded.contains(candidate.name())) {
            return "was tried in vain";
        }
        String problem = standing.problem();
        if (problem != null) {
            return problem;
        }
        String licence = candidate.licence();
        if (!candidate.agent()
                && !requirements.licences().isEmpty()
                && (licence == null || !requirements.licences().contains(licence))) {
            return "its licence is " + (licence == null ? "not known" : licence);
        }
        Device.Wish device = candidate.device();
        if (device != null
                && !requirements.devices().isEmpty()
                && !requirements.devices().contains(device)) {
            return "its device is " + device.name().toLowerCase(Locale.ROOT);
        }
        if (standing.cost().compareTo(money) > 0) {
            return "it costs about " + standing.cost() + ", and " + money + " are left";
        }
        return "";
    }

    static double score(Standing standing) {
        double millis = standing.typical().toNanos() / 1e6;
        return standing.quality() * standing.reliability()
                - PER_DOUBLING * Math.log(1 + millis / UNIT_MILLIS) / Math.log(2)
                - standing.cost().picodollars() / COST_UNIT;
    }
}
