package dev.troupe.tools.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One request that was let through, until its response is whole. Counted once. */
final class Exchange {
    private static final int KEPT = 64 * 1_024;

    private final CallLog log;
    private final Target target;
    private final long start = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private volatile long sent;
    private volatile int status;
    private volatile boolean isText;
    private volatile boolean answered;
    private volatile @Nullable String trouble;
    private boolean over;

    Exchange(CallLog log, Target target) {
        this.log = log;
        this.target = target;
    }

    Target target() {
        return target;
    }

    void sent(long bytes) {
        sent = bytes;
    }

    /** Counts a piece of the response's body, without secrets, and gives what there is by now. */
    long received(ByteBuf piece) {
        int room = Math.min(piece.readableBytes(), KEPT - beginning.size());
        if (isText && room > 0) {
            beginning.writeBytes(ByteBufUtil.getBytes(piece, piece.readerIndex(), room));
        }
        return received.addAndGet(piece.readableBytes());
    }

    /** The server has begun to answer. */
    void answered(HttpResponse response) {
        status = response.status().code();
        String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        isText = (type.contains("json") || type.startsWith("text/"))
                && response.headers()
                        .get(HttpHeaderNames.CONTENT_ENCODING, "identity")
                        .equals("identity");
        answered = true;
    }

    /** There will be no answer but one of the proxy's. */
    void failed(String why) {
        trouble = why;
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Why there is no answer, in words that hold no secret. */
    void trouble(String why) {
        trouble = why;
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** The response went out, or never will. */
    synchronized void end() {
        if (!over) {
            over = true;
            log.called(target.host(), sent, received.get(), Duration.ofNanos(System.nanoTime() - start));
            if (beginning.size() > 0) {
                log.responded(target.host() + target.pathOnly(), status, beginning.toByteArray());
            }
        }
    }
}
