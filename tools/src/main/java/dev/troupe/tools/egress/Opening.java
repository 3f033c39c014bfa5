package dev.troupe.tools.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a program's connection begins. A tunnel ends here: whatever host it is for, granted or not, TLS is spoken with
 * the program, and each request within is judged. So a refusal is an answer to a request, which every client shows, and
 * not a refused tunnel, of which most show a number.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails shows as the channel's end.
final class Opening extends ChannelInboundHandlerAdapter {
    private static final byte[] ESTABLISHED =
            "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CONNECT = "CONNECT ";
    private static final int LONGEST_HEAD = 16 * 1024;
    /** The first byte of a TLS handshake. */
    private static final byte HANDSHAKE = 0x16;

    private final Front front;
    private final EgressRun run;
    private final TlsServer tls;
    private ByteBuf read = Unpooled.EMPTY_BUFFER;
    private Target.@Nullable Tunnel tunnel;

    Opening(Front front, EgressRun run, TlsServer tls) {
        this.front = front;
        this.run = run;
        this.tls = tls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        read = Unpooled.wrappedBuffer(read, (ByteBuf) message);
        if (tunnel != null) {
            within(context, tunnel);
            return;
        }
        String head = read.toString(0, Math.min(read.readableBytes(), LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        if (!CONNECT.startsWith(head.substring(0, Math.min(head.length(), CONNECT.length())))) {
            pass(context, null);
        } else if (head.contains("\r\n\r\n")) {
            read.skipBytes(head.indexOf("\r\n\r\n") + 4);
            connect(context, head.substring(0, head.indexOf("\r\n")));
        } else if (head.length() == LONGEST_HEAD) {
            refuse(context, 431, "network: a head of more than " + LONGEST_HEAD + " bytes");
        }
    }

    private void connect(ChannelHandlerContext context, String line) {
        String[] words = line.split(" ", -1);
        Target.Tunnel to = words.length == 3 ? Target.Tunnel.of(words[1], Target.HTTPS, true) : null;
        if (to == null || (!HostNames.isName(to.host()) && !HostNames.isAddress(to.host()))) {
            refuse(context, 400, "network: CONNECT (expected: host:443 with the host's name)");
            return;
        }
        tunnel = to;
        context.writeAndFlush(Unpooled.wrappedBuffer(ESTABLISHED));
        if (read.isReadable()) {
            within(context, to);
        }
    }

    private void within(ChannelHandlerContext context, Target.Tunnel to) {
        if (!read.isReadable()) {
            return;
        }
        if (read.getByte(read.readerIndex()) != HANDSHAKE) {
            pass(context, new Target.Tunnel(to.host(), to.port(), false));
            return;
        }
        ByteBuf hello = take();
        Connection connection = new Connection(run, context.channel(), to);
        context.pipeline().addLast(new Unwrapped(front, connection));
        context.pipeline().addAfter(context.name(), "tls", tls.as(to.host()));
        context.fireChannelRead(hello);
        context.pipeline().remove(this);
    }

    private void pass(ChannelHandlerContext context, Target.@Nullable Tunnel through) {
        front.join(context, new Connection(run, context.channel(), through), take());
        context.pipeline().remove(this);
    }

    private ByteBuf take() {
        ByteBuf all = read;
        read = Unpooled.EMPTY_BUFFER;
        return all;
    }

    private void refuse(ChannelHandlerContext context, int status, String why) {
        run.log().refused(CallLog.OTHERS, why);
        context.writeAndFlush(Unpooled.wrappedBuffer(Answers.line(status, why)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        take().release();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** Waits for the first request within TLS, and joins the connection with LittleProxy then. */
    private static final class Unwrapped extends ChannelInboundHandlerAdapter {
        private final Front front;
        private final Connection connection;

        Unwrapped(Front front, Connection connection) {
            this.front = front;
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            front.join(context, connection, (ByteBuf) message);
            context.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
