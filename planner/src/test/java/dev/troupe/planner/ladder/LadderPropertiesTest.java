package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.planner.ladder.Effect.Outcome.Solved;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold in every world: all small ones are walked, large ones are drawn at random. */
class LadderPropertiesTest {
    private static final String RULE = "ANSWER: \\d+";
    private static final List<Verifier> VERIFIERS = List.of(
            new Verifier.None(),
            new Verifier.Person(),
            new Verifier.Rule(RULE),
            new Verifier.Judge("referee"),
            new Verifier.Reviewer("reviewer"),
            new Verifier.Asked());
    private static final List<ErrorCode> MODEL_FAILURES =
            List.of(ErrorCode.PROVIDER_FAILED, ErrorCode.BUDGET_EXHAUSTED, ErrorCode.TIMEOUT, ErrorCode.CANCELLED);

    private static Happened asked(Effect.AskAgent ask, @Nullable String answer, @Nullable ErrorCode code) {
        String told = answer == null ? "ERROR: none" : answer;
        return new Happened.AgentAsked(ask, answer, told, Judge.NONE, code, null);
    }

    /** Everything that can come of an effect, a few of each kind. */
    private static List<Happened> outcomes(Effect effect, long in, long out) {
        return switch (effect) {
            case Effect.Search search ->
                List.of(
                        new Happened.Found(List.of()),
                        new Happened.Found(List.of(new Match(Worlds.demonstration("d-1", Judge.NONE), 0.9))));
            case Effect.FindReplay search ->
                List.of(
                        new Happened.ReplayFound(search, new Replay.Abstained("two cities"), null),
                        Worlds.replay(search, Judge.PERSON),
                        Worlds.replay(search, Judge.JUDGE));
            case Effect.CallModel call -> answers(call, in, out);
            case Effect.CallTool call ->
                List.of(
                        new Happened.ToolCalled(call, null, "4"),
                        new Happened.ToolCalled(call, "timed_out", "ERROR timed_out: late"));
            case Effect.AskAgent ask ->
                List.of(
                        asked(ask, "yes", null),
                        asked(ask, "no: it is five", null),
                        asked(ask, null, ErrorCode.OVERLOADED),
                        asked(ask, null, ErrorCode.TIMEOUT));
            case Effect.Recall recall -> throw new AssertionError("no effect of a ladder");
            case Effect.Survey survey -> throw new AssertionError("no effect of a ladder");
            case Effect.RunGraph graph -> throw new AssertionError("no effect of a ladder");
            case Effect.RunCode run ->
                List.of(
                        new Happened.CodeRan(run, 0, "ANSWER: 4", "exited"),
                        new Happened.CodeRan(run, 0, "ANSWER: four", "exited"),
                        new Happened.CodeRan(run, 0, "ANSWER: nan", "exited"),
                        new Happened.CodeRan(run, 0, "four", "exited"),
                        new Happened.CodeRan(run, 1, "ANSWER: 4\nKeyError: 'x'", "exited"),
                        new Happened.CodeRan(run, 0, "ANSWER: 4", "memory"),
                        new Happened.CodeUnparseable(run, "SyntaxError: no"),
                        new Happened.CodeFailed(run, ErrorCode.SANDBOX_UNAVAILABLE, "no bwrap"));
            case Effect.AskVerdict ask ->
                List.of(new Happened.VerdictGiven(ask, true), new Happened.VerdictGiven(ask, false));
            case Effect.Finish finish -> List.of();
        };
    }

    private static List<Happened> answers(Effect.CallModel call, long in, long out) {
        List<String> texts = call.purpose() == Purpose.JUDGE
                ? List.of("{\"verdict\":\"yes\"}", "{\"verdict\":\"no\"}", "yes")
                : List.of(python("a"), python("b"), "ANSWER: 4", "hm");
        List<Happened> answers = new ArrayList<>();
        texts.forEach(
                text -> answers.add(new Happened.ModelAnswered(call, Worlds.says(text, FinishReason.STOP, in, out))));
        MODEL_FAILURES.forEach(
                code -> answers.add(new Happened.ModelFailed(call, code, "failed", new Usage(in, 0, out), Money.ZERO)));
        return answers;
    }

