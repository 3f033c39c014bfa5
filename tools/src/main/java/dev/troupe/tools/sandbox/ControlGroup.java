package dev.troupe.tools.sandbox;

import dev.troupe.tools.code.CodeResult.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The control group of one run: one folder under version 2, one per controller under version 1. */
final class ControlGroup implements AutoCloseable {
    /** The launcher, which becomes bubblewrap's monitor, and bubblewrap's first process inside. */
    private static final int SANDBOX_PROCESSES = 2;

    private static final int REMOVE_ATTEMPTS = 200;

    private final int version;
    private final List<Path> folders;

    ControlGroup(int version, List<Path> folders) {
        this.version = version;
        this.folders = folders;
    }

    void limit(long memory, int processes) throws IOException {
        Path first = folders.getFirst();
        write(folders.getLast().resolve("pids.max"), processes + SANDBOX_PROCESSES);
        if (version == 1) {
            write(first.resolve("memory.limit_in_bytes"), memory);
            writeWhereThere(first.resolve("memory.memsw.limit_in_bytes"), memory);
        } else {
            write(first.resolve("memory.max"), memory);
            writeWhereThere(first.resolve("memory.swap.max"), 0);
            writeWhereThere(first.resolve("memory.oom.group"), 1);
        }
    }

    /** The files into which a process writes its own number to enter. */
    List<Path> entrances() {
        return folders.stream().map(folder -> folder.resolve("cgroup.procs")).toList();
    }

    /** The limit that the kernel had to hold, if any. */
    Optional<End> breached() {
        Path first = folders.getFirst();
        Path killed = first.resolve(version == 1 ? "memory.oom_control" : "memory.events");
        if (count(killed, "oom_kill") > 0) {
            return Optional.of(End.MEMORY);
        }
        if (count(folders.getLast().resolve("pids.events"), "max") > 0) {
            return Optional.of(End.PROCESSES);
        }
        return Optional.empty();
    }

    List<Long> members() {
        try {
            List<Long> members = new ArrayList<>();
            for (String line : Files.readAllLines(entrances().getLast())) {
                members.add(Long.parseLong(line));
            }
            return members;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes the group. Its processes are dead; the kernel may need a moment to notice. */
    @Override
    public void close() {
        folders.forEach(ControlGroup::remove);
    }

    static void remove(Path folder) {
        for (int attempt = 0; attempt < REMOVE_ATTEMPTS; attempt++) {
            try {
                Files.deleteIfExists(folder);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static long count(Path file, String key) {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", -1);
                if (words[0].equals(key)) {
                    return Long.parseLong(words[1]);
                }
            }
        } catch (IOException e) {
            return 0; // A kernel that does not count this.
        }
        return 0;
    }

    private static void write(Path file, long value) throws IOException {
        Files.writeString(file, Long.toString(value));
    }

    private static void writeWhereThere(Path file, long value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }
}
