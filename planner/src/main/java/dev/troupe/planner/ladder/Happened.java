package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatResponse;
import java.util.List;

/** What came of an effect. The history of a task is a list of these, and the next decision a function of it. */
public sealed interface Happened {
    /** The search ended; best match first. */
    record Found(List<Match> matches) implements Happened {
        public Found {
            matches = List.copyOf(matches);
        }
    }

    /** A model answered. */
    record ModelAnswered(Effect.CallModel call, ChatResponse response) implements Happened {}

    /** A model could not be asked, or failed; the attempt is over. */
    record ModelFailed(Effect.CallModel call, ErrorCode code, String message) implements Happened {}

    /** The program cannot be parsed and was not executed. */
    record CodeUnparseable(Effect.RunCode run, String error) implements Happened {}

    /**
     * A program ran.
     *
     * @param output capped, head and tail kept
     * @param end {@code exited}, or the limit that ended it
     */
    record CodeRan(Effect.RunCode run, int exitCode, String output, String end) implements Happened {}
}
