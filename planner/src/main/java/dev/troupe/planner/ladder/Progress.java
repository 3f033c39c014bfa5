package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A history, folded: which rung is at work, what failed, and what must follow. Lives for one decision. */
final class Progress {
    private final LadderPlan plan;
    private final String question;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> handedOver = new ArrayList<>();
    private List<Match> shown = List.of();
    private @Nullable String bestGuess;
    /** Answers of programs that ran well but seem to be another question's: better than none. */
    private final List<Candidate> doubted = new ArrayList<>();

    private Usage usage = Usage.NONE;
    private Money cost = Money.ZERO;
    private Step step;

    private Progress(LadderPlan plan, String question) {
        this.plan = plan;
        this.question = question;
        step = plan.demonstrations().show() > 0
                ? new Step.Search("solved questions first")
                : startRung(Decision.Kind.START_RUNG, "the first rung");
    }

    static Progress of(LadderPlan plan, String question, List<Happened> history) {
        Progress progress = new Progress(plan, question);
        history.forEach(progress::apply);
        return progress;
    }

    Step step() {
        return step;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    List<Match> shown() {
        return shown;
    }

    @Nullable
    String bestGuess() {
        return bestGuess;
    }

    Allowance left(Allowance lease) {
        return lease.minus(cost, usage);
    }

    private Attempt current() {
        return attempts.getLast();
    }

    void apply(Happened happened) {
        step = switch (happened) {
            case Happened.Found found -> found(found);
            case Happened.ReplayFound found -> replayFound(found);
            case Happened.ModelAnswered answered -> answered(answered);
            case Happened.ModelFailed failed -> modelFailed(failed);
            case Happened.CodeUnparseable code -> failed(code.run().source(), Failure.unparseable(code));
            case Happened.CodeRan ran -> ran(ran);
            case Happened.CodeFailed failed -> cannotGoOn(failed.code(), failed.message());
            case Happened.VerdictGiven verdict -> judged(verdict.right());
            case Happened.ToolCalled called ->
                called(called.call().tool(), called.call().arguments(), called.told());
            case Happened.AgentAsked asked -> asked(asked);
            case Happened.OfPlanner other -> throw new IllegalStateException("history: of a planner");
        };
    }

    private Step called(String name, String arguments, String told) {
        Failure failure = Failure.called(name, arguments, told);
        current().consulted(failure);
        return afterFailure(failure);
    }

    private Step asked(Happened.AgentAsked asked) {
        usage = usage.plus(asked.usage());
        cost = cost.plus(asked.cost());
        Effect.AskAgent ask = asked.asked();
        return switch (ask.to()) {
            case ASK -> called(ask.agent(), ask.question(), asked.told());
            case REVIEW -> reviewed(asked);
            case HAND_OVER -> handedOver(asked);
        };
    }

    private Step reviewed(Happened.AgentAsked asked) {
        if (!(step instanceof Step.Review review)) {
            throw new IllegalStateException("history: a review (expected: after an answer to be judged)");
        }
        Candidate candidate = review.candidate();
        Judgement judgement = Judgement.of(asked);
        if (judgement.right()) {
            return solved(candidate, Judge.JUDGE);
        }
        if (asked.answer() != null) {
            return refused("reviewer", candidate, judgement.why());
        }
        bestGuess = candidate.answer();
        ErrorCode code = asked.code();
        if (code == ErrorCode.TIMEOUT || code == ErrorCode.BUDGET_EXHAUSTED || code == ErrorCode.CANCELLED) {
            return cannotGoOn(code, asked.told());
        }
        // A verdict that cannot be had is a no, and asking the same rung again would not bring one.
        current().failed(Failure.refused("reviewer", candidate.answer(), "the reviewer could not be asked"));
        return climb();
    }

    private Step handedOver(Happened.AgentAsked asked) {
        String agent = asked.asked().agent();
        handedOver.add(agent);
        String answer = asked.answer();
        if (answer == null) {
            return step instanceof Step.Call ? called(agent, asked.asked().question(), asked.told()) : climb();
        }
        return new Step.End(
                new Outcome.Solved(answer, asked.verified(), agent, null, null, null, null), agent + " took it over");
    }

    private Step found(Happened.Found found) {
        shown = found.matches().stream()
                .filter(match -> !match.demonstration().retired())
                .filter(match -> !match.demonstration().language().equals(TaskGraph.LANGUAGE))
                .filter(match -> match.similarity() >= plan.demonstrations().similarity())
                .limit(plan.demonstrations().show())
                .toList();
        return startRung(Decision.Kind.START_RUNG, "the first rung");
    }

    private Step startRung(Decision.Kind kind, String why) {
        Rung rung = plan.rungs(shown).get(attempts.size());
        attempts.add(new Attempt(rung));
        return rung.isReplay() ? new Step.FindReplay(kind, why) : new Step.Ask(kind, why);
    }

    private Step replayFound(Happened.ReplayFound found) {
        boolean canRun = !(found.replay() instanceof Replay.Ready ready)
                || plan.languages().contains(ready.source().language());
        Happened.ReplayFound usable = canRun
                ? found
                : new Happened.ReplayFound(
                        found.search(), new Replay.Abstained("its program's language cannot be run here"), null);
        current().replays(usable);
        return usable.replay() instanceof Replay.Ready ready
                ? new Step.Run(new Reply.Program(ready.source().language(), ready.code()), "replay: " + ready.text())
                : climb();
    }

    /** The demonstration whose program ran again and did not solve it, or null. */
    @Nullable
    String replayed() {
        return attempts.stream()
                .map(Attempt::replayed)
                .filter(Objects::nonNull)
                .map(Demonstration::id)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private Step answered(Happened.ModelAnswered answered) {
        ChatResponse response = answered.response();
        usage = usage.plus(response.usage());
        cost = cost.plus(response.cost());
        if (answered.call().purpose() == Purpose.JUDGE) {
            return judged(Judgement.read(response.text()));
        }
        Attempt attempt = current();
        attempt.replied(response.text());
        Reply reply = Reply.read(response, plan.languages(), !plan.offer().isEmpty());
        return switch (reply) {
            case Reply.Program program -> {
                Failure known = attempt.knownFailure(program.source());
                yield known == null ? new Step.Run(program, "a program to run") : failed(known);
            }
            case Reply.Call call -> new Step.Call(call.name(), call.arguments(), "the model calls " + call.name());
            case Reply.Answer answer -> answeredInWords(answer);
            default -> failed(Failure.noProgram(reply, language()));
        };
    }

    private Step answeredInWords(Reply.Answer answer) {
        Attempt attempt = current();
        Happened.CodeRan run = attempt.lastRun();
        if (run != null && !run.succeeded()) {
            bestGuess = answer.text();
            return failed(Failure.answeredAfterCrash());
        }
        // Over files, or after a program that printed nothing, an answer out of the head is most likely made up.
        Failure outOfTheHead = Failure.noProgram(answer, language());
        if ((run == null ? !plan.fileSummaries().isEmpty() : run.output().isBlank())
                && attempt.hasTurns()
                && !attempt.hasConsulted()
                && !attempt.failedBefore(outOfTheHead.key())) {
            return failed(outOfTheHead);
        }
        String text = run == null ? answer.text() : Answers.inWords(answer.text(), run.output(), question);
        return verify(Candidate.of(attempt, text, run));
    }

    private Step ran(Happened.CodeRan ran) {
        Attempt attempt = current();
        attempt.ran(ran);
        if (!ran.succeeded()) {
            return failed(ran.run().source(), Failure.crashed(ran));
        }
        String marked = Answers.inOutput(ran.output());
        String answer = marked == null && !ran.responses().isEmpty() ? Answers.unmarked(ran.output()) : marked;
        if (answer == null) {
            return failed(ran.run().source(), Failure.noAnswer(ran));
        }
        Failure doubt = Doubts.of(answer, ran);
        // Said twice, it is believed: the question may have such an answer.
        if (doubt != null && !attempt.failedBefore(doubt.key())) {
            bestGuess = bestGuess == null ? answer : bestGuess;
            return failed(doubt);
        }
        Candidate candidate = Candidate.of(attempt, answer, ran);
        // What runs again was found right once, with the values that it has now in the same places; and who is asked at
        // once knows better than a comparison of texts.
        boolean known = doubt != null || attempt.replayed() != null || plan.verifier() instanceof Verifier.Asked;
        Failure ungrounded =
                known ? null : Doubts.ungrounded(plan, question, ran.run().source(), attempt.rung(), shown);
        if (ungrounded == null) {
            return verify(candidate);
        }
        bestGuess = answer;
        doubted.add(candidate);
        boolean told = attempt.failedBefore(ungrounded.key());
        attempt.failed(ungrounded);
        return told ? climb() : afterFailure(ungrounded);
    }

    private Step verify(Candidate candidate) {
        return switch (plan.verifier()) {
            case Verifier.None none -> solved(candidate, Judge.NONE);
            case Verifier.Person person -> solved(candidate, Judge.NONE);
            case Verifier.Asked asked -> new Step.AskVerdict(candidate, "an answer to be judged");
            case Verifier.Rule rule ->
                candidate.matches(rule.outputPattern())
                        ? solved(candidate, Judge.RULE)
                        : refused("rule", candidate, "the output must match " + rule.outputPattern());
            case Verifier.Judge judge -> new Step.Judge(judge.model(), candidate, "an answer to be judged");
            case Verifier.Reviewer reviewer -> new Step.Review(reviewer.agent(), candidate, "an answer to be reviewed");
        };
    }

    private Step judged(Judgement judgement) {
        if (!(step instanceof Step.Judge judge)) {
            throw new IllegalStateException("history: a verdict (expected: after an answer to be judged)");
        }
        return judgement.right()
                ? solved(judge.candidate(), Judge.JUDGE)
                : refused("judge", judge.candidate(), judgement.why());
    }

    /** A person's no is final for the rung: to let it guess again would be to let it guess until it is right. */
    private Step judged(boolean right) {
        if (!(step instanceof Step.AskVerdict asked)) {
            throw new IllegalStateException("history: a verdict (expected: after an answer to be judged)");
        }
        Candidate candidate = asked.candidate();
        Judge by = plan.verifier() instanceof Verifier.Asked somebody ? somebody.by() : Judge.PERSON;
        if (right || by != Judge.PERSON) {
            return right ? solved(candidate, by) : refused("check", candidate, "it is not right");
        }
        bestGuess = candidate.answer();
        current().failed(Failure.refused("person", candidate.answer(), "it is not right"));
        return climb();
    }

    private Step refused(String by, Candidate candidate, String why) {
        bestGuess = candidate.answer();
        Failure failure = Failure.refused(by, candidate.answer(), why);
        return candidate.code() == null ? failed(failure) : failed(candidate.code(), failure);
    }

    private Step solved(Candidate candidate, Judge verified) {
        Attempt attempt = candidate.attempt();
        attempt.solved(candidate.turn());
        Demonstration replayed = attempt.replayed();
        String demonstration = replayed != null
                ? replayed.id()
                : shown.isEmpty() ? null : shown.getFirst().demonstration().id();
        Outcome outcome =
                candidate.solved(replayed == null ? verified : lower(verified, replayed.verified()), demonstration);
        return new Step.End(outcome, attempt.rung().name() + " " + attempt.outcome());
    }

    /** Nobody else vouches for a replay than for its source, and a verdict on it says no more than it says. */
    private Judge lower(Judge verdict, Judge source) {
        return plan.verifier().isAutomatic() && verdict.compareTo(source) < 0 ? verdict : source;
    }

    private Step failed(String source, Failure failure) {
        current().failed(source, failure);
        return afterFailure(failure);
    }

    private Step failed(Failure failure) {
        current().failed(failure);
        return afterFailure(failure);
    }

    private Step afterFailure(Failure failure) {
        if (!current().hasTurns()) {
            return climb();
        }
        if (failure.exploration()) {
            return new Step.Ask(Decision.Kind.GO_ON, failure.brief());
        }
        int repeats = current().repeats();
        return new Step.Ask(
                Decision.Kind.RETRY, repeats == 0 ? failure.brief() : failure.brief() + " again: asked another way");
    }

    private Step climb() {
        String why = current().rung().name() + " " + current().outcome();
        if (attempts.size() < plan.rungs(shown).size()) {
            boolean first = attempts.stream().allMatch(Attempt::abstained);
            return startRung(first ? Decision.Kind.START_RUNG : Decision.Kind.ESCALATE, why);
        }
        Optional<Offer.Use> other = plan.offer().agents(Offer.To.HAND_OVER).stream()
                .filter(use -> !handedOver.contains(use.agent()))
                .findFirst();
        if (other.isPresent()) {
            return new Step.HandOver(other.get().agent(), why);
        }
        if (!doubted.isEmpty()) {
            Candidate candidate = Candidate.mostGiven(doubted);
            doubted.clear();
            return verify(candidate);
        }
        ErrorCode code = current().modelFailure();
        boolean nobodyReplied = attempts.stream()
                .filter(attempt -> !attempt.rung().isReplay())
                .allMatch(attempt -> attempt.turns() == 0);
        Outcome outcome = nobodyReplied && code != null
                ? new Outcome.Failed(code, current().failures())
                : new Outcome.Unsolved(why, null, bestGuess);
        return new Step.End(outcome, why);
    }

    private Step modelFailed(Happened.ModelFailed failed) {
        usage = usage.plus(failed.usage());
        cost = cost.plus(failed.cost());
        Candidate judged = step instanceof Step.Judge judge ? judge.candidate() : null;
        if (judged != null) {
            bestGuess = judged.answer();
        }
        return switch (failed.code()) {
            // What a recording does not hold is nothing that another rung could answer instead.
            case BUDGET_EXHAUSTED, TIMEOUT, CANCELLED, NOT_FOUND -> cannotGoOn(failed.code(), failed.message());
            default -> {
                if (judged == null) {
                    current().modelFailed(failed.code(), failed.message());
                } else {
                    // A verdict that cannot be had is a no, and asking the same rung again would not bring one.
                    current().failed(Failure.refused("judge", judged.answer(), "the judge could not be asked"));
                }
                yield climb();
            }
        };
    }

    private Step cannotGoOn(ErrorCode code, String message) {
        Outcome outcome = switch (code) {
            case BUDGET_EXHAUSTED, TIMEOUT -> new Outcome.Unsolved(message, code, bestGuess);
            default -> new Outcome.Failed(code, message);
        };
        return new Step.End(outcome, message);
    }

    private String language() {
        return plan.languages().isEmpty() ? "python" : plan.languages().getFirst();
    }
}
