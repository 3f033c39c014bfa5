package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hostile program: a file of {@code hostile/}, whose first lines say what it tries and which defences stop it, each of
 * them by itself. Its attack has succeeded when it prints {@code BREACHED} or leaves one of the marks that {@link Scene}
 * looks for.
 *
 * @param needs {@code root} where only root can take the defence away, {@code kernel} where a kernel may refuse by itself
 */
record Hostile(String name, String tries, Set<Defence> defences, Map<String, String> options, String source) {
    private static final long MIB = 1 << 20;

    static List<Hostile> all() {
        URL folder = Objects.requireNonNull(Hostile.class.getResource("/hostile"), "hostile");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Hostile> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                all.add(read(file));
            }
            return all;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Hostile read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<String, String> options = lines.stream()
                .skip(1)
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2).split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
        Set<Defence> defences = Arrays.stream(options.get("defences").split(", "))
                .map(Defence::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Defence.class)));
        String name = file.getFileName().toString().replace(".py", "");
        return new Hostile(name, lines.getFirst().substring(2), defences, options, String.join("\n", lines));
    }

    boolean needs(String what) {
        return Arrays.asList(options.getOrDefault("needs", "").split(", ")).contains(what);
    }

    /** Whether it does something to all that runs beside it, if nothing stops it. */
    boolean needsTheMachineAlone() {
        return options.containsKey("alone");
    }

    boolean leavesSomethingLater() {
        return options.containsKey("waits");
    }

    /** Small enough for every program to be harmless without them. */
    Limits limits() {
        return new Limits(
                Duration.ofMillis(number("wall", 15_000)),
                Duration.ofMillis(number("cpu", 15_000)),
                number("memory", 48) * MIB,
                16,
                12 * MIB,
                200,
                1024);
    }

    private long number(String option, long otherwise) {
        return options.containsKey(option) ? Long.parseLong(options.get(option)) : otherwise;
    }

    @Override
    public String toString() {
        return name;
    }
}
