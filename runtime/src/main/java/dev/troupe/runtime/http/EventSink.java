package dev.troupe.runtime.http;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/**
 * The sending end of a stream of server-sent events. Whoever sends waits until the client has room; a comment shows
 * now and then that a silent stream lives.
 */
final class EventSink {
    private static final int ROOM = 16;
    private static final ByteString BEAT = ByteString.fromString(": \n\n");

    private final SourceQueueWithComplete<ByteString> queue;
    private final Source<ByteString, NotUsed> source;

    EventSink(ActorSystem<?> system, Duration beat) {
        Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, NotUsed>> made =
                Source.<ByteString>queue(ROOM, OverflowStrategy.backpressure()).preMaterialize(system);
        queue = made.first();
        source = made.second().keepAlive(beat, () -> BEAT);
    }

    /** The response that carries it. */
    HttpResponse response() {
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), source));
    }

    void data(Object json) {
        send("data: " + Replies.text(json) + "\n\n");
    }

    /** The end of a stream as OpenAI marks it. */
    void done() {
        send("data: [DONE]\n\n");
    }

    /** Clients that do not know of it pass over it. */
    void comment(Object json) {
        send(": " + Replies.text(json) + "\n\n");
    }

    void event(String type, long id, Object json) {
        send("event: " + type + "\nid: " + id + "\ndata: " + Replies.text(json) + "\n\n");
    }

    /** An event without a number, as OpenAI's responses have them. */
    void event(String type, Object json) {
        send("event: " + type + "\ndata: " + Replies.text(json) + "\n\n");
    }

    private void send(String text) {
        QueueOfferResult result;
        try {
            result = queue.offer(ByteString.fromString(text))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the client is gone", e);
        }
        if (!(result instanceof QueueOfferResult.Enqueued$)) {
            throw new IllegalStateException("the client is gone");
        }
    }

    void close() {
        queue.complete();
    }
}
