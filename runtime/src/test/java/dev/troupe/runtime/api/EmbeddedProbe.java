package dev.troupe.runtime.api;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Loads a team several times in this process, and prints how long that took and what it holds. Run by a test. */
final class EmbeddedProbe {
    private EmbeddedProbe() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        long[] millis = new long[5];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            try (Team team = load(folder)) {
                millis[i] = (System.nanoTime() - start) / 1_000_000;
                if (i == millis.length - 1) {
                    System.gc();
                    long heap = ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                    System.out.println("heap " + heap / 1024);
                }
            }
        }
        for (long each : millis) {
            System.out.println("load " + each);
        }
        System.exit(0);
    }

    private static Team load(Path folder) {
        return Team.load(
                folder,
                TeamOptions.usual()
                        .data(folder.resolve("data"))
                        .cache(folder.resolve("cache"))
                        .variable("TROUPE_CONFIG", "")
                        .variable("XDG_CONFIG_HOME", folder.toString()));
    }
}
