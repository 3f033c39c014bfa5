package dev.troupe.knowledge.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process did to a folder and said on standard output, in order, read from the log of strace. */
final class SystemCalls {
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>.*= 0$");

    private SystemCalls() {}

    /** One of them. */
    sealed interface Call {
        record Created(String file) implements Call {}

        record Removed(String file) implements Call {}

        record Written(String file, long offset, byte[] bytes) implements Call {}

        record Truncated(String file, long size) implements Call {}

        /** The sync has returned. */
        record Synced(String file) implements Call {}

        record Said(String line) implements Call {}
    }

    static List<String> command(Path log, List<String> traced) {
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-y",
                "-xx",
                "-s",
                "100000000",
                "-e",
                "trace=openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink",
                "-o",
                log.toString()));
        command.addAll(traced);
        return command;
    }

    /** Calls on files directly in the folder, by their names; the folder itself is the empty name. */
    static List<Call> read(Path log, Path folder) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, String> syncing = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher resumed = RESUMED.matcher(line);
                Matcher call = CALL.matcher(line);
                if (resumed.matches() && syncing.containsKey(resumed.group(1))) {
                    calls.add(new Call.Synced(syncing.remove(resumed.group(1))));
                } else if (call.matches()) {
                    add(calls, syncing, call.group(1), call.group(2), call.group(3), folder);
                }
            }
        }
        return calls;
    }

    private static void add(
            List<Call> calls, Map<String, String> syncing, String pid, String name, String rest, Path folder) {
        if (name.equals("write") && rest.startsWith("1<")) {
            calls.add(new Call.Said(new String(quoted(rest), StandardCharsets.UTF_8).strip()));
            return;
        }
        boolean byName = name.equals("openat") || name.equals("unlink");
        String path = byName ? new String(quoted(rest), StandardCharsets.UTF_8) : descriptor(rest);
        if (!path.equals(folder.toString()) && !folder.equals(Path.of(path).getParent())) {
            return;
        }
        String file = path.equals(folder.toString())
                ? ""
                : path.substring(folder.toString().length() + 1);
        String after = rest.substring(rest.lastIndexOf('"') + 1);
        switch (name) {
            case "openat" -> {
                if (rest.contains("O_CREAT")) {
                    calls.add(new Call.Created(file));
                }
            }
            case "unlink" -> calls.add(new Call.Removed(file));
            case "pwrite64" -> calls.add(new Call.Written(file, number(after, 2), quoted(rest)));
            case "ftruncate" -> calls.add(new Call.Truncated(file, number(after.substring(after.indexOf('>') + 1), 1)));
            case "fsync", "fdatasync" -> {
                if (rest.endsWith("= 0")) {
                    calls.add(new Call.Synced(file));
                } else if (rest.endsWith("<unfinished ...>")) {
                    syncing.put(pid, file);
                }
            }
            default -> {
                // Plain writes only go to files that the journal does not count on.
            }
        }
    }

    private static long number(String arguments, int index) {
        return Long.parseLong(arguments.split(",")[index].strip().replaceAll("[^0-9].*$", ""));
    }

    private static byte[] quoted(String text) {
        int start = text.indexOf('"') + 1;
        return hex(text, start, text.indexOf('"', start));
    }

    private static String descriptor(String text) {
        int start = text.indexOf('<') + 1;
        int end = text.indexOf('>', start);
        return start == 0 || end < 0 || text.charAt(start) != '\\'
                ? "-"
                : new String(hex(text, start, end), StandardCharsets.UTF_8);
    }

    /** {@code \x6a\x6f} as bytes. */
    private static byte[] hex(String text, int start, int end) {
        byte[] bytes = new byte[Math.max(0, end - start) / 4];
        for (int i = 0; i < bytes.length; i++) {
            int at = start + i * 4 + 2;
            bytes[i] = (byte) (Character.digit(text.charAt(at), 16) * 16 + Character.digit(text.charAt(at + 1), 16));
        }
        return bytes;
    }
}
