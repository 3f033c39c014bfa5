package dev.troupe.runtime.team;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.team.yaml.ProblemReport;

/** What came of reading a team file. */
public sealed interface TeamReading {
    /** The team, or all that is wrong with its file. */
    record Valid(TeamFile team) implements TeamReading {}

    /** There is no team. */
    record Invalid(ProblemReport report) implements TeamReading {}

    /**
     * The team.
     *
     * @param colours whether the message may have ANSI colours
     * @throws TroupeException {@code TEAM_INVALID} with all problems as its message
     */
    default TeamFile orThrow(boolean colours) {
        return switch (this) {
            case Valid valid -> valid.team();
            case Invalid invalid ->
                throw new TroupeException(
                        ErrorCode.TEAM_INVALID,
                        invalid.report().text(colours),
                        "`troupe schema` prints all that a team file may hold");
        };
    }
}
