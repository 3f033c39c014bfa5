package dev.troupe.models.openai;

import static dev.troupe.models.openai.MischievousServer.cutAfter;
import static dev.troupe.models.openai.MischievousServer.hangUp;
import static dev.troupe.models.openai.MischievousServer.says;
import static dev.troupe.models.openai.MischievousServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.openai.OpenAiSettings.Limits;
import dev.troupe.models.openai.OpenAiSettings.Timeouts;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that pass and failures that do not: what is asked again, when, and what is left alone. */
@Timeout(30)
class OpenAiRetryTest extends OpenAiFixture {
    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
    void chat_passingFailure_isRetried(int status) {
        server.then(status(status, "{}")).then(status(status, "<html>")).then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 418, 422})
    void chat_refusal_isNotRetried(int status) {
        server.then(status(status, "{\"error\":{\"message\":\"No such thing\"}}", "Location: http://127.0.0.1:1/"));
        assertThat(failure(model()))
                .hasMessage("openai/m: status " + status + ", No such thing")
                .extracting(TroupeException::code)
                .isEqualTo(ErrorCode.PROVIDER_REFUSED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_stormOf429_endsAsOverloadedAfterTheRetries() {
        server.then(status(429, "{\"error\":{\"message\":\"Slow down\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void chat_exhaustedAccount_isNotRetried() {
        server.then(status(429, "{\"error\":{\"message\":\"You exceeded\",\"code\":\"insufficient_quota\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_retryAfter_isWaitedFor() {
        server.then(status(503, "", "Retry-After: 1")).then(says("ok"));
        ask(model());
        assertThat(Duration.ofNanos(server.requests().get(1).nanoTime()
                        - server.requests().get(0).nanoTime()))
                .isBetween(Duration.ofMillis(1000), Duration.ofMillis(2500));
    }

    @Test
    void chat_retryAfterBeyondTheDeadline_failsAtOnce() {
        server.then(status(429, "", "retry-after: 3600"));
        long start = System.nanoTime();
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void retryAfter_secondsAndDates_areRead() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90).atOffset(ZoneOffset.UTC));
        assertThat(Refusal.wait("7", now)).contains(Duration.ofSeconds(7));
        assertThat(Refusal.wait(date, now)).contains(Duration.ofSeconds(90));
        assertThat(Refusal.wait("Sun, 06 Nov 1994 08:49:37 GMT", now)).contains(Duration.ZERO);
        assertThat(Refusal.wait("soon", now)).isEmpty();
        assertThat(Refusal.wait("99999999999999999999", now)).isEmpty();
        assertThat(Refusal.wait(null, now)).isEmpty();
    }

    @Test
    void chat_hangUpBeforeTheAnswer_isRetried() {
        server.then(hangUp()).then(cutAfter(": waiting\n\n")).then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void chat_endpointThatKeepsFailing_isLeftAloneByAllItsModels() throws Exception {
        server.then(status(500, "{}"));
        ChatModel one = model(new Limits(4, 4, 0, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        ChatModel other = model(new Limits(4, 4, 0, 0, Duration.ofMillis(4)), Timeouts.USUAL);
        for (int i = 0; i < 10; i++) {
            assertThat(failure(one)).hasMessageContaining("status 500");
        }
        assertThat(failure(other)).hasMessageContaining("is left alone for some seconds");
        assertThat(server.requests()).hasSize(10);
        server.then(says("ok"));
        await(() -> answers(other));
        assertThat(ask(one).text()).isEqualTo("ok");
    }

    @Test
    void chat_nobodyListens_failsAfterRetries() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }
        ChatModel model = provider.open(
                new OpenAiSettings("openai/m", nobody, "m", new Secret(KEY), 1000, Timeouts.USUAL, LIMITS));
        assertThat(failure(model))
                .hasMessage("openai/m: http://127.0.0.1:" + nobody.getPort() + " cannot be reached")
                .extracting(TroupeException::code)
                .isEqualTo(ErrorCode.PROVIDER_FAILED);
    }
}
