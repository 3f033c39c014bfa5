package dev.troupe.models.openai;

import static dev.troupe.models.openai.MischievousServer.cutAfter;
import static dev.troupe.models.openai.MischievousServer.raw;
import static dev.troupe.models.openai.MischievousServer.says;
import static dev.troupe.models.openai.MischievousServer.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are cut off, malformed or endless. */
@Timeout(30)
class OpenAiBrokenStreamTest extends OpenAiFixture {
    @Test
    void chat_cutAfterAToken_isNotRepeatedAndItsTokensAreTold() {
        server.then(cutAfter(HELLO_DELTA)).then(says("never"));
        TroupeException failure = failure(model());
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failure).hasMessageContaining("broke off its answer");
        assertThat(passedOn).containsExactly("Hel");
        assertThat(failure.spent()).isEqualTo(new Usage(model().countTokens(question()), 0, 1));
        assertThat(server.requests()).hasSize(1);
        assertThat(ask(model()).text()).isEqualTo("never");
    }

    @Test
    void chat_streamThatEndsWithoutFinish_isCutOff() {
        server.then(raw("text/event-stream", HELLO_DELTA));
        assertThat(failure(model())).hasMessageContaining("broke off its answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"cont\n\n",
                "data: [1,2]\n\n",
                "data: 12\n\n",
                "data: {\"hello\":\"world\"}\n\n"
            })
    void chat_malformedStream_failsWithoutQuotingIt(String body) {
        server.then(raw("text/event-stream", body));
        TroupeException failure = failure(model());
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failure).hasMessageContaining("(expected: a chat completion)");
        assertThat(everything(failure)).doesNotContain("world").doesNotContain("cont\n");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void chat_wrongJson_fails() {
        server.then(raw("application/json", "{\"answer\":42}"));
        assertThat(failure(model())).hasMessageContaining("an object without choices");
        server.then(raw("application/json", "<html>"));
        assertThat(failure(model())).hasMessageContaining("broken JSON");
    }

    @Test
    void chat_errorInMidStream_isReadAsItsStatus() {
        server.then(stream("{\"error\":{\"code\":503,\"message\":\"upstream is gone\"}}"))
                .then(says("ok"));
        assertThat(ask(model()).text()).isEqualTo("ok");
        server.then(stream("{\"error\":{\"code\":401,\"message\":\"upstream says no\"}}"));
        assertThat(failure(model()).code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
    }

    @Test
    void chat_endlessLine_fails() {
        server.then(out -> {
            MischievousServer.write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ");
            byte[] much = "x".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                out.write(much);
            }
        });
        assertThat(failure(model())).hasMessageContaining("more than any model writes");
    }

    @Test
    void chat_hugeErrorBody_isNotReadToItsEnd() {
        server.then(out -> {
            MischievousServer.write(out, "HTTP/1.1 400 No\r\n\r\n");
            byte[] much = "x".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            while (true) {
                out.write(much);
            }
        });
        assertThat(failure(model())).hasMessage("openai/m: status 400");
    }
}
