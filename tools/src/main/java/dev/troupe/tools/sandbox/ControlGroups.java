package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where control groups can be made on this machine: one hierarchy (version 2) or one for memory and one for processes
 * (version 1). Groups are named after this process, so that those of one that was killed are found and removed.
 */
final class ControlGroups {
    private static final String PREFIX = "troupe-";
    private static final AtomicLong NUMBER = new AtomicLong();

    private final int version;
    private final List<Path> parents;

    private ControlGroups(int version, List<Path> parents) {
        this.version = version;
        this.parents = parents;
    }

    int version() {
        return version;
    }

    /**
     * The hierarchies in which a process of this user can really be put into a group of its own, if there are any; tried
     * out once per process.
     */
    static Optional<ControlGroups> find() {
        return Found.GROUPS;
    }

    private static final class Found {
        private static final Optional<ControlGroups> GROUPS = search();
    }

    private static Optional<ControlGroups> search() {
        for (ControlGroups candidate : candidates()) {
            if (candidate.works()) {
                candidate.sweep();
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Makes the groups of one run. {@code processes} is without those of the sandbox itself. */
    ControlGroup make(long memory, int processes) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        List<Path> folders =
                parents.stream().map(parent -> parent.resolve(name)).toList();
        ControlGroup group = new ControlGroup(version, folders);
        try {
            for (Path folder : folders) {
                Files.createDirectory(folder);
            }
            group.limit(memory, processes);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private static List<ControlGroups> candidates() {
        List<ControlGroups> candidates = new ArrayList<>();
        try {
            List<String> mounts = Files.readAllLines(Path.of("/proc/self/mountinfo"));
            List<String> own = Files.readAllLines(Path.of("/proc/self/cgroup"));
            Path memory = folder(mounts, own, "memory");
            Path processes = folder(mounts, own, "pids");
            if (memory != null && processes != null) {
                List<Path> both = memory.equals(processes) ? List.of(memory) : List.of(memory, processes);
                candidates.add(new ControlGroups(1, both));
            }
            Path unified = folder(mounts, own, "");
            // Processes live in leaves only, and this one's group has at least this one in it: look further up.
            for (Path at = unified; at != null && Files.exists(at.resolve("cgroup.procs")); at = at.getParent()) {
                List<String> enabled = List.of(Files.readString(at.resolve("cgroup.subtree_control"))
                        .strip()
                        .split(" ", -1));
                if (enabled.containsAll(List.of("memory", "pids"))) {
                    candidates.add(new ControlGroups(2, List.of(at)));
                }
            }
        } catch (IOException e) {
            return candidates; // Not a Linux that has them.
        }
        return candidates;
    }

    /** This process's own folder in a controller's hierarchy; the empty name is version 2. See cgroups(7). */
    private static @Nullable Path folder(List<String> mounts, List<String> own, String controller) {
        String path = null;
        for (String line : own) {
            String[] fields = line.split(":", 3);
            if (List.of(fields[1].split(",", -1)).contains(controller)) {
                path = fields[2];
            }
        }
        for (String mount : mounts) {
            String[] halves = mount.split(" - ", 2);
            String[] left = halves[0].split(" ", -1);
            String[] right = halves[1].split(" ", -1);
            boolean matches = controller.isEmpty()
                    ? right[0].equals("cgroup2")
                    : right[0].equals("cgroup")
                            && List.of(right[2].split(",", -1)).contains(controller);
            if (matches && path != null) {
                String root = left[3].equals("/") ? "" : left[3];
                String below = path.startsWith(root) ? path.substring(root.length()) : path;
                return Path.of(left[4] + below).normalize();
            }
        }
        return null;
    }

    private boolean works() {
        Process process = null;
        try (ControlGroup group = make(64 << 20, 16)) {
            List<String> command = new ArrayList<>(
                    List.of("/bin/sh", "-c", "for f; do echo $$ >\"$f\" || exit 1; done; exec /bin/true", "sh"));
            group.entrances().forEach(entrance -> command.add(entrance.toString()));
            process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** Removes the groups of processes of ours that were killed. */
    private void sweep() {
        for (Path parent : parents) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
                for (Path folder : left) {
                    String[] parts = folder.getFileName().toString().split("-", -1);
                    if (parts.length == 3
                            && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
                        ControlGroup.remove(folder);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // Somebody else's folder, or one that is gone already.
            }
        }
    }
}
