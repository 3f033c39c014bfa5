package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an answer while it comes about; what happens meanwhile comes as comments, which clients pass over. */
final class Streaming {
    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    private final ActorSystem<?> system;
    private final Asking asking;
    private final Duration beat;

    Streaming(ActorSystem<?> system, Asking asking, Duration beat) {
        this.system = system;
        this.asking = asking;
        this.beat = beat;
    }

    /** How an interface tells an answer. */
    interface Voice {
        void begin();

        void text(String text);

        /** The answer is whole; its text was told. */
        void end(Agent.Answered answered);

        void failed(ApiException why);
    }

    /**
     * The status is told once the team has taken the task on; from then on a failure is told in the stream.
     *
     * @param chats whether what the model writes is the answer, so that it can be told as it comes
     * @param voices makes the voice of a task
     * @throws ApiException when the team did not take it on
     */
    HttpResponse stream(
            Exchange exchange,
            Asking.Wish wish,
            boolean chats,
            Gate.Place place,
            BiFunction<String, EventSink, Voice> voices) {
        EventSink sink = new EventSink(system, beat);
        CompletableFuture<Voice> speaking = new CompletableFuture<>();
        AtomicBoolean told = new AtomicBoolean();
        Consumer<TaskEvent> tell = event -> {
            if (chats && event.what() instanceof TaskEvent.TextDelta delta) {
                told.set(true);
                speaking.join().text(delta.text());
            } else {
                sink.comment(EventJson.of(event));
            }
        };
        Team.Asked asked = asking.ask(exchange, wish, place, wish.detached() ? whileThere(tell) : tell);
        if (!asked.takenOn().join()) {
            sink.close();
            asking.answered(asked.outcome().join());
        }
        Thread.ofVirtual().name("stream-" + asked.task()).start(() -> {
            try {
                Voice voice = voices.apply(asked.task(), sink);
                voice.begin();
                speaking.complete(voice);
                end(asked, voice, told);
            } catch (RuntimeException e) {
                speaking.completeExceptionally(e);
                LOG.info("task {}: its stream ended early: {}", asked.task(), e.getMessage());
                if (!wish.detached()) {
                    asking.left(asked.task());
                }
            } finally {
                sink.close();
            }
        });
        return Replies.with(sink.response(), Map.of("X-Troupe-Task", asked.task()));
    }

    /** Of a task that goes on without its client: events are told as long as somebody takes them. */
    private static Consumer<TaskEvent> whileThere(Consumer<TaskEvent> tell) {
        AtomicBoolean gone = new AtomicBoolean();
        return event -> {
            if (!gone.get()) {
                try {
                    tell.accept(event);
                } catch (IllegalStateException | CompletionException e) {
                    gone.set(true);
                }
            }
        };
    }

    private void end(Team.Asked asked, Voice voice, AtomicBoolean told) {
        Agent.Outcome outcome = asked.await();
        Agent.Answered answered;
        try {
            answered = asking.answered(outcome);
        } catch (ApiException e) {
            voice.failed(e);
            return;
        }
        if (!told.get() && !answered.record().answer().isEmpty()) {
            voice.text(answered.record().answer());
        }
        voice.end(answered);
    }
}
