package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an answer may not be one, although its program ended well. Text is compared; nothing is called. */
final class Doubts {
    private Doubts() {}

    /** What the answer itself says of it, or null. */
    static @Nullable Failure of(String answer, Happened.CodeRan ran) {
        if (Answers.isHollow(answer) || (!ran.responses().isEmpty() && Answers.isEmptyHanded(answer))) {
            return Failure.hollow(answer, ran);
        }
        return Answers.isRaw(answer) ? Failure.raw(answer) : null;
    }

    /** What comparing the program with the question and the examples that its rung saw says, or null. */
    static @Nullable Failure ungrounded(
            LadderPlan plan, String question, String program, Rung rung, List<Match> shown) {
        List<String> foreign = Grounding.foreign(program, plan.saidByUsers(question), examples(question, rung, shown));
        List<String> missing = Grounding.missing(program, question, plan.knowledge());
        return foreign.isEmpty() && missing.isEmpty() ? null : Failure.ungrounded(foreign, missing);
    }

    /** What the rung's prompt shows as examples: solved questions, and its documentation. */
    private static List<String> examples(String question, Rung rung, List<Match> shown) {
        List<String> examples = new ArrayList<>();
        shown.forEach(match -> examples.add(match.demonstration().code()));
        Docs docs = rung.docs();
        if (docs != null) {
            examples.add(docs.about(question));
        }
        return examples;
    }
}