    @Test
    void everySmallWorld_endsAndKeepsThePromises() {
        int worlds = 0;
        for (Verifier verifier : VERIFIERS) {
            LadderPlan plan = Worlds.plan(verifier, new Demonstrations(1, 0.6), rung("quick", 2), rung("large", 1));
            worlds += walk(plan, new ArrayList<>());
            LadderPlan replaying =
                    Worlds.plan(verifier, new Demonstrations(1, 0.6), Rung.replay("replay"), rung("quick", 1));
            worlds += walk(replaying, new ArrayList<>());
        }
        // So many that a change that prunes the walk is seen.
        assertThat(worlds).isGreaterThan(10_000);
    }

    private int walk(LadderPlan plan, List<Happened> history) {
        Decision decision = Ladder.next(plan, Worlds.QUESTION, history, Allowance.UNLIMITED, Worlds.HOUR);
        if (decision.effect() instanceof Effect.Finish finish) {
            check(plan, history, finish);
            return 1;
        }
        int worlds = 0;
        for (Happened happened : outcomes(decision.effect(), 10, 5)) {
            history.add(happened);
            worlds += walk(plan, history);
            history.removeLast();
        }
        return worlds;
    }

    @Test
    void randomWorlds_endKeepThePromisesAndTheLease() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            LadderPlan plan = randomPlan(random);
            Allowance lease = new Allowance(new Money(random.nextInt(2_000)), random.nextInt(5_000));
            List<Happened> history = new ArrayList<>();
            Decision decision = next(plan, history, lease);
            while (!(decision.effect() instanceof Effect.Finish)) {
                history.add(randomOutcome(decision.effect(), random));
                decision = next(plan, history, lease);
            }
            check(plan, history, (Effect.Finish) decision.effect());
            assertThat(tokens(history)).as("seed %d", seed).isLessThanOrEqualTo(lease.tokens());
        }
    }

    /** The same history gives the same decision. */
    private static Decision next(LadderPlan plan, List<Happened> history, Allowance lease) {
        Decision decision = Ladder.next(plan, Worlds.QUESTION, history, lease, Worlds.HOUR);
        assertThat(Ladder.next(plan, Worlds.QUESTION, List.copyOf(history), lease, Duration.ofSeconds(1)))
                .isEqualTo(decision);
        return decision;
    }

    private static LadderPlan randomPlan(Random random) {
        boolean replays = random.nextBoolean();
        Rung[] rungs = IntStream.rangeClosed(replays ? 0 : 1, 1 + random.nextInt(4))
                .mapToObj(i -> i == 0 ? Rung.replay("replay") : rung("rung" + i, 1 + random.nextInt(5)))
                .toArray(Rung[]::new);
        return Worlds.plan(
                VERIFIERS.get(random.nextInt(VERIFIERS.size())), new Demonstrations(random.nextInt(3), 0.6), rungs);
    }

    private static Happened randomOutcome(Effect effect, Random random) {
        long most =
                effect instanceof Effect.CallModel call ? Math.min(call.limit().tokens(), 900) : 2;
        // A model may use all that it is allowed, never more.
        long in = random.nextLong(most);
        long out = random.nextLong(most - in + 1);
        List<Happened> possible = outcomes(effect, in, out);
        // Failures that end everything are rarer than in the walk, so that stories become long.
        int index = random.nextInt(possible.size());
        return random.nextInt(4) > 0 ? possible.get(index % Math.min(3, possible.size())) : possible.get(index);
    }

    private static long tokens(List<Happened> history) {
        return history.stream()
                .mapToLong(happened -> switch (happened) {
                    case Happened.ModelAnswered answered ->
                        answered.response().usage().totalTokens();
                    case Happened.ModelFailed failed -> failed.usage().totalTokens();
                    default -> 0;
                })
                .sum();
    }

    private static void check(LadderPlan plan, List<Happened> history, Effect.Finish finish) {
        for (Rung rung : plan.rungs()) {
            long calls = history.stream()
                    .filter(h -> h instanceof Happened.ModelAnswered answered
                                    && answered.call().purpose() == Purpose.SOLVE
                                    && answered.call().rung().equals(rung.name())
                            || h instanceof Happened.ModelFailed failed
                                    && failed.call().purpose() == Purpose.SOLVE
                                    && failed.call().rung().equals(rung.name()))
                    .count();
            assertThat(calls).isLessThanOrEqualTo(rung.turns());
        }
        List<Account> accounts = Ladder.accounts(plan, Worlds.QUESTION, history);
        assertThat(accounts.stream()
                        .mapToInt(account -> account.events().size())
                        .sum())
                .isEqualTo(history.size());
        boolean solved = finish.outcome() instanceof Solved;
        assertThat(accounts.stream().filter(Account::solved).count()).isEqualTo(solved ? 1 : 0);
        if (finish.outcome() instanceof Solved answer) {
            checkSolved(plan, history, answer);
        }
    }

    private static void checkSolved(LadderPlan plan, List<Happened> history, Solved solved) {
        Happened last = history.getLast();
        Judge source = sourceOf(history, solved);
        if (source != null) {
            checkReplay(plan, history, solved, source);
            return;
        }
        switch (plan.verifier()) {
            case Verifier.None none -> assertThat(solved.verified()).isEqualTo(Judge.NONE);
            case Verifier.Person person -> assertThat(solved.verified()).isEqualTo(Judge.NONE);
            case Verifier.Rule rule -> {
                assertThat(solved.verified()).isEqualTo(Judge.RULE);
                assertThat(lastRun(history, solved.rung()).output()).containsPattern(RULE);
            }
            case Verifier.Asked asked -> {
                assertThat(solved.verified()).isEqualTo(Judge.PERSON);
                assertThat(((Happened.VerdictGiven) last).right()).isTrue();
            }
            case Verifier.Reviewer reviewer -> {
                assertThat(solved.verified()).isEqualTo(Judge.JUDGE);
                assertThat(((Happened.AgentAsked) last).answer()).isEqualTo("yes");
            }
            case Verifier.Judge judge -> {
                assertThat(solved.verified()).isEqualTo(Judge.JUDGE);
                assertThat(((Happened.ModelAnswered) last).call().purpose()).isEqualTo(Purpose.JUDGE);
                assertThat(((Happened.ModelAnswered) last).response().text()).isEqualTo("{\"verdict\":\"yes\"}");
            }
        }
        Happened.CodeRan run = lastRun(history, solved.rung());
        if (run == null) {
            assertThat(solved.exitCode()).isNull();
            assertThat(solved.code()).isNull();
        } else {
            assertThat(run.exitCode()).isZero();
            assertThat(run.end()).isEqualTo("exited");
            assertThat(solved.exitCode()).isZero();
            assertThat(solved.code()).isEqualTo(run.run().source());
        }
    }

    /** Who vouches for the demonstration that was replayed and solved it, or null. */
    private static @Nullable Judge sourceOf(List<Happened> history, Solved solved) {
        return history.stream()
                .filter(Happened.ReplayFound.class::isInstance)
                .map(Happened.ReplayFound.class::cast)
                .filter(found -> found.search().rung().equals(solved.rung()) && found.source() != null)
                .map(found -> found.source().verified())
                .findFirst()
                .orElse(null);
    }

    /** A replay is never more than its source, and the usual checks apply to it. */
    private static void checkReplay(LadderPlan plan, List<Happened> history, Solved solved, Judge source) {
        assertThat(solved.verified()).isNotEqualTo(Judge.NONE).isLessThanOrEqualTo(source);
        assertThat(solved.demonstration()).isEqualTo("d-9");
        Happened.CodeRan run = lastRun(history, solved.rung());
        assertThat(run).isNotNull();
        assertThat(run.succeeded()).isTrue();
        assertThat(solved.code()).isEqualTo(run.run().source());
        if (plan.verifier() instanceof Verifier.Rule) {
            assertThat(run.output()).containsPattern(RULE);
            assertThat(solved.verified()).isLessThanOrEqualTo(Judge.RULE);
        }
        if (plan.verifier() instanceof Verifier.Judge) {
            assertThat(solved.verified()).isEqualTo(Judge.JUDGE);
        }
    }

    private static Happened.CodeRan lastRun(List<Happened> history, String rung) {
        return history.stream()
                .filter(h ->
                        h instanceof Happened.CodeRan ran && ran.run().rung().equals(rung))
                .map(Happened.CodeRan.class::cast)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
