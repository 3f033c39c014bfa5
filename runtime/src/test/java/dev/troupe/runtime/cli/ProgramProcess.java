package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The real program in a process of its own, in folders of its own. */
record ProgramProcess(Process process, Path err) {
    /** A signal that was ignored when these tests were started would be ignored by the program, as it should be. */
    static final List<String> HEARS_SIGNALS = hearing("env", "--default-signal=INT,HUP");

    static ProgramProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), Main.class, folder, environment, arguments);
    }

    /** @param within what the Java command is the end of, such as a sandbox with a disk of its own; or nothing */
    static ProgramProcess start(
            List<String> within, Class<?> main, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(HEARS_SIGNALS);
        command.addAll(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("TROUPE_") || name.startsWith("XDG_") || name.startsWith("DJL_"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        Path err = folder.resolve("err");
        return new ProgramProcess(builder.redirectError(err.toFile()).start(), err);
    }

    /** Older systems' env does not know the option. */
    private static List<String> hearing(String... prefix) {
        List<String> trial = new ArrayList<>(List.of(prefix));
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0 ? List.of(prefix) : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    void awaitChild() throws IOException {
        await(() -> process.descendants().findAny().isPresent());
    }

    /** Waits until standard error holds the text. */
    void awaitSaid(String text) throws IOException {
        await(() -> said().contains(text));
    }

    void awaitThread(String name) {
        await(() -> {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                return threads.anyMatch(thread -> name.equals(nameOf(thread)));
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            // It has ended since.
            return "";
        }
    }

    void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                throw new AssertionError("it did not come to that: " + said());
            }
            Thread.onSpinWait();
        }
    }

    String said() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All of standard output, when it has ended. */
    String out() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Sends a signal; within two seconds the process must be gone, with this exit code and everything below it. */
    void endsBy(String signal, int exitCode) throws Exception {
        try (Stream<ProcessHandle> below = process.descendants()) {
            List<ProcessHandle> children = below.toList();
            long start = System.nanoTime();
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(kill.exitValue()).isZero();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(said()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(process.exitValue()).as(said()).isEqualTo(exitCode);
            // Orphans are there until the machine's first process has taken note of their end.
            for (ProcessHandle child : children) {
                assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
            }
        }
    }
}
