package dev.troupe.tools.egress;

import dev.troupe.tools.egress.Verdict.Allowed;
import dev.troupe.tools.egress.Verdict.Refused;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFiltersAdapter;

/** What happens to one request inside LittleProxy: it is judged, sent on its way, and counted when it is over. */
final class ProxyFilters extends HttpFiltersAdapter {
    private static final String DECODER = "decoder";

    private final @Nullable Connection connection;
    private final Gate gate;
    private final EgressLimits limits;
    /** Set when the request is let through. */
    private volatile @Nullable Exchange exchange;

    /** @param connection null for one that no program of ours made */
    ProxyFilters(
            HttpRequest request,
            @Nullable ChannelHandlerContext context,
            @Nullable Connection connection,
            Gate gate,
            EgressLimits limits) {
        super(request, context);
        this.connection = connection;
        this.gate = gate;
        this.limits = limits;
    }

    @Override
    public @Nullable HttpResponse clientToProxyRequest(HttpObject message) {
        Connection from = connection;
        if (from == null) {
            return Answers.of(
                    new Refused(403, "network: this proxy (expected: a sandbox of its own)", "go away"), false);
        }
        if (!(message instanceof FullHttpRequest request) || from.isBusy()) {
            return Answers.of(
                    new Refused(400, "network: two requests at once (expected: one after the other)", "wait"), false);
        }
        Target target = Target.of(request.uri(), request.headers().getAll(HttpHeaderNames.HOST), from.tunnel());
        if (target == null) {
            return refuse(
                    from,
                    CallLog.OTHERS,
                    new Refused(
                            400,
                            "network: an address that cannot be read (expected: http://host/path, and the same host in"
                                    + " the Host header)",
                            "is the URL right?"),
                    false);
        }
        Refused tooMany = from.run().count();
        Verdict verdict = tooMany != null
                ? tooMany
                : gate.judge(target, request.method().name(), from.run().swap().misplaced(request, target.host()));
        return switch (verdict) {
            case Refused refused -> refuse(from, target.host(), refused, !HttpMethod.HEAD.equals(request.method()));
            case Allowed allowed -> {
                Exchange begun = new Exchange(from.run().log(), target);
                exchange = begun;
                from.begin(begun, allowed);
                request.setUri(target.keyed());
                yield null;
            }
        };
    }

    private static HttpResponse refuse(Connection from, String host, Refused refused, boolean keepAlive) {
        from.run().log().refused(host, refused.message());
        return Answers.of(refused, keepAlive);
    }

    /** The last hands before the socket: see {@link SecretsHandler}. */
    @Override
    public void proxyToServerConnectionSucceeded(ChannelHandlerContext server) {
        Connection from = connection;
        if (from != null && server.pipeline().get(SecretsHandler.NAME) == null) {
            server.pipeline().addAfter(DECODER, SecretsHandler.NAME, new SecretsHandler(from, limits.response()));
            if (!from.run().scrubber().isEmpty()) {
                server.pipeline().addAfter(DECODER, "unpack", new HttpContentDecompressor(0));
            }
        }
    }

    @Override
    public void serverToProxyResponseTimedOut() {
        Exchange current = exchange;
        if (current != null) {
            current.trouble("no answer for " + limits.idle().toSeconds() + " s");
        }
    }

    @Override
    public HttpObject proxyToClientResponse(HttpObject message) {
        Exchange current = exchange;
        if (current == null) {
            return message;
        }
        HttpObject told = message;
        if (message instanceof HttpResponse response
                && !current.isAnswered()
                && response.status().code() >= 500) {
            // LittleProxy's own words name the request and not the reason.
            String why = current.trouble();
            told = Answers.of(
                    new Refused(
                            response.status().code(),
                            "network: " + current.target().host() + ": "
                                    + (why == null ? "cannot be connected to" : why),
                            "try again later"),
                    true);
        }
        if (told instanceof LastHttpContent) {
            current.end();
        }
        return told;
    }
}
