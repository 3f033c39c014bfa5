package dev.troupe.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an endpoint's refusal: what it means, whether to try again, and what of its words may be shown. */
final class Refusal {
    private static final int MAX_SHOWN = 300;
    /** What an endpoint repeats of a question is recognised by pieces of this length. */
    private static final int ECHO = 24;

    private final OpenAiSettings settings;
    private final ChatRequest request;

    Refusal(OpenAiSettings settings, ChatRequest request) {
        this.settings = settings;
        this.request = request;
    }

    /**
     * @param status the HTTP status, or the number in an error that was sent amid a stream
     * @param retryAfter the header, or null
     */
    AttemptFailed read(int status, String body, @Nullable String retryAfter) {
        JsonNode json = parse(body);
        String code = json.path("error").path("code").asText("");
        String says = words(json);
        String what = settings.name() + ": status " + status + (says.isEmpty() ? "" : ", " + says);
        boolean quota = code.equals("insufficient_quota");
        boolean retryable = !quota && (status == 408 || status == 409 || status == 429 || status >= 500);
        TroupeException error = switch (status) {
            case 401, 403 -> refused(what, "Check the model's key and what it permits.");
            case 402 -> refused(what, "Check the account's balance at the provider.");
            case 404 -> refused(what, "Check the model's name and the endpoint's address.");
            case 429 ->
                quota
                        ? refused(what, "Check the account's balance at the provider.")
                        : new TroupeException(
                                ErrorCode.OVERLOADED, what, "Lower the model's limits, or try again later.");
            default -> other(status, code, what, retryable);
        };
        return AttemptFailed.status(
                error, retryable, status, json, wait(retryAfter, Instant.now()).orElse(null));
    }

    private static TroupeException other(int status, String code, String what, boolean retryable) {
        if (code.equals("context_length_exceeded") || status == 413) {
            return new TroupeException(ErrorCode.INPUT_INVALID, what, "The conversation is too long for this model.");
        }
        return retryable ? new TroupeException(ErrorCode.PROVIDER_FAILED, what, null) : refused(what, null);
    }

    private static TroupeException refused(String what, @Nullable String hint) {
        return new TroupeException(ErrorCode.PROVIDER_REFUSED, what, hint);
    }

    private static JsonNode parse(String body) {
        try {
            return RequestJson.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // A page of some gateway: its status says enough.
            return MissingNode.getInstance();
        }
    }

    /** The error's message without the key, without what it repeats of the question, on one line and not too long. */
    private String words(JsonNode json) {
        JsonNode error = json.path("error");
        String words = error.isTextual()
                ? error.asText()
                : error.path("message")
                        .asText(json.path("message").asText(json.path("detail").asText("")));
        String key = settings.key().reveal();
        if (!key.isEmpty()) {
            words = words.replace(key, settings.key().toString());
        }
        if (repeatsTheQuestion(words)) {
            return error.path("code").asText("");
        }
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }

    private boolean repeatsTheQuestion(String words) {
        return request.messages().stream().map(message -> message.text()).anyMatch(text -> {
            for (int i = 0; i + ECHO <= words.length(); i++) {
                if (text.contains(words.substring(i, i + ECHO))) {
                    return true;
                }
            }
            return !text.isBlank() && text.length() < ECHO && text.length() > 3 && words.contains(text);
        });
    }

    /** Reads {@code Retry-After}: seconds or an HTTP date (RFC 9110, section 10.2.3). */
    static Optional<Duration> wait(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        String value = retryAfter.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
