package dev.troupe.runtime.http;

import dev.troupe.models.call.Cancellation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: tells the work that is under way when the client is gone, and ends a connection on which
 * nothing whole arrives or nobody reads. Thread-safe.
 */
final class Connection {
    /** One more than is worked on, so that the end of the connection is read while its request is worked on. */
    static final int PIPELINED = 2;

    private final ActorSystem<?> system;
    private final Duration quiet;
    private final Set<Cancellation> open = new HashSet<>();
    private @Nullable UniqueKillSwitch ending;
    private @Nullable Cancellable timer;
    private boolean gone;

    private Connection(ActorSystem<?> system, Duration quiet) {
        this.system = system;
        this.quiet = quiet;
    }

    /** What is done with a request that came on a connection. */
    @FunctionalInterface
    interface Work {
        java.util.concurrent.CompletionStage<HttpResponse> on(HttpRequest request, Cancellation cancellation);
    }

    /** From requests to responses; made anew for each connection. */
    static Flow<HttpRequest, HttpResponse, NotUsed> flow(ActorSystem<?> system, Duration quiet, Work work) {
        return Flow.<HttpRequest, HttpResponse, NotUsed>fromMaterializer((materializer, attributes) -> {
                    Connection connection = new Connection(system, quiet);
                    Function<HttpRequest, java.util.concurrent.CompletionStage<HttpResponse>> worked =
                            request -> connection.work(request, work);
                    return Flow.<HttpRequest>create()
                            .viaMat(KillSwitches.single(), Keep.right())
                            .mapMaterializedValue(connection::begun)
                            .watchTermination((nothing, end) -> {
                                end.whenComplete((done, failure) -> connection.gone());
                                return NotUsed.getInstance();
                            })
                            .mapAsync(PIPELINED, worked);
                })
                .mapMaterializedValue(ignored -> NotUsed.getInstance());
    }

    private synchronized NotUsed begun(UniqueKillSwitch end) {
        ending = end;
        arm();
        return NotUsed.getInstance();
    }

    private java.util.concurrent.CompletionStage<HttpResponse> work(HttpRequest request, Work work) {
        Cancellation cancellation = new Cancellation();
        begin(cancellation);
        return work.on(request, cancellation).handle((response, failure) -> {
            if (response == null || response.entity().isStrict()) {
                end(cancellation);
            }
            if (response == null) {
                throw new IllegalStateException("a request without a response", failure);
            }
            return response.entity().isStrict() ? response : watched(response, cancellation);
        });
    }

    /** Ends the request when its stream ends; a reader who takes nothing for long is one who is gone. */
    private HttpResponse watched(HttpResponse response, Cancellation cancellation) {
        return response.transformEntityDataBytes(Flow.<ByteString>create()
                .backpressureTimeout(quiet)
                .watchTermination((nothing, end) -> {
                    end.whenComplete((done, failure) -> {
                        if (failure != null) {
                            cancellation.cancel("the client is gone");
                        }
                        end(cancellation);
                    });
                    return nothing;
                }));
    }

    private synchronized void begin(Cancellation cancellation) {
        open.add(cancellation);
        disarm();
    }

    private synchronized void end(Cancellation cancellation) {
        open.remove(cancellation);
        if (open.isEmpty() && !gone) {
            arm();
        }
    }

    private void gone() {
        Set<Cancellation> toTell;
        synchronized (this) {
            gone = true;
            disarm();
            toTell = Set.copyOf(open);
        }
        toTell.forEach(cancellation -> cancellation.cancel("the client is gone"));
    }

    private void arm() {
        disarm();
        timer = system.scheduler().scheduleOnce(quiet, this::tooQuiet, system.executionContext());
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private synchronized void tooQuiet() {
        if (open.isEmpty() && ending != null) {
            ending.shutdown();
        }
    }
}
