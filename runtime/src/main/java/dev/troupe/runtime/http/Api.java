package dev.troupe.runtime.http;

import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.telemetry.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its response: who asks, what for, and who answers it. Every failure becomes a response. */
final class Api implements Connection.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String POST = "POST";
    private static final String GET = "GET";

    private final Bodies bodies;
    private final Access access;
    private final Cors cors;
    private final Routes routes;
    private final Gate gate;
    private final Metrics metrics;
    private final LiveTasks live = new LiveTasks();
    private final TeamHost host;
    private final Tracing tracing;

    Api(TeamHost host, ServeSettings settings, Tracing tracing) {
        this.host = host;
        this.tracing = tracing;
        this.bodies = new Bodies(host.team().system(), settings.limits());
        this.access = new Access(settings);
        this.cors = new Cors(settings.origins());
        this.gate = new Gate(settings.limits(), System::nanoTime);
        this.metrics = new Metrics(gate);
        this.routes = new Routes(routes(host, settings));
    }

    private List<Route> routes(TeamHost host, ServeSettings settings) {
        ServeSettings.Limits limits = settings.limits();
        Agents agents = new Agents(host, Instant.now().getEpochSecond());
        TaskHandlers tasks = new TaskHandlers(host, bodies, live, limits);
        ConversationHandlers conversations = new ConversationHandlers(host);
        Asking asking = new Asking(host, gate, live, metrics, tracing);
        Streaming streaming = new Streaming(host.team().system(), asking, limits.beat());
        ResponsesHandler responses = new ResponsesHandler(host, bodies, gate, asking, streaming, agents);
        Page page = Page.load();
        return List.of(
                new Route(
                        POST, "/v1/chat/completions", false, new ChatHandler(bodies, gate, asking, streaming, agents)),
                new Route(POST, "/v1/responses", false, responses::create),
                new Route(GET, "/v1/responses/{id}", false, responses::one),
                new Route(POST, "/v1/embeddings", false, new EmbeddingsHandler(host.embedder(), bodies, gate)),
                new Route(GET, "/v1/models", false, exchange -> Replies.json(200, agents.list(exchange.caller()))),
                new Route(
                        GET,
                        "/v1/models/{id}",
                        false,
                        exchange -> Replies.json(200, agents.one(exchange.part("id"), exchange.caller()))),
                new Route(GET, "/v1/receipts", false, tasks::receipts),
                new Route(GET, "/v1/receipts/{id}", false, tasks::receipt),
                new Route(POST, "/v1/feedback", false, tasks::feedback),
                new Route(GET, "/v1/conversations", false, conversations::list),
                new Route(GET, "/v1/conversations/{id}", false, conversations::one),
                new Route(GET, "/v1/tasks", false, tasks::running),
                new Route(POST, "/v1/tasks/{id}/cancel", false, tasks::cancel),
                new Route(GET, "/v1/tasks/{id}/events", false, tasks::events),
                new Route(GET, "/v1/tasks/{id}/artifacts/{number}", false, tasks::artifact),
                new Route(GET, "/health/live", true, exchange -> Replies.json(200, Map.of("status", "live"))),
                new Route(GET, "/health/ready", true, exchange -> ready()),
                new Route(GET, "/metrics", false, metrics::scrape),
                new Route(GET, "/openapi.json", true, OpenApi::serve),
                new Route(GET, "/", true, page::index),
                new Route(GET, "/page/{file}", true, page::file));
    }

    List<Route> routes() {
        return routes.all();
    }

    Gate gate() {
        return gate;
    }

    Set<String> running() {
        return live.all();
    }

    void cancelAll(String why) {
        live.all().forEach(task -> host.team().cancel(task, why));
    }

    private HttpResponse ready() {
        return gate.isClosed()
                ? Replies.json(503, Map.of("status", "ending"))
                : Replies.json(200, Map.of("status", "ready"));
    }

    @Override
    public CompletionStage<HttpResponse> on(HttpRequest request, Cancellation cancellation) {
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        String id = UUID.randomUUID().toString();
        Thread.ofVirtual().name("request-" + id).start(() -> response.complete(respond(id, request, cancellation)));
        return response;
    }

    private HttpResponse respond(String id, HttpRequest request, Cancellation cancellation) {
        long start = System.nanoTime();
        String[] route = {"other"};
        Tracing.Request span = tracing.request(
                request.method().value(),
                name -> request.getHeader(name).map(HttpHeader::value).orElse(null));
        HttpResponse response;
        try {
            response = handle(id, request, cancellation, route, span);
        } catch (ApiException e) {
            response = Replies.error(e);
        } catch (TroupeException e) {
            response = Replies.error(ApiException.of(e));
        } catch (Throwable e) {
            LOG.error("request {}: unexpected", id, e);
            response = Replies.error(ApiException.internal(id));
        }
        String method = request.method().value();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        span.end(method, route[0], response.status().intValue());
        metrics.request(method, route[0], response.status().intValue(), time);
        LOG.info(
                "request {}: {} {} {} {} ms",
                id,
                method,
                route[0],
                response.status().intValue(),
                time.toMillis());
        return Replies.safe(cors.shared(request, response), id);
    }

    private HttpResponse handle(
            String id, HttpRequest request, Cancellation cancellation, String[] route, Tracing.Request span) {
        boolean taken = false;
        try {
            access.checkHost(request);
            if (cors.isPreflight(request)) {
                route[0] = "preflight";
                return cors.preflight(request);
            }
            String path = request.getUri().path();
            Routes.Match match = routes.find(request.method().value(), path);
            route[0] = match.route().pattern();
            Caller caller = match.route().open() ? Caller.LOCAL : access.caller(request);
            taken = match.route().method().equals(POST);
            return match.route().handler().handle(new Exchange(id, request, caller, match.path(), cancellation, span));
        } finally {
            // A body that nobody takes keeps the connection from its next request.
            if (!taken) {
                bodies.discard(request);
            }
        }
    }
}
