package dev.troupe.models.local;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.kherud.llama.LlamaModel;
import dev.troupe.models.local.worker.WorkerMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the process of a local model: this Java, a class path of what it needs, and nothing inherited. */
final class WorkerLauncher {
    /** The library reads LLAMA_… from the environment, and it has no business with keys. */
    private static final List<String> KEPT = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

    /**
     * Ctrl-C in a terminal reaches every process of its group. What it means is for the parent to decide; a signal that is
     * ignored when a program starts stays ignored, in the JVM too.
     */
    private static final String FOREGROUND = "trap '' INT HUP; exec \"$@\"";

    /** In a session of its own, and nobody's child; the shell stays until what it reads from ends. */
    private static final String BACKGROUND = "(setsid \"$@\" </dev/null &); exec >/dev/null; read -r _";

    private static final long LOG_BYTES = 1L << 20;
    private final LocalModelOptions options;

    WorkerLauncher(LocalModelOptions options) {
        this.options = options;
    }

    Path log() {
        return options.logFolder().resolve("local-" + options.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
    }

    /** Starts a process that connects to a socket, and ends with the connection. */
    Process start(Path socket) throws IOException {
        return builder(FOREGROUND, socket.toString())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /**
     * Starts a process that listens at a socket and belongs to nobody: neither a terminal's signals nor the end of this
     * process reach it.
     *
     * @return the start itself, over when its input is closed; its output is one line when the process listens, and
     *     ends without when it failed
     */
    Process startWarm(Path socket) throws IOException {
        return builder(
                        BACKGROUND,
                        WorkerMain.LISTEN,
                        socket.toString(),
                        Long.toString(options.keepAlive().toMillis()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private ProcessBuilder builder(String shell, String... arguments) throws IOException {
        Path library = NativeLibrary.unpack(options.nativeFolder());
        Files.createDirectories(options.logFolder());
        keepShort(log());
        ProcessBuilder builder = new ProcessBuilder(command(shell, library, arguments)).directory(library.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT);
        // By default its threads wait for each other by spinning, which on a busy machine steals the cores from the one
        // that is waited for: 1 token/s instead of 40 was seen.
        environment.put("OMP_WAIT_POLICY", "passive");
        return builder;
    }

    private static List<String> command(String shell, Path library, String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("/bin/sh", "-c", shell, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xms16m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + library,
                "-Dde.kherud.llama.lib.path=" + library,
                "-cp",
                classPath(),
                WorkerMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Changes with the model's file and with the program that runs it. */
    String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (String entry : (options.file() + File.pathSeparator + classPath()).split(File.pathSeparator, -1)) {
            File file = new File(entry);
            stamp.append(file).append(' ').append(file.length()).append(' ').append(file.lastModified());
            stamp.append('\n');
        }
        return stamp.append(System.getProperty("java.home")).toString();
    }

    private static String classPath() {
        return Stream.of(WorkerMain.class, LlamaModel.class, JsonMapper.class, JsonFactory.class, JsonTypeInfo.class)
                .map(WorkerLauncher::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return System.getProperty("java.class.path");
        }
        return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
    }

    private static void keepShort(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
