package dev.troupe.planner.ladder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What plans of all kinds do about calls of tools and agents. */
public final class Calls {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Calls() {}

    /**
     * The effect that a model's call asks for. A name that nobody has becomes the call of a tool, which fails in words.
     *
     * @param arguments JSON; for an agent also its question in plain words
     * @param left what an agent that is asked may spend
     */
    public static Effect effect(Offer offer, String stage, String id, String name, String arguments, Allowance left) {
        return offer.callable(name)
                .<Effect>map(use -> new Effect.AskAgent(stage, id, name, use.to(), question(arguments), left))
                .orElseGet(() -> new Effect.CallTool(stage, id, name, arguments));
    }

    private static String question(String arguments) {
        String plain = arguments.strip();
        if (!plain.startsWith("{")) {
            return plain;
        }
        try {
            JsonNode question = JSON.readTree(plain).path(Offer.QUESTION);
            return question.isTextual() ? question.asText() : plain;
        } catch (JsonProcessingException e) {
            return plain;
        }
    }

    /**
     * The accounts of tools and agents, in the order of their first calls. An agent that the task was handed over to and
     * that answered has solved it.
     */
    public static List<Account> accounts(List<Happened> history) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            switch (history.get(i)) {
                case Happened.ToolCalled called ->
                    tallies.computeIfAbsent(Account.TOOL + called.call().tool(), stage -> new Tally())
                            .add(i, called.problem());
                case Happened.AgentAsked asked -> {
                    Tally tally = tallies.computeIfAbsent(
                            Account.AGENT + asked.asked().agent(), stage -> new Tally());
                    tally.add(i, problem(asked));
                    tally.usage = tally.usage.plus(asked.usage());
                    tally.cost = tally.cost.plus(asked.cost());
                    tally.solved |= asked.asked().to() == Offer.To.HAND_OVER && asked.answer() != null;
                }
                default -> {}
            }
        }
        List<Account> accounts = new ArrayList<>();
        tallies.forEach((stage, tally) -> accounts.add(new Account(
                stage, tally.words(), "", tally.solved, tally.usage, tally.cost, tally.usage, tally.events)));
        return accounts;
    }

    private static @Nullable String problem(Happened.AgentAsked asked) {
        if (asked.answer() == null) {
            return "without an answer";
        }
        boolean refused =
                asked.asked().to() == Offer.To.REVIEW && !Judgement.of(asked).right();
        return refused ? "refused the answer" : null;
    }

    private static final class Tally {
        private final List<Integer> events = new ArrayList<>();
        private final Map<String, Integer> problems = new LinkedHashMap<>();
        private Usage usage = Usage.NONE;
        private Money cost = Money.ZERO;
        private boolean solved;

        private void add(int event, @Nullable String problem) {
            events.add(event);
            if (problem != null) {
                problems.merge(problem, 1, Integer::sum);
            }
        }

        /** {@code 3 calls, 1 timed_out}. */
        private String words() {
            StringBuilder words = new StringBuilder();
            words.append(events.size()).append(events.size() == 1 ? " call" : " calls");
            problems.forEach((problem, count) ->
                    words.append(", ").append(count).append(' ').append(problem));
            return words.toString();
        }
    }
}
