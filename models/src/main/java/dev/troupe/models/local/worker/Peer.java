package dev.troupe.models.local.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a unix domain socket, by the kernel's word. */
public final class Peer {
    private Peer() {}

    /** Whether it is a process of this process's user. */
    public static boolean isThisUser(SocketChannel channel) throws IOException {
        return user(channel).equals(self());
    }

    /** The name of the user at the other end, or its number where it has none. */
    public static String user(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }

    private static String self() throws IOException {
        return Files.getOwner(Path.of("/proc/self")).getName();
    }
}
