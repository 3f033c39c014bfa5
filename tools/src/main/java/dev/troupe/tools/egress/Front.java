package dev.troupe.tools.egress;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The unix sockets of the runs. What comes in by one is passed on to LittleProxy's port; whose it is, LittleProxy learns
 * from the port at this end, which no one else on the machine can have as long as the connection lasts. Whoever connects
 * to LittleProxy's port without being in this register is refused.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails shows as the channel's end.
final class Front implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("egress-front", true), NioIoHandler.newFactory());
    private final Map<Integer, Connection> register = new ConcurrentHashMap<>();
    private final CertificateAuthority authority;
    private final TlsServer tls;
    private volatile @Nullable InetSocketAddress proxy;

    Front(CertificateAuthority authority) {
        this.authority = authority;
        this.tls = new TlsServer(authority);
    }

    CertificateAuthority authority() {
        return authority;
    }

    /** Says where LittleProxy listens. */
    void proxyAt(InetSocketAddress address) {
        proxy = address;
    }

    /** Who is behind a connection to LittleProxy; null for a stranger. */
    @Nullable
    Connection connection(@Nullable InetSocketAddress from) {
        return from == null || !from.getAddress().isLoopbackAddress() ? null : register.get(from.getPort());
    }

    /** Opens a run's socket. */
    Channel listen(Path socket, EgressRun run) throws IOException {
        try {
            return new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerDomainSocketChannel.class)
                    .childOption(ChannelOption.AUTO_READ, true)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            if (run.opened(channel)) {
                                channel.pipeline().addLast(new Opening(Front.this, run, tls));
                            } else {
                                channel.close();
                            }
                        }
                    })
                    .bind(UnixDomainSocketAddress.of(socket))
                    .sync()
                    .channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a socket was opened", e);
        }
    }

    /** Connects a program's channel with LittleProxy; {@code first} is what was read of it already. */
    void join(ChannelHandlerContext program, Connection connection, ByteBuf first) {
        InetSocketAddress to = proxy;
        Channel channel = program.channel();
        channel.config().setAutoRead(false);
        // What was under way already still comes.
        Holding holding = new Holding(first);
        channel.pipeline().addLast(holding);
        if (to == null) {
            channel.close();
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(channel.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Relay(channel));
        // Known before it connects: nobody else can have the port from here on.
        Channel inner = bootstrap.register().channel();
        inner.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).addListener(bound -> {
            if (!bound.isSuccess()) {
                channel.close();
                return;
            }
            int port = ((InetSocketAddress) inner.localAddress()).getPort();
            register.put(port, connection);
            inner.closeFuture().addListener(closed -> {
                register.remove(port, connection);
                connection.closed();
            });
            inner.connect(to).addListener(connected -> {
                if (!connected.isSuccess() || !channel.isActive()) {
                    inner.close();
                    channel.close();
                    return;
                }
                channel.pipeline().addLast(new Relay(inner));
                channel.pipeline().remove(holding);
                channel.read();
                inner.read();
            });
        });
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    /** Keeps bytes until there is somebody to pass them on to: when it is removed, the next handler gets them. */
    private static final class Holding extends ChannelInboundHandlerAdapter {
        private final List<Object> held = new ArrayList<>();

        Holding(ByteBuf first) {
            held.add(first);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            held.add(message);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                held.forEach(context::fireChannelRead);
            } else {
                held.forEach(ReferenceCountUtil::release);
            }
            held.clear();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Passes bytes on, and reads more only when the other side has taken them. */
    static final class Relay extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Relay(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            other.writeAndFlush(message).addListener(written -> {
                if (written.isSuccess()) {
                    context.channel().read();
                } else {
                    context.close();
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
