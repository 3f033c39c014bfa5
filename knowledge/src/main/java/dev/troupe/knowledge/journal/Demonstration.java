package dev.troupe.knowledge.journal;

import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A solved question, as the journal keeps it: a record of what is known, which decides nothing.
 *
 * @param id {@code d-17}
 * @param tenant who may see it, together with {@code team}
 * @param task the task that solved it
 * @param language of {@code code}
 * @param literals the spans of the code that are literals, for replay
 * @param answer what was answered
 * @param rung the rung that solved it
 * @param model the model that solved it
 * @param outputTokens tokens that the solving rung wrote
 * @param inputTokens tokens that the solving rung read
 * @param verified who vouches for it; {@code NONE} makes it a candidate: it may be shown, labelled so, and is never
 *     replayed
 * @param helped how often an attempt that saw it came out right
 * @param misled how often not
 * @param learnedFrom the demonstration that the solving rung was shown; it falls with that one when a person contradicts it
 * @param contradictedBy the highest judge that found it wrong; only that one or a higher may bring it back
 * @param retired it is kept for the record and never shown again
 */
public record Demonstration(
        String id,
        String tenant,
        String team,
        String task,
        String question,
        String language,
        String code,
        List<Literal> literals,
        String answer,
        String rung,
        String model,
        long inputTokens,
        long outputTokens,
        Judge verified,
        int helped,
        int misled,
        @Nullable String learnedFrom,
        @Nullable Judge contradictedBy,
        boolean retired) {
    public Demonstration {
        literals = List.copyOf(literals);
    }

    /**
     * A literal in the code.
     *
     * @param start index of its first character in the code
     * @param end index after its last
     * @param value what it stands for, without quotes
     */
    public record Literal(int start, int end, String value) {}
}
