package dev.troupe.agents;

import dev.troupe.planner.ladder.AgentPlan;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells a question that makes sense from one that does not, before anything is done about it. */
final class AskCheck {
    /** How deep agents may ask agents. Team files are held to it too. */
    static final int DEEPEST = 4;

    private AskCheck() {}

    /**
     * What is wrong with it, if anything is.
     *
     * @param known whether a task's id is taken
     * @param parent the task that it is a part of, null where none of that id runs here
     */
    static Optional<String> wrong(TeamSetup setup, Agent.Ask ask, Predicate<String> known, @Nullable Job parent) {
        if (ask.task().isBlank() || ask.task().length() > 100 || !ask.task().matches("[A-Za-z0-9_-]+")) {
            return Optional.of("task: " + ask.task() + " (expected: 1 to 100 letters, digits, - and _)");
        }
        if (known.test(ask.task())) {
            return Optional.of("task: " + ask.task() + " (expected: a new id; this one is known)");
        }
        if (ask.parent() != null && parent == null) {
            // Its receipt would be on no whole's, and its whole may have ended a moment ago.
            return Optional.of("parent: " + ask.parent() + " (expected: a task that this team works on)");
        }
        int depth = parent == null ? 0 : parent.place().depth() + 1;
        if (depth > DEEPEST) {
            return Optional.of("agents that ask agents: " + depth + " deep (expected: at most " + DEEPEST + ")");
        }
        String named = ask.agent();
        String agent = named == null ? setup.entry() : named;
        if (!setup.agents().containsKey(agent)) {
            return Optional.of("agent: " + agent + " (expected: one of "
                    + setup.agents().keySet().stream().sorted().toList() + ")");
        }
        return wrong(ask, agent, Objects.requireNonNull(setup.agents().get(agent)));
    }

    private static Optional<String> wrong(Agent.Ask ask, String agent, AgentPlan plan) {
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

    /** The question's text. */
    static String question(Agent.Ask ask) {
        return String.join(
                "\n",
                ask.parts().stream()
                        .filter(Agent.Part.Text.class::isInstance)
                        .map(part -> ((Agent.Part.Text) part).text())
                        .toList());
    }
}
