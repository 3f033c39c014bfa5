package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Journal;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.local.OpenMp;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.models.store.ModelStore;
import dev.troupe.models.store.StoredModel;
import dev.troupe.runtime.host.Folders;
import dev.troupe.tools.sandbox.SandboxConfig;
import dev.troupe.tools.sandbox.SandboxProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at what Troupe needs on this machine, one thing after the other; what fails does not keep it from the rest. */
final class Doctor {
    /** The default local model with room for what comes with it. */
    private static final long CACHE_BYTES = 2_000_000_000L;

    private static final long DATA_BYTES = 100_000_000L;
    private static final long MEMORY_BYTES = 3_000_000_000L;

    private final Invocation invocation;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Invocation invocation) {
        this.invocation = invocation;
    }

    /** How something is. */
    enum State {
        OK,
        /** It works, with less than it could. */
        NOTE,
        /** Something cannot work. */
        MISSING
    }

    /**
     * One thing that was looked at.
     *
     * @param mend what to do, or null where there is nothing to do
     */
    record Finding(
            String name,
            State state,
            String found,
            @Nullable String mend) {}

    List<Finding> examine() {
        look("java", this::java);
        look("memory", this::memory);
        sandbox();
        look("openmp", Doctor::openMp);
        Folders folders = invocation.folders();
        look("cache", () -> folder("cache", folders.cache(), CACHE_BYTES, "TROUPE_CACHE names another folder"));
        look("data", () -> folder("data", folders.data(), DATA_BYTES, "--data names another folder"));
        look("journal", this::journal);
        look("models", this::models);
        look("log", () -> new Finding("log", State.OK, Logs.file(folders.log()).toString(), null));
        return List.copyOf(findings);
    }

    private void look(String name, Supplier<Finding> look) {
        invocation.cancellation().throwIfCancelled();
        try {
            findings.add(look.get());
        } catch (TroupeException e) {
            findings.add(new Finding(name, State.MISSING, String.valueOf(e.getMessage()), e.hint()));
        }
    }

    private Finding java() {
        String version = VersionCommand.versions().getOrDefault("java", "?");
        boolean linux = "Linux".equals(System.getProperty("os.name"));
        return linux
                ? new Finding("java", State.OK, version, null)
                : new Finding(
                        "java",
                        State.MISSING,
                        version + " on " + System.getProperty("os.name"),
                        "the sandbox needs Linux (or WSL2); elsewhere no code can be run");
    }

    private Finding memory() {
        long bytes = totalMemory();
        int processors = Runtime.getRuntime().availableProcessors();
        String found = Amounts.bytes(bytes) + ", " + Amounts.count(processors, "processor");
        return bytes >= MEMORY_BYTES
                ? new Finding("memory", State.OK, found, null)
                : new Finding(
                        "memory", State.NOTE, found, "the default local model wants " + Amounts.bytes(MEMORY_BYTES));
    }

    private static long totalMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private void sandbox() {
        invocation.cancellation().throwIfCancelled();
        SandboxProbe.Report report =
                SandboxProbe.report(SandboxConfig.standard(Path.of("").toAbsolutePath()));
        if (!report.python().isEmpty()) {
            findings.add(new Finding("python", State.OK, report.python(), null));
        }
        if (report.usable()) {
            findings.add(new Finding("sandbox", State.OK, report.sandbox(), null));
            boolean watcher = report.limits().equals("watcher");
            findings.add(new Finding(
                    "limits",
                    watcher ? State.NOTE : State.OK,
                    "held by a " + report.limits(),
                    watcher
                            ? "no control group is writable; limits are watched instead, a little less tightly"
                            : null));
        }
        for (SandboxProbe.Problem problem : report.problems()) {
            findings.add(new Finding(
                    "sandbox", report.usable() ? State.NOTE : State.MISSING, problem.what(), problem.mend()));
        }
    }

    private static Finding openMp() {
        return OpenMp.find()
                .map(file -> new Finding("openmp", State.OK, file.toString(), null))
                .orElseGet(() -> new Finding(
                        "openmp", State.MISSING, "libgomp.so.1, without which no local model can be run", OpenMp.MEND));
    }

    private static Finding folder(String name, Path folder, long wanted, String other) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String found = folder + ", " + Amounts.bytes(free) + " free";
            if (!Files.isDirectory(there) || !Files.isWritable(there)) {
                return new Finding(name, State.MISSING, folder + " cannot be written", other);
            }
            return free >= wanted
                    ? new Finding(name, State.OK, found, null)
                    : new Finding(name, State.NOTE, found, "free some space (" + Amounts.bytes(wanted) + "); " + other);
        } catch (IOException e) {
            return new Finding(name, State.MISSING, folder + ": " + e.getMessage(), other);
        }
    }

    private Finding journal() {
        Path data = invocation.folders().data();
        if (!Files.exists(data.resolve("journal.db"))) {
            return new Finding("journal", State.OK, "none yet", null);
        }
        try (Journal journal = Journal.open(data)) {
            List<String> wrong = journal.verify();
            return wrong.isEmpty()
                    ? new Finding(
                            "journal",
                            State.OK,
                            Amounts.count(journal.lastSequence()) + " entries, each as written",
                            null)
                    : new Finding(
                            "journal",
                            State.MISSING,
                            String.join("; ", wrong),
                            "restore the folder from a copy: " + data);
        }
    }

    private Finding models() {
        List<String> here = ModelStore.open(
                        invocation.folders().cache(),
                        ModelCatalogue.builtIn(),
                        invocation.terminal().environment())
                .list()
                .stream()
                .filter(stored -> stored.state() == StoredModel.State.INSTALLED)
                .map(stored -> stored.model().name())
                .toList();
        return here.isEmpty()
                ? new Finding("models", State.NOTE, "no local model is here yet", "a run fetches what its team needs")
                : new Finding("models", State.OK, String.join(", ", here), null);
    }
}
