package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration QUIET = Duration.ofMillis(300);

    @AfterAll
    static void close() {
        KIT.shutdownTestKit();
    }

    private record Ends(TestPublisher.Probe<HttpRequest> client, TestSubscriber.Probe<HttpResponse> server) {}

    private static Ends open(Connection.Work work) {
        Flow<HttpRequest, HttpResponse, ?> flow = Connection.flow(KIT.system(), QUIET, work);
        Pair<TestPublisher.Probe<HttpRequest>, TestSubscriber.Probe<HttpResponse>> ends =
                TestSource.<HttpRequest>create(KIT.system())
                        .via(flow)
                        .toMat(TestSink.create(KIT.system()), Keep.both())
                        .run(KIT.system());
        return new Ends(ends.first(), ends.second());
    }

    private static CompletableFuture<Void> thrown(Cancellation cancellation) {
        CompletableFuture<Void> thrown = new CompletableFuture<>();
        Cancellation.Registration unused = cancellation.onCancel(() -> thrown.complete(null));
        return thrown;
    }

    @Test
    void connectionWithoutARequest_isEnded() {
        Ends ends = open((request, cancellation) -> new CompletableFuture<>());
        ends.server().request(1);
        ends.server().expectComplete();
    }

    @Test
    void clientThatGoes_cancelsWhatIsWorkedOn() throws Exception {
        CompletableFuture<Cancellation> begun = new CompletableFuture<>();
        Ends ends = open((request, cancellation) -> {
            begun.complete(cancellation);
            return new CompletableFuture<>();
        });
        ends.server().request(1);
        ends.client().sendNext(HttpRequest.create());
        CompletableFuture<Void> thrown = thrown(begun.get(5, TimeUnit.SECONDS));
        assertThat(thrown).isNotDone();
        ends.client().sendComplete();
        thrown.get(1, TimeUnit.SECONDS);
    }

    @Test
    void readerWhoTakesNothing_isTakenForGone() throws Exception {
        CompletableFuture<Cancellation> begun = new CompletableFuture<>();
        Ends ends = open((request, cancellation) -> {
            begun.complete(cancellation);
            return CompletableFuture.completedFuture(HttpResponse.create()
                    .withEntity(HttpEntities.createChunked(
                            ContentTypes.APPLICATION_OCTET_STREAM, Source.repeat(ByteString.fromString("x")))));
        });
        ends.server().request(1);
        ends.client().sendNext(HttpRequest.create());
        TestSubscriber.Probe<ByteString> reader = ends.server()
                .requestNext()
                .entity()
                .getDataBytes()
                .runWith(TestSink.create(KIT.system()), KIT.system());
        CompletableFuture<Void> thrown = thrown(begun.get(5, TimeUnit.SECONDS));
        reader.request(1);
        reader.expectNext();
        thrown.get(5, TimeUnit.SECONDS);
        assertThat(reader.expectError()).hasMessageContaining("No demand signalled");
    }
}
