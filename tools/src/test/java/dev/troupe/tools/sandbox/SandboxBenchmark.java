package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the sandbox adds to a program's cold start: the same file in the bare interpreter and in the sandbox, in
 * turns, so that a busy machine is as busy for both; each pair waits for a quiet moment. Prints a table in Markdown; {@code docs/benchmarks/sandbox.md} has
 * the result.
 */
public final class SandboxBenchmark {
    private static final List<String> PROGRAMS = List.of(
            "pass",
            "import csv, json, collections\nprint(sum(i * i for i in range(1000)))",
            "total = 0\nfor i in range(1_000_000):\n  total += i\nprint(total)");
    private static final int WARM_UP = 10;

    private SandboxBenchmark() {}

    /**
     * @param arguments the number of pairs, 60 if left out
     */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
        System.out.println(
                "| program | limits held by | bare p10 / p50 ms | sandbox p10 / p50 ms | p10 - p10 ms | more p50 ms |");
        System.out.println("|---|---|---|---|---|---|");
        Path folder = Files.createTempDirectory("sandbox-benchmark");
        for (Mechanism mechanism : mechanisms()) {
            try (CodeExecutor executor =
                    Sandbox.open(SandboxConfig.standard(folder).withMechanism(mechanism))) {
                for (String program : PROGRAMS) {
                    measure(executor, mechanism, program, folder, pairs);
                }
            }
        }
    }

    private static List<Mechanism> mechanisms() {
        return ControlGroups.find().isPresent()
                ? List.of(Mechanism.CONTROL_GROUP, Mechanism.WATCHER)
                : List.of(Mechanism.WATCHER);
    }

    private static void measure(CodeExecutor executor, Mechanism mechanism, String program, Path folder, int pairs)
            throws IOException, InterruptedException {
        double[] bare = new double[pairs];
        double[] sandboxed = new double[pairs];
        double[] more = new double[pairs];
        for (int i = -WARM_UP; i < pairs; i++) {
            awaitQuiet();
            double one;
            double other;
            if (i % 2 == 0) {
                one = bare(program, folder);
                other = sandboxed(executor, program, folder);
            } else {
                other = sandboxed(executor, program, folder);
                one = bare(program, folder);
            }
            if (i >= 0) {
                bare[i] = one;
                sandboxed[i] = other;
                more[i] = other - one;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %s | %.1f / %.1f | %.1f / %.1f | %.1f | %.1f |%n",
                program.lines().reduce((a, b) -> a + "; " + b.strip()).orElse(""),
                mechanism.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                quantile(bare, 0.1),
                quantile(bare, 0.5),
                quantile(sandboxed, 0.1),
                quantile(sandboxed, 0.5),
                quantile(sandboxed, 0.1) - quantile(bare, 0.1),
                quantile(more, 0.5));
    }

    /** Waits, at most a second, until nothing else has wanted a processor for some milliseconds. */
    private static void awaitQuiet() throws IOException {
        long until = System.nanoTime() + 1_000_000_000L;
        for (int quiet = 0; quiet < 4 && System.nanoTime() < until; ) {
            LockSupport.parkNanos(3_000_000);
            boolean alone = Files.readAllLines(Path.of("/proc/stat")).contains("procs_running 1");
            quiet = alone ? quiet + 1 : 0;
        }
    }

    /** As a user without Troupe would: the interpreter itself, the file, its output read to the end. */
    private static double bare(String program, Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("bare.py"), program);
        List<String> command = new ArrayList<>();
        command.add(PythonInterpreter.find("python3").executable().toString());
        command.addAll(List.of("-s", "-B", "-u", file.toString()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the bare interpreter failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double sandboxed(CodeExecutor executor, String program, Path folder) {
        CodeRequest request = new CodeRequest("python", program, folder.resolve("work"));
        long start = System.nanoTime();
        CodeResult result = executor.run(request, piece -> {}, CallContext.standalone(Duration.ofSeconds(30)));
        double millis = (System.nanoTime() - start) / 1e6;
        if (!result.succeeded()) {
            throw new IllegalStateException(result.toString());
        }
        return millis;
    }

    private static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(q * (sorted.length - 1))];
    }
}
