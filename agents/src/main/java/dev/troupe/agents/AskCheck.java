package dev.troupe.agents;

import dev.troupe.planner.ladder.AgentPlan;
import java.util.Objects;
import java.util.Optional;

/** Tells a question that makes sense from one that does not, before anything is done about it. */
final class AskCheck {
    private AskCheck() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> wrong(Agent.Ask ask, String agent, TeamSetup setup) {
        if (ask.task().isBlank() || ask.task().length() > 100 || !ask.task().matches("[A-Za-z0-9_-]+")) {
            return Optional.of("task: " + ask.task() + " (expected: 1 to 100 letters, digits, - and _)");
        }
        if (!setup.agents().containsKey(agent)) {
            return Optional.of("agent: " + agent + " (expected: one of "
                    + setup.agents().keySet().stream().sorted().toList() + ")");
        }
        AgentPlan plan = Objects.requireNonNull(setup.agents().get(agent));
        String refusal = ask.options() == null ? null : plan.refusal(ask.options());
        if (refusal != null) {
            return Optional.of("agent " + agent + ": " + refusal);
        }
        if (ask.within().isNegative() || ask.within().isZero()) {
            return Optional.of("within: " + ask.within() + " (expected: more than 0)");
        }
        if (ask.budget().money().isNegative() || ask.budget().tokens() < 0) {
            return Optional.of("budget: " + ask.budget() + " (expected: nothing negative)");
        }
        if (ask.parts().stream().anyMatch(Agent.Part.Image.class::isInstance)) {
            return Optional.of("parts: an image (expected: text, or a file for an agent that takes files)");
        }
        if (!plan.takesFiles() && ask.parts().stream().anyMatch(Agent.Part.FileHandle.class::isInstance)) {
            return Optional.of("parts: a file (expected: text; agent " + agent + " takes no files)");
        }
        return question(ask).isBlank() ? Optional.of("question: empty (expected: text)") : Optional.empty();
    }

    /** The text of it. */
    static String question(Agent.Ask ask) {
        return String.join(
                "\n",
                ask.parts().stream()
                        .filter(Agent.Part.Text.class::isInstance)
                        .map(part -> ((Agent.Part.Text) part).text())
                        .toList());
    }
}
