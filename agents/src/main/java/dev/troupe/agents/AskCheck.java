package dev.troupe.agents;

import dev.troupe.planner.ladder.AgentPlan;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks a question over before it is taken on. */
final class AskCheck {
    /** How deep agents may ask agents. Team files are held to it too. */
    static final int DEEPEST = 4;

    private AskCheck() {}

    /**
     * What is wrong with it, if anything is.
     *
     * @param known whether a task's id is taken
     * @param depth of the tasks that it is a part of, 0 for none
     */
    static Optional<String> wrong(TeamSetup setup, Agent.Ask ask, Predicate<String> known, int depth) {
        String named = ask.agent();
        String agent = named == null ? setup.entry() : named;
        if (ask.task().isBlank() || ask.task().length() > 100 || !ask.task().matches("[A-Za-z0-9_-]+")) {
            return Optional.of("task: " + ask.task() + " (expected: 1 to 100 letters, digits, - and _)");
        }
        if (known.test(ask.task())) {
            return Optional.of("task: " + ask.task() + " (expected: a new id; this one is known)");
        }
        if (depth > DEEPEST) {
            return Optional.of("agents that ask agents: " + depth + " deep (expected: at most " + DEEPEST + ")");
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
        if (ask.parts().stream().anyMatch(part -> !(part instanceof Agent.Part.Text))) {
            return Optional.of("parts: an image or a file (expected: text; others are not in this version)");
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
