package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds what an unconfined program has started: its descendants, and those of its session who lost their parents. */
final class Leftovers {
    private static final int SESSION = 6;

    private Leftovers() {}

    static List<Long> of(Process process) {
        String session = Long.toString(process.pid());
        List<Long> descendants =
                process.toHandle().descendants().map(ProcessHandle::pid).toList();
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> descendants.contains(pid) || session.equals(session(pid)))
                .filter(pid -> !ProcessTree.isGone(pid))
                .toList();
    }

    private static String session(long pid) {
        try {
            String stat =
                    new String(Files.readAllBytes(Path.of("/proc/" + pid + "/stat")), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[SESSION - 3];
        } catch (IOException e) {
            return "";
        }
    }
}
