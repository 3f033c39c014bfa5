package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration QUIET = Duration.ofMillis(300);

    private final CompletableFuture<Cancellation> begun = new CompletableFuture<>();

    @AfterAll
    static void close() {
        KIT.shutdownTestKit();
    }

    /** What a client sends, and what it gets. */
    private record Ends(SourceQueueWithComplete<HttpRequest> sent, SinkQueueWithCancel<HttpResponse> got) {
        Optional<HttpResponse> next() throws Exception {
            return got.pull().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
    }

    private static Ends open(Connection.Work work) {
        Pair<SourceQueueWithComplete<HttpRequest>, SinkQueueWithCancel<HttpResponse>> ends = Source.<HttpRequest>queue(
                        4, OverflowStrategy.backpressure())
                .via(Connection.flow(KIT.system(), QUIET, work))
                .toMat(Sink.<HttpResponse>queue(), Keep.both())
                .run(KIT.system());
        return new Ends(ends.first(), ends.second());
    }

    private CompletableFuture<Void> thrown() throws Exception {
        CompletableFuture<Void> thrown = new CompletableFuture<>();
        Cancellation.Registration unused = begun.get(5, TimeUnit.SECONDS).onCancel(() -> thrown.complete(null));
        return thrown;
    }

    @Test
    void connectionWithoutARequest_isEnded() throws Exception {
        assertThat(open((request, cancellation) -> new CompletableFuture<>()).next())
                .isEmpty();
    }

    @Test
    void clientThatGoes_cancelsWhatIsWorkedOn() throws Exception {
        Ends ends = open((request, cancellation) -> {
            begun.complete(cancellation);
            return new CompletableFuture<>();
        });
        ends.sent().offer(HttpRequest.create());
        CompletableFuture<Void> thrown = thrown();
        assertThat(thrown).isNotDone();
        ends.sent().complete();
        thrown.get(1, TimeUnit.SECONDS);
    }

    @Test
    void readerWhoTakesNothing_isTakenForGone() throws Exception {
        Ends ends = open((request, cancellation) -> {
            begun.complete(cancellation);
            return CompletableFuture.completedFuture(HttpResponse.create()
                    .withEntity(HttpEntities.createChunked(
                            ContentTypes.APPLICATION_OCTET_STREAM, Source.repeat(ByteString.fromString("x")))));
        });
        ends.sent().offer(HttpRequest.create());
        SinkQueueWithCancel<ByteString> reader =
                ends.next().orElseThrow().entity().getDataBytes().runWith(Sink.<ByteString>queue(), KIT.system());
        assertThat(reader.pull().toCompletableFuture().get(5, TimeUnit.SECONDS)).isPresent();
        thrown().get(5, TimeUnit.SECONDS);
        assertThatThrownBy(() -> {
                    while (reader.pull()
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .isPresent()) {
                        Thread.onSpinWait();
                    }
                })
                .hasMessageContaining("No demand signalled");
    }
}
