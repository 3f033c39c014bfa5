package dev.troupe.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.openai.OpenAiSettings.Limits;
import dev.troupe.models.openai.OpenAiSettings.Timeouts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A server that misbehaves on purpose, and a model that asks it. */
abstract class OpenAiFixture {
    static final String KEY = "sk-very-secret-0123456789";
    static final String HELLO_DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
    static final Limits LIMITS = new Limits(4, 4, 0, 3, Duration.ofMillis(4));
    static final ObjectMapper MAPPER = new ObjectMapper();

    final MischievousServer server = new MischievousServer();
    final OpenAiProvider provider = new OpenAiProvider(Duration.ofMillis(300));
    final List<String> passedOn = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        provider.close();
        server.close();
    }

    ChatModel model() {
        return model(LIMITS, Timeouts.USUAL);
    }

    ChatModel model(Limits limits, Timeouts timeouts) {
        return provider.open(
                new OpenAiSettings("openai/m", server.endpoint(), "m", new Secret(KEY), 8000, timeouts, limits));
    }

    static ChatRequest question() {
        return ChatRequest.of(
                new Sampling(0.5, null, 7, 50, List.of()), Message.user("What is the capital of Iceland?"));
    }

    static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(20));
    }

    ChatResponse ask(ChatModel model) {
        return model.chat(question(), passedOn::add, context());
    }

    TroupeException failure(ChatModel model) {
        return catchThrowableOfType(TroupeException.class, () -> ask(model));
    }

    boolean answers(ChatModel model) {
        try {
            return ask(model).text().equals("ok");
        } catch (TroupeException e) {
            return false;
        }
    }

    boolean serverSeesTheEnd(int request) {
        return server.requests().get(request).connection().isClosed();
    }

    static String everything(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        if (thrown instanceof TroupeException e) {
            out.append(String.valueOf(e.hint()));
        }
        return out.toString();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).describedAs("waited too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
