package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A shell that has set its limits and entered its control group, and waits to be told what to become. It does what Java
 * cannot do to a child of its own; and since entering a group costs a grace period of the kernel (5 ms and more), it is
 * started before it is needed. It ends when this process does.
 *
 * @param process the shell, and later what it has become
 * @param group its control group, if there are any
 */
record Launcher(Process process, @Nullable ControlGroup group) {
    /** {@code sh -c}: the largest file in 512 bytes or {@code -}, then the group's entrances. */
    private static final String WAIT = """
            ulimit -c 0; ulimit -n 512; [ "$1" = - ] || ulimit -f "$1"; shift
            for entrance; do echo $$ >"$entrance" || exit 125; done
            IFS= read -r script && . "$script"
            """;

    static List<String> command(String largestFile, @Nullable ControlGroup group) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WAIT, "troupe", largestFile));
        if (group != null) {
            group.entrances().forEach(entrance -> command.add(entrance.toString()));
        }
        return command;
    }

    /** Tells it the script that it becomes. One that is dead by now says so by its exit code. */
    void go(Path script) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((script + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    void discard() {
        process.destroyForcibly();
        if (group != null) {
            group.close();
        }
    }

    /** Words as a shell reads them back unchanged. */
    static String quote(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
