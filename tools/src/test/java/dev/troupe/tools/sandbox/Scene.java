package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A machine as a hostile program may find it: a team with granted files, a user's home, other programs' things. */
final class Scene {
    private static final String SECRET =
            "troupe-secret-" + ProcessHandle.current().pid();
    private static final Set<String> OF_ANY_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE", "LC_ALL");

    private final Path team;
    private final Path work;
    private final Neighbourhood around;
    private final Map<String, String> granted;

    Scene(Path folder, Neighbourhood around) throws IOException {
        this.team = Files.createDirectories(folder.resolve("team"));
        this.work = folder.resolve("work");
        this.around = around;
        around.tidy();
        Files.createDirectories(team.resolve("data"));
        Files.createDirectories(team.resolve("nested"));
        Files.writeString(team.resolve("data/sales.csv"), "region,revenue\nnorth,7\n");
        Files.writeString(team.resolve("nested/one.csv"), "1\n");
        Files.createSymbolicLink(team.resolve("data/link.txt"), around.home().resolve("secret.txt"));
        this.granted = grants();
    }

    /** Runs the program with these defences, then a harmless one; whether the attack has succeeded. */
    Outcome play(Hostile hostile, Mechanism mechanism, Set<Defence> defences) throws IOException {
        return play(hostile, mechanism, defences, null);
    }

    /** The same for a team that grants hosts. */
    Outcome play(Hostile hostile, Mechanism mechanism, Set<Defence> defences, EgressConfig egress) throws IOException {
        SandboxConfig config = SandboxConfig.standard(team)
                .withFiles(List.of(Path.of("data"), Path.of("nested/one.csv")))
                .withLimits(hostile.limits())
                .withMechanism(mechanism)
                .withEgress(egress);
        try (CodeExecutor executor = Sandbox.open(config, defences)) {
            CodeResult attack = run(executor, "python", preamble(hostile.limits(), egress != null) + hostile.source());
            List<String> marks = marks(attack);
            CodeResult next = harmless(executor);
            if (hostile.leavesSomethingLater() && appears(work.resolve("late"))) {
                marks.add("something of it lived on");
            }
            if (!around.marks().isEmpty()) {
                marks.add("a file was written elsewhere");
            }
            return new Outcome(attack, marks, next);
        } finally {
            // JUnit warns of links that lead out of a temporary folder.
            Files.deleteIfExists(team.resolve("data/link.txt"));
        }
    }

    /**
     * What came of it.
     *
     * @param marks what shows that the attack has succeeded
     * @param next the harmless program's result
     */
    record Outcome(CodeResult attack, List<String> marks, CodeResult next) {
        boolean breached() {
            return !marks.isEmpty();
        }
    }

    private CodeResult harmless(CodeExecutor executor) {
        try {
            return run(executor, "sh", "cat data/sales.csv nested/one.csv");
        } catch (TroupeException e) {
            return new CodeResult(-1, e.toString(), CodeResult.End.EXITED, Duration.ZERO, List.of());
        }
    }

    private CodeResult run(CodeExecutor executor, String language, String source) {
        return executor.run(
                new CodeRequest(language, source, work), piece -> {}, CallContext.standalone(Duration.ofSeconds(60)));
    }

    private List<String> marks(CodeResult attack) throws IOException {
        List<String> marks = new ArrayList<>();
        if (attack.output().contains("BREACHED")) {
            marks.add("it says so");
        }
        if (around.sentinel().wasTouched()) {
            marks.add("another process was signalled");
        }
        if (!grants().equals(granted)) {
            marks.add("granted files have changed");
        }
        for (Path artifact : attack.artifacts()) {
            if (!artifact.toRealPath().startsWith(work.toRealPath())) {
                marks.add("an artifact leads elsewhere");
            }
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.toList()) {
                int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                if ((mode & 06000) != 0) {
                    marks.add("a set-user-id program was left");
                }
            }
        }
        return marks;
    }

    private static boolean appears(Path file) {
        long until = System.nanoTime() + 900_000_000L;
        while (!Files.exists(file) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(10_000_000);
        }
        return Files.exists(file);
    }

    private String preamble(Limits limits, boolean network) {
        Set<String> foreign = new TreeSet<>(System.getenv().keySet());
        foreign.removeAll(Bubblewrap.environment("", "").keySet());
        foreign.removeAll(OF_ANY_SHELL);
        if (network) {
            // The sandbox has its own of these, whatever the machine has.
            foreign.removeAll(WayOut.environment().keySet());
        }
        SystemCallFilter.Machine machine = SystemCallFilter.Machine.current().orElseThrow();
        String numbers = SystemCallRules.ALL.stream()
                .map(rule -> "'" + rule.name() + "': " + rule.number(machine))
                .distinct()
                .collect(Collectors.joining(", ", "{", "}"));
        return """
                import ctypes, os, signal, socket, sys, time
                libc = ctypes.CDLL(None, use_errno=True)
                def breached(what=''):
                    print('BREA' + 'CHED', what, flush=True)
                SECRET, HOME, TMP, SENTINEL, SEMAPHORE, PORT = '%s', '%s', '%s', %d, %d, %d
                MEMORY, DISK = %d, %d
                NR = %s
                FOREIGN_VARIABLES = {%s}
                """.formatted(
                        around.secret(),
                        around.home(),
                        around.tmp(),
                        around.sentinel().pid(),
                        around.sentinel().semaphore(),
                        around.sentinel().port(),
                        limits.memory(),
                        limits.disk(),
                        numbers,
                        foreign.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")));
    }

    private Map<String, String> grants() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(team)) {
            for (Path file : files.toList()) {
                boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                state.put(
                        file.toString(),
                        Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS)
                                + (regular ? Files.readString(file) : ""));
            }
        }
        return state;
    }
}
