package dev.troupe.runtime.http;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, told as OpenAI tells it: a status, and an error with type, code and parameter. */
final class ApiException extends RuntimeException {
    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String parameter;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Object extension;

    private ApiException(int status, String type, String code, @Nullable String parameter, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
        this.parameter = parameter;
    }

    /** @param parameter the field that is wrong, or null where it is none */
    static ApiException invalid(String code, @Nullable String parameter, String message) {
        return refused(400, code, parameter, message);
    }

    /** A request that would be refused again: status 4xx. */
    static ApiException refused(int status, String code, @Nullable String parameter, String message) {
        return new ApiException(status, "invalid_request_error", code, parameter, message);
    }

    static ApiException notFound(String message) {
        return refused(404, "not_found", null, message);
    }

    /** Too much at once or too often. */
    static ApiException tooMany(String message, long retryAfterSeconds) {
        return new ApiException(429, "rate_limit_error", "rate_limit_exceeded", null, message)
                .with("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)))
                .with("x-should-retry", "true");
    }

    static ApiException shuttingDown() {
        return new ApiException(503, "server_error", "shutting_down", null, "the server is shutting down")
                .with("Retry-After", "5")
                .with("x-should-retry", "true");
    }

    static ApiException timeout(String message) {
        return new ApiException(408, "invalid_request_error", "request_timeout", null, message);
    }

    /** A failure of what was asked, by the table of codes. A client that tries again would only spend again. */
    static ApiException of(ErrorCode code, String message, @Nullable String hint) {
        String type = code.httpStatus() >= 500 ? "server_error" : "invalid_request_error";
        String told = hint == null ? message : message + " (" + hint + ")";
        return new ApiException(code.httpStatus(), type, code.name().toLowerCase(Locale.ROOT), null, told)
                .with("x-should-retry", "false");
    }

    static ApiException of(TroupeException failure) {
        return of(failure.code(), String.valueOf(failure.getMessage()), failure.hint());
    }

    /** Says nothing of what it was: that is in the log. */
    static ApiException internal(String request) {
        return new ApiException(
                        500,
                        "server_error",
                        "internal",
                        null,
                        "request " + request + ": a fault of Troupe's own; the log has the details")
                .with("x-should-retry", "false");
    }

    /** The same with one more header. */
    ApiException with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The same with what Troupe adds: the task and its receipt. */
    ApiException with(Object troupe) {
        extension = troupe;
        return this;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body that tells it. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", parameter);
        error.put("code", code);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("error", error);
        if (extension != null) {
            body.put("troupe", extension);
        }
        return body;
    }
}
