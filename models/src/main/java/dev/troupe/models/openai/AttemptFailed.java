package dev.troupe.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request came to nothing: what to tell the caller if it stays so, and whether another may be made. */
final class AttemptFailed extends Exception {
    private final TroupeException error;
    private final Blame blame;
    private final boolean retryable;
    private final int status;
    private final JsonNode body;
    private final @Nullable Duration retryAfter;

    private AttemptFailed(
            TroupeException error,
            Blame blame,
            boolean retryable,
            int status,
            JsonNode body,
            @Nullable Duration retryAfter) {
        super(error);
        this.error = error;
        this.blame = blame;
        this.retryable = retryable;
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /** The connection could not be made, or broke. */
    static AttemptFailed connection(String what, @Nullable String hint, boolean retryable) {
        return new AttemptFailed(
                new TroupeException(ErrorCode.PROVIDER_FAILED, what, hint),
                Blame.ENDPOINT,
                retryable,
                0,
                MissingNode.getInstance(),
                null);
    }

    /** The endpoint answered too late, or with something that is not an answer. */
    static AttemptFailed fault(ErrorCode code, String what) {
        return new AttemptFailed(
                new TroupeException(code, what, null), Blame.ENDPOINT, false, 0, MissingNode.getInstance(), null);
    }

    /** The caller wants no more. */
    static AttemptFailed ended(TroupeException why) {
        return new AttemptFailed(why, Blame.CALLER, false, 0, MissingNode.getInstance(), null);
    }

    /** The endpoint said no, with that status. */
    static AttemptFailed status(
            TroupeException error, boolean retryable, int status, JsonNode body, @Nullable Duration retryAfter) {
        return new AttemptFailed(
                error, status >= 500 ? Blame.ENDPOINT : Blame.NOBODY, retryable, status, body, retryAfter);
    }

    TroupeException error() {
        return error;
    }

    Blame blame() {
        return blame;
    }

    boolean retryable() {
        return retryable;
    }

    /** The HTTP status, or 0 where there was none. */
    int status() {
        return status;
    }

    JsonNode body() {
        return body;
    }

    /** How long the endpoint asks to be left alone. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whose fault it is, which is what the circuit breaker wants to know. */
    enum Blame {
        ENDPOINT,
        CALLER,
        /** The endpoint is alive and told why not. */
        NOBODY
    }
}
