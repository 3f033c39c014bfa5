package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rung's try so far, built while a history is folded. */
final class Attempt {
    private final Rung rung;
    private final List<Exchange> exchanges = new ArrayList<>();
    // By source: a program that failed once is not run again.
    private final Map<String, Failure> failedPrograms = new LinkedHashMap<>();
    private int turns;
    private String lastReply = "";
    private Happened.@Nullable CodeRan lastRun;
    private @Nullable ErrorCode modelFailed;
    private @Nullable String modelFailure;
    private Happened.@Nullable ReplayFound replay;
    private boolean consulted;
    /** 0 until it has solved the question. */
    private int solvedOn;

    Attempt(Rung rung) {
        this.rung = rung;
    }

    Rung rung() {
        return rung;
    }

    void replied(String reply) {
        turns++;
        lastReply = reply;
    }

    void replays(Happened.ReplayFound found) {
        replay = found;
        if (found.replay() instanceof Replay.Ready) {
            turns++;
        }
    }

    /** The demonstration whose program it runs again, or null. */
    @Nullable
    Demonstration replayed() {
        return replay == null ? null : replay.source();
    }

    /** Whether nothing was tried: there was no program to run again. */
    boolean abstained() {
        return replay != null && replay.replay() instanceof Replay.Abstained;
    }

    void failed(Failure failure) {
        exchanges.add(new Exchange(lastReply, failure));
    }

    void failed(String source, Failure failure) {
        failedPrograms.put(source.strip(), failure);
        failed(failure);
    }

    /** Somebody was called, so an answer in words may have its reason. */
    void consulted(Failure told) {
        consulted = true;
        failed(told);
    }

    boolean hasConsulted() {
        return consulted;
    }

    void ran(Happened.CodeRan run) {
        lastRun = run;
    }

    void modelFailed(ErrorCode code, String message) {
        modelFailed = code;
        modelFailure = message;
    }

    void solved(int turn) {
        solvedOn = turn;
    }

    boolean isSolved() {
        return solvedOn > 0;
    }

    boolean hasTurns() {
        return turns < rung.turns();
    }

    int turns() {
        return turns;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    @Nullable
    Failure knownFailure(String source) {
        return failedPrograms.get(source.strip());
    }

    Happened.@Nullable CodeRan lastRun() {
        return lastRun;
    }

    @Nullable
    ErrorCode modelFailure() {
        return modelFailed;
    }

    boolean failedBefore(String key) {
        return exchanges.stream().anyMatch(exchange -> exchange.failure().key().equals(key));
    }

    /** How often the last failure had happened before in this attempt. */
    int repeats() {
        if (exchanges.isEmpty()) {
            return 0;
        }
        String last = exchanges.getLast().failure().key();
        return (int) exchanges.stream()
                        .filter(exchange -> exchange.failure().key().equals(last))
                        .count()
                - 1;
    }

    /** {@code KeyError 'region_name', twice}; several kinds in the order of their first time. */
    String failures() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        exchanges.forEach(exchange -> counts.merge(exchange.failure().brief(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((brief, count) -> words.add(brief + times(count)));
        if (modelFailure != null) {
            words.add(Excerpt.line(modelFailure, 100));
        }
        return String.join("; ", words);
    }

    private static String times(int count) {
        return switch (count) {
            case 1 -> "";
            case 2 -> ", twice";
            default -> ", " + count + " times";
        };
    }

    /** What the receipt says: {@code gave up after 2 turns (KeyError 'region_name', twice)}. */
    String outcome() {
        if (replay != null) {
            return outcome(replay.replay());
        }
        if (isSolved()) {
            return "solved it on turn " + solvedOn;
        }
        String why = failures();
        if (turns == 0 && modelFailed != null) {
            return "model failed (" + why + ")";
        }
        return "gave up after " + turns + (turns == 1 ? " turn" : " turns") + (why.isEmpty() ? "" : " (" + why + ")");
    }

    private String outcome(Replay found) {
        return switch (found) {
            case Replay.Abstained abstained -> "abstained (" + Excerpt.line(abstained.reason(), 160) + ")";
            case Replay.Ready ready ->
                (isSolved() ? "solved it: " : "failed (" + failures() + "): ") + Excerpt.line(ready.text(), 200);
        };
    }

    /** A reply and why it did not count. */
    record Exchange(String reply, Failure failure) {}
}
