package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what confines programs on this machine. */
public final class SandboxProbe {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    /** Found once per process. */
    private static volatile @Nullable String found;

    private SandboxProbe() {}

    /**
     * What was found.
     *
     * @param sandbox for example {@code bubblewrap 0.8.0}, or empty when programs cannot be run
     * @param limits what holds the limits on memory and processes: {@code control group v1}, {@code control group v2} or
     *     {@code watcher}
     * @param filter whether system calls are filtered on this machine
     * @param python the interpreter and its version, or empty
     * @param problems what is missing, with the mend
     */
    public record Report(String sandbox, String limits, boolean filter, String python, List<Problem> problems) {
        public Report {
            problems = List.copyOf(problems);
        }

        /** Whether programs can be run as configured. */
        public boolean usable() {
            return !sandbox.isEmpty();
        }
    }

    /** Something that is missing, and what to do about it. */
    public record Problem(String what, @Nullable String mend) {}

    /** Looks, and runs a program that prints a word to be sure. Takes some tenths of a second. */
    public static Report report(SandboxConfig config) {
        List<Problem> problems = new ArrayList<>();
        String python = "";
        String sandbox = "";
        try {
            PythonInterpreter found = PythonInterpreter.find(config.python());
            python = found.executable() + " " + found.version();
            if (config.kind() == SandboxConfig.Kind.NONE) {
                problems.add(new Problem("sandbox: none (programs can do whatever you can)", "sandbox: bubblewrap"));
                sandbox = "none";
            } else {
                String version = version(bubblewrap());
                attempt(config);
                sandbox = version;
            }
        } catch (TroupeException e) {
            problems.add(new Problem(String.valueOf(e.getMessage()), e.hint()));
        }
        Optional<ControlGroups> groups = ControlGroups.find();
        String limits = groups.map(found -> "control group v" + found.version()).orElse("watcher");
        boolean filter = SystemCallFilter.Machine.current().isPresent();
        if (!filter) {
            problems.add(new Problem("system calls are not filtered on this kind of processor", null));
        }
        return new Report(sandbox, limits, filter, python, problems);
    }

    /**
     * The program itself.
     *
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE} when it is missing or too old
     */
    static String bubblewrap() {
        String known = found;
        if (known == null) {
            known = search(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
            found = known;
        }
        return known;
    }

    static String search(String path) {
        for (String folder : path.split(":", -1)) {
            Path candidate = Path.of(folder, "bwrap");
            if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
                String version = version(candidate.toString());
                Matcher matcher = VERSION.matcher(version);
                boolean recent = matcher.find()
                        && (Integer.parseInt(matcher.group(1)) > 0 || Integer.parseInt(matcher.group(2)) >= 8);
                if (!recent) {
                    throw Unavailable.tooOld(version);
                }
                return candidate.toString();
            }
        }
        throw Unavailable.notInstalled();
    }

    private static String version(String bubblewrap) {
        try {
            Process process = new ProcessBuilder(bubblewrap, "--version").start();
            try (InputStream out = process.getInputStream()) {
                return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            throw Unavailable.notInstalled();
        }
    }

    private static void attempt(SandboxConfig config) {
        SandboxConfig bare = config.withFiles(List.of()).withPackages(null);
        try (RuntimeFolder work = RuntimeFolder.open();
                CodeExecutor executor = Sandbox.open(bare)) {
            CodeRequest request = new CodeRequest("python", "print('ready')", work.path());
            CodeResult result = executor.run(request, piece -> {}, CallContext.standalone(Duration.ofSeconds(20)));
            if (!result.output().equals("ready\n")) {
                throw Unavailable.notStarted(result.output());
            }
        } catch (IOException e) {
            throw Unavailable.notStarted(String.valueOf(e.getMessage()));
        }
    }
}
