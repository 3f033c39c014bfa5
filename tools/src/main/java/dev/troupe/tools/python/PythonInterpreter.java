package dev.troupe.tools.python;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Python interpreter as it describes itself. A version manager's shim costs more than a hundred milliseconds a start,
 * so the interpreter behind it is asked for once and started directly from then on.
 *
 * @param executable the program itself; inside a virtual environment the environment's own
 * @param prefix {@code sys.prefix}
 * @param basePrefix {@code sys.base_prefix}, where the standard library is
 * @param version for example {@code 3.11.7}
 * @param tag names everything that compiled packages depend on, for example {@code cpython-311-linux-x86_64}
 */
public record PythonInterpreter(Path executable, Path prefix, Path basePrefix, String version, String tag) {
    private static final Map<String, PythonInterpreter> RESOLVED = new ConcurrentHashMap<>();
    private static final String ASK = """
            import sys, sysconfig
            print(sys.executable, sys.prefix, sys.base_prefix, '%d.%d.%d' % sys.version_info[:3],
                  sys.implementation.cache_tag + '-' + sysconfig.get_platform(), sep='\\n')
            """;
    /** What of a prefix belongs to the interpreter; a virtual environment may lie in the middle of a project. */
    private static final List<String> OWN = List.of("bin", "lib", "lib64", "share", "pyvenv.cfg");

    /**
     * The interpreter behind a command, found once per process.
     *
     * @param command a name on the path, or a path
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE} when there is none
     */
    public static PythonInterpreter find(String command) {
        return RESOLVED.computeIfAbsent(command, PythonInterpreter::ask);
    }

    /** The files and folders outside {@code /usr} that it needs to run, existing ones only. */
    public List<Path> needs() {
        Set<Path> needed = new LinkedHashSet<>();
        for (Path root : List.of(basePrefix, prefix)) {
            for (String name : OWN) {
                Path path = root.resolve(name);
                if (!path.startsWith("/usr") && Files.exists(path)) {
                    needed.add(path);
                }
            }
        }
        return List.copyOf(needed);
    }

    private static PythonInterpreter ask(String command) {
        String[] lines = run(command).strip().split("\n", -1);
        if (lines.length != 5) {
            throw missing(command, null);
        }
        return new PythonInterpreter(Path.of(lines[0]), Path.of(lines[1]), Path.of(lines[2]), lines[3], lines[4]);
    }

    private static String run(String command) {
        Process process = null;
        try {
            process = new ProcessBuilder(command, "-I", "-c", ASK)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw missing(command, null);
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw missing(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted while looking for " + command, null, e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static TroupeException missing(String command, @Nullable Throwable cause) {
        return new TroupeException(
                ErrorCode.SANDBOX_UNAVAILABLE,
                "python: " + command + " does not start (expected: a Python 3 interpreter)",
                "install it: apt-get install python3",
                cause);
    }
}
