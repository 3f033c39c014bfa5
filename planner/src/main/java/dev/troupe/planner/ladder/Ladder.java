package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model hierarchy of EcoAssistant (arXiv 2310.03046): the cheapest way of trying goes first, with code that is
 * really executed; the next one follows only when it fails; solved questions are shown to each.
 *
 * <p>Pure: the same plan, question, history, lease and time give the same decision.
 */
public final class Ladder {
    private Ladder() {}

    /**
     * What to do next.
     *
     * @param history what came of the effects decided so far, oldest first; empty at the start
     * @param lease what the whole task may spend; what the history's calls spent is taken off
     * @param timeLeft until the task's deadline
     * @throws IllegalStateException when the history holds an event that no decision asked for
     */
    public static Decision next(
            LadderPlan plan, String question, List<Happened> history, Allowance lease, Duration timeLeft) {
        Progress progress = Progress.of(plan, question, history);
        Step step = progress.step();
        if (step instanceof Step.End end) {
            return new Decision(new Effect.Finish(end.outcome()), Decision.Kind.FINISH, end.why());
        }
        if (timeLeft.isZero() || timeLeft.isNegative()) {
            return ranOut(progress, ErrorCode.TIMEOUT, "the task's time is used up");
        }
        return switch (step) {
            case Step.Search search ->
                new Decision(
                        new Effect.Search(
                                question,
                                plan.demonstrations().show(),
                                plan.demonstrations().similarity()),
                        Decision.Kind.SEARCH,
                        search.why());
            case Step.FindReplay replay ->
                new Decision(
                        new Effect.FindReplay(
                                rung(progress),
                                question,
                                progress.shown().stream()
                                        .map(Match::demonstration)
                                        .toList()),
                        replay.kind(),
                        replay.why());
            case Step.Run run -> {
                Effect effect = new Effect.RunCode(
                        rung(progress), run.program().language(), run.program().source());
                yield new Decision(effect, Decision.Kind.RUN, run.why());
            }
            case Step.Call call -> {
                Effect effect = Calls.effect(
                        plan.offer(), rung(progress), "", call.name(), call.arguments(), progress.left(lease));
                yield new Decision(effect, Decision.Kind.CALL, call.why());
            }
            case Step.HandOver over -> {
                Effect effect = new Effect.AskAgent(
                        rung(progress), "", over.agent(), Offer.To.HAND_OVER, question, progress.left(lease));
                yield new Decision(effect, Decision.Kind.CALL, over.why());
            }
            case Step.Review review -> {
                Effect effect = new Effect.AskAgent(
                        rung(progress),
                        "",
                        review.agent(),
                        Offer.To.REVIEW,
                        Judgement.question(plan, question, review.candidate()),
                        progress.left(lease));
                yield new Decision(effect, Decision.Kind.VERIFY, review.why());
            }
            case Step.AskVerdict ask -> {
                Effect effect =
                        new Effect.AskVerdict(rung(progress), ask.candidate().answer());
                yield new Decision(effect, Decision.Kind.VERIFY, ask.why());
            }
            default -> call(plan, question, progress, lease);
        };
    }

    private static Decision call(LadderPlan plan, String question, Progress progress, Allowance lease) {
        Allowance left = progress.left(lease);
        if (!left.allowsACall()) {
            return ranOut(progress, ErrorCode.BUDGET_EXHAUSTED, "the task's budget is used up");
        }
        if (progress.step() instanceof Step.Judge judge) {
            Effect effect = new Effect.CallModel(
                    rung(progress),
                    judge.model(),
                    Purpose.JUDGE,
                    Judgement.request(plan, question, judge.candidate()),
                    left);
            return new Decision(effect, Decision.Kind.VERIFY, judge.why());
        }
        if (!(progress.step() instanceof Step.Ask ask)) {
            throw new IllegalStateException("step: " + progress.step() + " (expected: a call of a model)");
        }
        List<Attempt> attempts = progress.attempts();
        Attempt current = attempts.getLast();
        Effect effect = new Effect.CallModel(
                rung(progress),
                current.rung().model(),
                Purpose.SOLVE,
                new Prompts(plan, question).next(current, attempts.subList(0, attempts.size() - 1), progress.shown()),
                left);
        return new Decision(effect, ask.kind(), ask.why());
    }

    private static Decision ranOut(Progress progress, ErrorCode code, String why) {
        String guess = switch (progress.step()) {
            case Step.Judge judge -> judge.candidate().answer();
            case Step.Review review -> review.candidate().answer();
            default -> progress.bestGuess();
        };
        return new Decision(new Effect.Finish(new Outcome.Unsolved(why, code, guess)), Decision.Kind.FINISH, why);
    }

    private static String rung(Progress progress) {
        return progress.attempts().getLast().rung().name();
    }

    /** The solved questions that every rung is shown, best first; empty before they were looked for. */
    public static List<Match> shown(LadderPlan plan, String question, List<Happened> history) {
        return Progress.of(plan, question, history).shown();
    }

