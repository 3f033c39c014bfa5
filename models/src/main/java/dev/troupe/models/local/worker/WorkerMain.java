package dev.troupe.models.local.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process of a local model. It serves whoever listens at the socket that it is given, and ends when that side goes,
 * however it goes: a killed parent leaves no child behind. Or it listens itself, for all processes of its user, and ends
 * when none of them has wanted it for a while.
 */
public final class WorkerMain {
    /** The first argument of a process that listens itself. */
    public static final String LISTEN = "listen";

    private WorkerMain() {}

    /**
     * Runs the process.
     *
     * @param arguments the path of the socket to connect to; or {@value #LISTEN}, the path to listen at, and for how many
     *     milliseconds it is kept when nobody is connected
     */
    public static void main(String[] arguments) throws IOException {
        try {
            if (arguments[0].equals(LISTEN)) {
                new WarmServer(Path.of(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2]))).serve();
            } else {
                serveParent(Path.of(arguments[0]));
            }
        } catch (IOException e) {
            System.err.println("connection lost: " + e.getMessage());
        } finally {
            end();
        }
    }

    private static void serveParent(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        new Session(
                        new Wire(channel),
                        new LoadedModel(),
                        id -> new WorkerReply.Status(id, ProcessHandle.current().pid(), "", 1, 0, 0),
                        WorkerMain::end,
                        () -> {})
                .serve();
    }

    /** The library keeps threads that would keep the process; there is nothing to finish. */
    static void end() {
        Runtime.getRuntime().halt(0);
    }
}
