package dev.troupe.planner.stages;

import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a solved request is the one at hand but for the names of the attached files: then its plan is the plan, with the
 * other names. Anything else that differs, a single word or a number, makes it another request.
 */
final class SamePlan {
    private SamePlan() {}

    /** The plan with the names of the files at hand, as a model would write it. */
    static Optional<String> of(PlanExample example, String question, List<Resource> resources) {
        List<Resource> theirs = attached(example.resources());
        List<Resource> ours = attached(resources);
        if (theirs.size() != ours.size()
                || !abstracted(example.request(), theirs).equals(abstracted(question, ours))) {
            return Optional.empty();
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < ours.size(); i++) {
            if (!theirs.get(i).type().equals(ours.get(i).type())) {
                return Optional.empty();
            }
            names.put(theirs.get(i).name(), ours.get(i).name());
        }
        return Optional.of(renamed(example.plan(), names));
    }

    private static List<Resource> attached(List<Resource> resources) {
        return resources.stream().filter(Resource::attached).toList();
    }

    private static String abstracted(String request, List<Resource> resources) {
        String text = request;
        for (int i = 0; i < resources.size(); i++) {
            text = text.replace(resources.get(i).name(), "\u0000" + i);
        }
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** Names stand in quotes in JSON; all are replaced at once, since files may swap names. */
    private static String renamed(String plan, Map<String, String> names) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < plan.length()) {
            int open = plan.indexOf('"', from);
            int close = open < 0 ? -1 : end(plan, open + 1);
            if (close < 0) {
                break;
            }
            String inside = plan.substring(open + 1, close);
            parts.add(plan.substring(from, open + 1));
            parts.add(names.getOrDefault(inside, inside));
            parts.add("\"");
            from = close + 1;
        }
        parts.add(plan.substring(from));
        return String.join("", parts);
    }

    private static int end(String plan, int from) {
        for (int i = from; i < plan.length(); i++) {
            if (plan.charAt(i) == '\\') {
                i++;
            } else if (plan.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }
}
