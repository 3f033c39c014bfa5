package dev.troupe.models.local.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process of a local model. It serves whoever listens at the socket that it is given, and ends when that side goes,
 * however it goes: a killed parent leaves no child behind.
 */
public final class WorkerMain {
    /** Each cancellation may leave a thread inside the library; a fresh process is cheaper than very many of them. */
    private static final int MOST_CANCELLED = 64;

    private final Wire wire;
    private volatile @Nullable Engine engine;
    private @Nullable Generation current;
    private int cancelled;

    private WorkerMain(Wire wire) {
        this.wire = wire;
    }

    /** @param arguments the path of the socket to connect to */
    public static void main(String[] arguments) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Path.of(arguments[0])));
        try {
            new WorkerMain(new Wire(channel)).serve();
        } catch (IOException e) {
            System.err.println("connection lost: " + e.getMessage());
        } finally {
            // The library keeps threads that would keep the process; there is nothing to finish.
            Runtime.getRuntime().halt(0);
        }
    }

    private void serve() throws IOException {
        WorkerRequest request;
        while ((request = wire.receive(WorkerRequest.class)) != null) {
            switch (request) {
                case WorkerRequest.Load load -> onThread(WorkerRequest.LOADING, () -> load(load));
                case WorkerRequest.Generate generate -> generate(generate);
                case WorkerRequest.Count count -> onThread(count.id(), () -> count(count));
                case WorkerRequest.Cancel cancel -> cancel(cancel.id());
            }
        }
    }

    private void load(WorkerRequest.Load load) {
        long start = System.nanoTime();
        try {
            engine = Engine.load(load);
            send(new WorkerReply.Ready(WorkerRequest.LOADING, (System.nanoTime() - start) / 1_000_000));
        } catch (IOException | RuntimeException | LinkageError e) {
            send(new WorkerReply.Refused(
                    WorkerRequest.LOADING, WorkerReply.Reason.MODEL_NOT_LOADED, String.valueOf(e.getMessage())));
        }
    }

    private void count(WorkerRequest.Count count) {
        Engine loaded = loaded();
        send(new WorkerReply.Counted(count.id(), loaded.promptTokens(loaded.prompt(count.turns())).length));
    }

    private void generate(WorkerRequest.Generate request) {
        Generation generation = new Generation(loaded(), request, this::send);
        current = generation;
        onThread(request.id(), generation::run);
    }

    private void cancel(long id) {
        if (current != null && current.id() == id) {
            current.cancel();
            if (++cancelled > MOST_CANCELLED) {
                Runtime.getRuntime().halt(0);
            }
        }
    }

    private Engine loaded() {
        Engine loaded = engine;
        if (loaded == null) {
            throw new IllegalStateException("no model is loaded");
        }
        return loaded;
    }

    private void onThread(long id, Runnable work) {
        Thread.ofPlatform().name("request-" + id).daemon().start(() -> {
            try {
                work.run();
            } catch (RuntimeException | LinkageError e) {
                e.printStackTrace();
                send(new WorkerReply.Refused(id, WorkerReply.Reason.FAILED, String.valueOf(e.getMessage())));
            }
        });
    }

    private void send(WorkerReply reply) {
        try {
            wire.send(reply);
        } catch (IOException e) {
            System.err.println("connection lost: " + e.getMessage());
            Runtime.getRuntime().halt(0);
        }
    }
}