    /** The answer that a judge is being asked about, or null. */
    public static @Nullable String judged(LadderPlan plan, String question, List<Happened> history) {
        return switch (Progress.of(plan, question, history).step()) {
            case Step.Judge judge -> judge.candidate().answer();
            case Step.Review review -> review.candidate().answer();
            default -> null;
        };
    }

    /** How many rungs gave up before the last one that tried. */
    public static int escalations(LadderPlan plan, String question, List<Happened> history) {
        long tried = Progress.of(plan, question, history).attempts().stream()
                .filter(attempt -> !attempt.abstained())
                .count();
        return (int) Math.max(0, tried - 1);
    }

    /** The demonstration whose program was run again, or null. */
    public static @Nullable String replayed(LadderPlan plan, String question, List<Happened> history) {
        return Progress.of(plan, question, history).replayed();
    }

    /** What each stage came to, in the order in which they began: the receipt's steps. */
    public static List<Account> accounts(LadderPlan plan, String question, List<Happened> history) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            switch (history.get(i)) {
                case Happened.Found found ->
                    tally(tallies, Account.DEMONSTRATIONS, "").events.add(i);
                case Happened.ReplayFound found ->
                    tally(tallies, found.search().rung(), "").events.add(i);
                case Happened.ModelAnswered answered -> {
                    Tally tally = tally(
                            tallies, stage(answered.call()), answered.call().model());
                    tally.events.add(i);
                    tally.usage = tally.usage.plus(answered.response().usage());
                    tally.cost = tally.cost.plus(answered.response().cost());
                }
                case Happened.ModelFailed failed -> {
                    Tally tally =
                            tally(tallies, stage(failed.call()), failed.call().model());
                    tally.events.add(i);
                    tally.usage = tally.usage.plus(failed.usage());
                    tally.cost = tally.cost.plus(failed.cost());
                }
                case Happened.CodeUnparseable code ->
                    tally(tallies, code.run().rung(), "").events.add(i);
                case Happened.CodeRan ran ->
                    tally(tallies, ran.run().rung(), "").events.add(i);
                case Happened.CodeFailed failed ->
                    tally(tallies, failed.run().rung(), "").events.add(i);
                case Happened.VerdictGiven verdict ->
                    tally(tallies, Account.VERIFY, "").events.add(i);
                // Beside the rungs, not in them.
                case Happened.ToolCalled called -> {}
                case Happened.AgentAsked asked -> {}
                case Happened.OfPlanner other -> throw new IllegalStateException("history: of a planner");
            }
        }
        String judge = "the judge";
        if (plan.verifier() instanceof LadderPlan.Verifier.Asked asked) {
            judge = asked.by() == Verdict.Judge.PERSON ? "the person asked" : "the check";
        }
        Progress progress = Progress.of(plan, question, history);
        List<Account> accounts = new ArrayList<>();
        for (Map.Entry<String, Tally> tally : tallies.entrySet()) {
            accounts.add(account(tally.getKey(), tally.getValue(), progress, judge));
        }
        accounts.addAll(Calls.accounts(history));
        return accounts;
    }

    private static String stage(Effect.CallModel call) {
        return call.purpose() == Purpose.JUDGE ? Account.VERIFY : call.rung();
    }

    private static Tally tally(Map<String, Tally> tallies, String stage, String model) {
        return tallies.computeIfAbsent(stage, name -> new Tally(model));
    }

    private static Account account(String stage, Tally tally, Progress progress, String judge) {
        boolean solved = false;
        String outcome = "";
        Usage worth = tally.usage;
        if (stage.equals(Account.DEMONSTRATIONS)) {
            outcome = shown(progress.shown());
        } else if (stage.equals(Account.VERIFY)) {
            outcome = progress.step() instanceof Step.End end && end.outcome() instanceof Outcome.Solved
                    ? judge + " agreed"
                    : judge + " did not agree";
        } else {
            for (Attempt attempt : progress.attempts()) {
                if (attempt.rung().name().equals(stage)) {
                    outcome = attempt.outcome();
                    solved = attempt.isSolved();
                    Demonstration replayed = attempt.replayed();
                    if (replayed != null) {
                        worth = new Usage(replayed.inputTokens(), 0, replayed.outputTokens());
                    }
                }
            }
        }
        return new Account(stage, outcome, tally.model, solved, tally.usage, tally.cost, worth, tally.events);
    }

    private static String shown(List<Match> shown) {
        if (shown.isEmpty()) {
            return "none alike";
        }
        Match best = shown.getFirst();
        return String.format(
                Locale.ROOT,
                "showed %s (%s, similarity %.2f)%s",
                best.demonstration().id(),
                switch (best.demonstration().verified()) {
                    case NONE -> "candidate";
                    case JUDGE -> "verified by a judge";
                    case RULE -> "verified by a rule";
                    case PERSON -> "verified by a person";
                },
                best.similarity(),
                shown.size() == 1 ? "" : " and " + (shown.size() - 1) + " more");
    }

    private static final class Tally {
        private final String model;
        private final List<Integer> events = new ArrayList<>();
        private Usage usage = Usage.NONE;
        private Money cost = Money.ZERO;

        private Tally(String model) {
            this.model = model;
        }
    }
}
