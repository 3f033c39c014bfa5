package dev.troupe.runtime.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Fills the disk that it is given and runs commands on it. Prints what came of each as a line of JSON. */
final class OnASmallDisk {
    /** 8 MiB: a journal, an index and a log fit in. */
    static final String BYTES = "8388608";

    private final Path disk;
    private final Path cache;
    private final Path filler;

    private OnASmallDisk(Path disk, Path cache) {
        this.disk = disk;
        this.cache = cache;
        this.filler = disk.resolve("filler");
    }

    /** @param arguments the disk, and a cache folder elsewhere */
    public static void main(String[] arguments) throws IOException {
        new OnASmallDisk(Path.of(arguments[0]), Path.of(arguments[1])).run();
        // Native libraries' threads keep nobody waiting.
        System.exit(0);
    }

    private void run() throws IOException {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            Path team = Files.writeString(disk.resolve("team.yaml"), TinyEndpoint.TEAM.replace("URL", endpoint.url()));
            Path packages = Files.writeString(
                    disk.resolve("packages.yaml"),
                    Files.readString(team).replace("python: {}", "python: { packages: [setuptools==80.9.0] }"));
            step("before", cache, "run", team.toString(), "How many?");
            endpoint.first(() -> fill(0));
            step("filled while a model is asked", cache, "run", team.toString(), "How many?");
            endpoint.first(() -> {});
            step("full before it begins", cache, "run", team.toString(), "How many?");
            // Some room for what is written before the packages are.
            fill(1 << 20);
            step("full, packages", disk.resolve("cache"), "run", packages.toString(), "How many?");
            step("full, model", disk.resolve("cache"), "models", "pull", "smollm2-135m");
            Files.delete(filler);
            step("freed, last receipt", cache, "receipts", "last");
            step("freed, doctor", cache, "doctor");
            step("freed, run", cache, "run", team.toString(), "How many?");
        }
    }

    private void step(String name, Path cacheFolder, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        CommandLineRun ended = CommandLineRun.in(disk)
                .with("TROUPE_CACHE", cacheFolder.toString())
                .with("HF_ENDPOINT", "http://127.0.0.1:9")
                .run(all);
        System.out.println(Json.MAPPER
                .createObjectNode()
                .put("step", name)
                .put("exit", ended.exitCode())
                .put("err", ended.err())
                .set("out", ended.json()));
    }

    /** Until nothing more goes in, but for so many bytes. */
    private void fill(int room) {
        try {
            Files.deleteIfExists(filler);
            Path place = Files.write(disk.resolve("room"), new byte[room]);
            writeUntilFull();
            Files.delete(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeUntilFull() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (disk.toFile().getUsableSpace() >= 4096) {
                throw e;
            }
        }
    }
}
