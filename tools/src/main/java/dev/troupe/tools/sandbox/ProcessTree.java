package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process and all that descend from it, as {@code /proc} shows them. Processes come and go while one looks: what
 * vanishes is left out, and what it used is found with whoever waited for it.
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    /** {@code USER_HZ}, which is 100 on every machine that the filter knows. */
    private static final long MILLIS_PER_TICK = 10;

    private static final long PAGE = pageSize();
    private static final Pattern PSS = Pattern.compile("(?m)^Pss: +(\\d+) kB");
    private static final Pattern IO = Pattern.compile("(?m)^(cancelled_write_bytes|write_bytes): (\\d+)");

    private final long root;

    ProcessTree(long root) {
        this.root = root;
    }

    /**
     * What a tree uses at one moment.
     *
     * @param pids its processes
     * @param tasks processes and threads
     * @param cpuMillis of all that live and all that they waited for
     * @param resident bytes; pages that processes share are counted for each
     * @param written bytes handed to block devices, less what was taken back before it got there
     */
    record Sample(List<Long> pids, int tasks, long cpuMillis, long resident, long written) {}

    Sample sample() {
        List<Long> pids = pids();
        int tasks = 0;
        long ticks = 0;
        long pages = 0;
        long written = 0;
        for (long pid : pids) {
            String stat = read(pid, "stat");
            if (stat.isEmpty()) {
                continue;
            }
            // The name in parentheses may hold anything; fields are counted from behind it, the state being the third.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += number(fields, 14) + number(fields, 15) + number(fields, 16) + number(fields, 17);
            tasks += (int) number(fields, 20);
            pages += number(fields, 24);
            written += written(pid);
        }
        return new Sample(pids, tasks, ticks * MILLIS_PER_TICK, pages * PAGE, written);
    }

    /** Resident bytes with shared pages divided among those that share them: exact, and slow. */
    static long proportional(List<Long> pids) {
        long total = 0;
        for (long pid : pids) {
            Matcher matcher = PSS.matcher(read(pid, "smaps_rollup"));
            total += matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
        }
        return total;
    }

    /** Whether a process is gone, or only waits to be reaped. */
    static boolean isGone(long pid) {
        String stat = read(pid, "stat");
        return stat.isEmpty() || "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
    }

    List<Long> pids() {
        Set<Long> seen = new HashSet<>();
        List<Long> found = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            long pid = open.remove();
            if (seen.add(pid)) {
                found.add(pid);
                open.addAll(children(pid));
            }
        }
        return found;
    }

    private static List<Long> children(long pid) {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
            for (Path task : tasks) {
                for (String child : slurp(task.resolve("children")).split(" ", -1)) {
                    if (!child.isBlank()) {
                        children.add(Long.parseLong(child.strip()));
                    }
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return children; // It has ended.
        }
        return children;
    }

    private static long written(long pid) {
        long written = 0;
        Matcher matcher = IO.matcher(read(pid, "io"));
        while (matcher.find()) {
            long bytes = Long.parseLong(matcher.group(2));
            written += matcher.group(1).startsWith("c") ? -bytes : bytes;
        }
        return written;
    }

    private static long number(String[] fields, int field) {
        return Long.parseLong(fields[field - 3]);
    }

    private static String read(long pid, String file) {
        return slurp(PROC.resolve(pid + "/" + file));
    }

    private static String slurp(Path file) {
        try {
            // Names of processes may be no UTF-8.
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended, or belongs to someone else.
        }
    }

    private static long pageSize() {
        Matcher matcher = Pattern.compile("KernelPageSize: +(\\d+) kB").matcher(slurp(Path.of("/proc/self/smaps")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 4096;
    }
}
