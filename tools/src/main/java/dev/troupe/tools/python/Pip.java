package dev.troupe.tools.python;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An interpreter's own pip. With a target folder it never touches the interpreter's packages, which is why a system that
 * manages those itself (PEP 668) does not object.
 */
final class Pip {
    private static final int LAST_WORDS = 8;
    /** The lines that say how it goes; the others are about the interpreter's own packages, which are not concerned. */
    private static final List<String> PROGRESS =
            List.of("Collecting ", "Downloading ", "  Downloading ", "Installing ");

    private final PythonInterpreter python;

    Pip(PythonInterpreter python) {
        this.python = python;
    }

    /** Runs {@code pip install} into a folder; see {@link PackageSet#install}. */
    @SuppressWarnings("try") // The registration only has to be closed.
    void install(List<String> requirements, Path target, Consumer<String> progress, CallContext context)
            throws IOException {
        context.check();
        Process process = start(requirements, target);
        CompletableFuture<Void> overdue = CompletableFuture.runAsync(
                () -> end(process),
                CompletableFuture.delayedExecutor(context.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS));
        Deque<String> lastWords = new ArrayDeque<>();
        try (Cancellation.Registration registration = context.cancellation().onCancel(() -> end(process));
                BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    if (PROGRESS.stream().anyMatch(line::startsWith)) {
                        progress.accept(line.strip());
                    }
                    lastWords.add(line.strip());
                }
                if (lastWords.size() > LAST_WORDS) {
                    lastWords.remove();
                }
            }
            int exitCode = process.waitFor();
            context.check();
            if (exitCode != 0) {
                throw failed(requirements, lastWords);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted while pip ran", null, e);
        } finally {
            overdue.cancel(false);
            end(process);
        }
    }

    private Process start(List<String> requirements, Path target) throws IOException {
        List<String> command = new ArrayList<>(List.of(python.executable().toString(), "-m", "pip", "install"));
        command.addAll(List.of("--target", target.toString(), "--only-binary", ":all:", "--no-input"));
        command.addAll(List.of("--disable-pip-version-check", "--no-color", "--progress-bar", "off", "--"));
        command.addAll(requirements);
        // With -m the current folder is searched for modules first: let it be one that is empty.
        return new ProcessBuilder(command)
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private TroupeException failed(List<String> requirements, Deque<String> lastWords) {
        String said = String.join("\n  ", lastWords);
        if (said.contains("No module named pip")) {
            return new TroupeException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "tools.python.packages: " + python.executable() + " has no pip",
                    "install it: apt-get install python3-pip, or " + python.executable() + " -m ensurepip");
        }
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
            return new TroupeException(
                    ErrorCode.STORAGE,
                    "python packages: " + String.join(", ", requirements)
                            + " cannot be stored: the disk is full (expected: free space)",
                    "free some space, or set TROUPE_CACHE to a folder on a larger disk");
        }
        return new TroupeException(
                ErrorCode.SANDBOX_UNAVAILABLE,
                "tools.python.packages: pip could not install " + String.join(", ", requirements) + ":\n  " + said,
                "look at the names, and whether the package index can be reached");
    }
}
