package dev.troupe.models.call;

/**
 * Why something failed, with the HTTP status and the exit code of the command line that tell it to the outside. This is
 * the only table of its kind.
 */
public enum ErrorCode {
    /** Every way of trying was tried, and none found an answer that counts. */
    UNSOLVED(422, 1),
    /** The command line was used wrongly. */
    USAGE(400, 2),
    /** The team file is missing, unreadable or has problems. */
    TEAM_INVALID(422, 3),
    /** A question, file or identifier that cannot be taken. */
    INPUT_INVALID(400, 4),
    /** What was named does not exist. */
    NOT_FOUND(404, 4),
    /** A local model is missing, damaged, cannot be fetched, or its process cannot be started. */
    MODEL_UNAVAILABLE(503, 5),
    /** A model's provider refused the request: key, permission, or a request that it does not understand. */
    PROVIDER_REFUSED(502, 6),
    /** A model's provider failed or answered with something that is not an answer. */
    PROVIDER_FAILED(502, 6),
    /** The sandbox cannot be started here; nothing was executed. */
    SANDBOX_UNAVAILABLE(503, 7),
    /** The budget of the task, the day or the tokens is used up. */
    BUDGET_EXHAUSTED(402, 8),
    /** The deadline has passed. */
    TIMEOUT(504, 9),
    /** A bounded queue is full, or a limit on the rate is reached. */
    OVERLOADED(429, 10),
    /** Another process owns the data folder. */
    DATA_FOLDER_BUSY(409, 11),
    /** Something could not be written or read back: disk full, permission, damaged data. */
    STORAGE(507, 12),
    /** The task was cancelled, by Ctrl-C or by its client. */
    CANCELLED(499, 130),
    /** A fault of Troupe's own. */
    INTERNAL(500, 70);

    private final int httpStatus;
    private final int exitCode;

    ErrorCode(int httpStatus, int exitCode) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    /** The HTTP status that tells this error, 400 to 599. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The exit code of a command that ends with this error, 2 to 130. */
    public int exitCode() {
        return exitCode;
    }
}
