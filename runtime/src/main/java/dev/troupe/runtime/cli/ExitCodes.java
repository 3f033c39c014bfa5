package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What each exit code of the command line means. */
public final class ExitCodes {
    public static final int OK = 0;
    /** The command worked, and what it says is no: no answer was found, or what was checked is not in order. */
    public static final int NEGATIVE = 1;
    /** The launcher's: Troupe cannot be built, or what it needs is not installed. */
    static final int UNAVAILABLE = 69;

    private ExitCodes() {}

    /** Exit code, as text, to its meaning, in the order of the codes. */
    static Map<String, String> table() {
        Map<Integer, String> meanings = new TreeMap<>();
        meanings.put(OK, "it worked");
        meanings.put(NEGATIVE, "it worked, and the result is no: a check that failed");
        meanings.put(UNAVAILABLE, "Troupe could not be built, or what it needs is not installed");
        for (ErrorCode code : ErrorCode.values()) {
            meanings.merge(code.exitCode(), meaning(code), (one, other) -> one + "; " + other);
        }
        Map<String, String> table = new LinkedHashMap<>();
        meanings.forEach((code, meaning) -> table.put(code.toString(), meaning));
        return table;
    }

    private static String meaning(ErrorCode code) {
        return switch (code) {
            case UNSOLVED -> "no answer was found that counts";
            case USAGE -> "the command line is wrong";
            case TEAM_INVALID -> "the team file is missing or has problems";
            case INPUT_INVALID -> "a question, file or identifier that cannot be taken";
            case NOT_FOUND -> "what was named does not exist";
            case MODEL_UNAVAILABLE -> "a local model is missing, damaged or cannot be fetched or started";
            case PROVIDER_REFUSED -> "a model's provider refused (key, permission)";
            case PROVIDER_FAILED -> "a model's provider failed";
            case SANDBOX_UNAVAILABLE -> "the sandbox cannot be started; no code was run";
            case BUDGET_EXHAUSTED -> "the budget is used up";
            case TIMEOUT -> "out of time";
            case OVERLOADED -> "too much at once; try again later";
            case DATA_FOLDER_BUSY -> "another process owns the data folder";
            case STORAGE -> "something could not be written or read back (disk full, damage)";
            case CANCELLED -> "cancelled, by Ctrl-C for example";
            case INTERNAL -> "a fault of Troupe's own; the log has the details";
        };
    }
}
