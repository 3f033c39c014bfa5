package dev.troupe.models.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many physical cores this process may use: a second thread on the same core only gets in a matrix product's way. */
final class PhysicalCores {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private PhysicalCores() {}

    static int count() {
        int usable = Runtime.getRuntime().availableProcessors();
        try {
            int physical = Files.isReadable(CPUINFO) ? count(Files.readAllLines(CPUINFO)) : 0;
            return physical == 0 ? usable : Math.min(physical, usable);
        } catch (IOException e) {
            return usable;
        }
    }

    /** Distinct pairs of socket and core; 0 where the kernel does not tell them. */
    static int count(List<String> cpuinfo) {
        Set<String> cores = new HashSet<>();
        String socket = "";
        for (String line : cpuinfo) {
            if (line.startsWith("physical id")) {
                socket = line;
            } else if (line.startsWith("core id")) {
                cores.add(socket + line);
            }
        }
        return cores.size();
    }
}
