package dev.troupe.tools.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sits next to the socket of a server, closer than LittleProxy: real secrets go in on the way out and come out on the way
 * back here, so that nothing beyond (LittleProxy and what it logs included) ever holds one. It also holds the limit on a
 * response's size, and sees to it that a response that breaks off is noticed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails shows as the channel's end.
final class SecretsHandler extends ChannelDuplexHandler {
    static final String NAME = "secrets";
    private static final int BAD_GATEWAY = 502;

    /** What would give a program an answer in parts, none of which holds the whole secret. */
    private static final List<CharSequence> PARTIAL = List.of(HttpHeaderNames.RANGE, HttpHeaderNames.IF_RANGE);

    private final Connection connection;
    private final Scrubber scrubber;
    private final long mostBytes;
    private @Nullable Exchange exchange;
    private @Nullable HttpMethod method;
    private Scrubber.@Nullable Stream stream;
    private boolean dropping;

    SecretsHandler(Connection connection, long mostBytes) {
        this.connection = connection;
        this.scrubber = connection.run().scrubber();
        this.mostBytes = mostBytes;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof HttpObject)) {
            context.write(message, promise);
            return;
        }
        try {
            Exchange current = connection.exchange();
            if (!(message instanceof FullHttpRequest request) || current == null) {
                promise.setFailure(new IOException("a request that is not whole"));
                return;
            }
            exchange = current;
            method = request.method();
            FullHttpRequest real = connection
                    .run()
                    .swap()
                    .withValues(
                            request, current.target().host(), current.target().path());
            real.headers().remove(HttpHeaderNames.VIA);
            if (!real.headers().contains(HttpHeaderNames.HOST)) {
                // A server must not guess whom a request is for: the grants are for this one.
                real.headers().set(HttpHeaderNames.HOST, current.target().host());
            }
            if (!scrubber.isEmpty()) {
                real.headers().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
                PARTIAL.forEach(real.headers()::remove);
            }
            current.sent(real.content().readableBytes());
            context.write(real, promise);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Exchange current = exchange;
        if (dropping || current == null || !(message instanceof HttpObject)) {
            // Nobody asked for it: an interim answer's end, or what a broken server goes on saying.
            dropping = dropping && !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpResponse response) {
            head(context, current, response);
        } else if (message instanceof HttpContent content) {
            body(context, current, content);
        }
    }

    private void head(ChannelHandlerContext context, Exchange current, HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            dropping = true;
            return;
        }
        String problem = problem(response);
        if (problem != null) {
            fail(context, current, problem);
            return;
        }
        current.answered(response);
        stream = scrubber.stream();
        HttpHeaders headers = response.headers().copy();
        if (!scrubber.isEmpty()) {
            headers.clear();
            response.headers()
                    .forEach(header -> headers.add(scrubber.scrub(header.getKey()), scrubber.scrub(header.getValue())));
            if (mayHaveBody(response)) {
                headers.remove(HttpHeaderNames.CONTENT_LENGTH);
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
        HttpResponseStatus status = new HttpResponseStatus(
                response.status().code(), scrubber.scrub(response.status().reasonPhrase()));
        context.fireChannelRead(new DefaultHttpResponse(response.protocolVersion(), status, headers));
    }

    private @Nullable String problem(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            return "an answer that is no HTTP (expected: HTTP/1.1)";
        }
        if (HttpUtil.getContentLength(response, 0L) > mostBytes && !HttpMethod.HEAD.equals(method)) {
            return "a response of " + HttpUtil.getContentLength(response, 0L) + " bytes (expected: at most " + mostBytes
                    + ")";
        }
        String coding = response.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        String transfer = response.headers().get(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        boolean legible = coding.equalsIgnoreCase("identity") && transfer.equalsIgnoreCase("chunked");
        return scrubber.isEmpty() || legible || !mayHaveBody(response)
                ? null
                : "a response packed as " + scrubber.scrub(coding) + " (expected: identity, gzip or deflate)";
    }

    private boolean mayHaveBody(HttpResponse response) {
        int status = response.status().code();
        return !HttpMethod.HEAD.equals(method) && status != 204 && status != 304;
    }

    private void body(ChannelHandlerContext context, Exchange current, HttpContent content) {
        try {
            if (content.decoderResult().isFailure()) {
                breakOff(context, current, "a response that broke off");
                return;
            }
            ByteBuf clean = scrubbed(content.content(), content instanceof LastHttpContent);
            if (current.received(clean) > mostBytes) {
                clean.release();
                breakOff(context, current, "a response of more than " + mostBytes + " bytes");
                return;
            }
            if (content instanceof LastHttpContent last) {
                exchange = null;
                DefaultLastHttpContent end = new DefaultLastHttpContent(clean);
                last.trailingHeaders()
                        .forEach(header -> end.trailingHeaders()
                                .add(scrubber.scrub(header.getKey()), scrubber.scrub(header.getValue())));
                context.fireChannelRead(end);
            } else if (clean.isReadable()) {
                context.fireChannelRead(new DefaultHttpContent(clean));
            } else {
                clean.release();
            }
        } finally {
            content.release();
        }
    }

    private ByteBuf scrubbed(ByteBuf content, boolean last) {
        Scrubber.Stream open = stream;
        if (scrubber.isEmpty() || open == null) {
            return content.retainedDuplicate();
        }
        byte[] bytes = ByteBufUtil.getBytes(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        open.accept(bytes, bytes.length, out);
        if (last) {
            open.end(out);
        }
        return Unpooled.wrappedBuffer(out.toByteArray());
    }

    /** There is no answer yet: the program gets one of the proxy's. */
    private void fail(ChannelHandlerContext context, Exchange current, String why) {
        exchange = null;
        dropping = true;
        current.failed(why);
        context.fireChannelRead(Answers.of(
                new Verdict.Refused(
                        BAD_GATEWAY, "network: " + current.target().host() + ": " + why, "ask for less, or again"),
                false));
        context.close();
    }

    /** There is a part of one already, and no way to take it back. */
    private void breakOff(ChannelHandlerContext context, Exchange current, String why) {
        exchange = null;
        dropping = true;
        connection
                .run()
                .log()
                .refused(current.target().host(), "network: " + current.target().host() + ": " + why);
        context.close();
        connection.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && !current.isAnswered()) {
            fail(context, current, "the server hung up without an answer");
        } else if (current != null) {
            breakOff(context, current, "a response that broke off");
        }
        context.fireChannelInactive();
    }
}
