package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Money;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a process of its own, and real signals, in each phase of its work. */
@Timeout(90)
class InterruptsTest {
    private static final String FOR_EVER = "import time\\nwhile True:\\n    time.sleep(1)";

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void aTaskOfYesterday() {
        data = folder.resolve(".local/share/troupe");
        try (Journal journal = Journal.open(data)) {
            journal.append(new Entry.TaskEnded(SampleTasks.solved(Judge.NONE, Money.ZERO, null)));
        }
    }

    @Test
    void ctrlC_duringADownload_endsSoon_andLeavesNoChildBehind() throws Exception {
        ProgramProcess program = pullThatHangs();
        program.endsBy("INT", 130);
        assertCancelled(program.out());
    }

    @Test
    void termination_endsLikewise_withItsOwnCode() throws Exception {
        // 128 plus 15.
        pullThatHangs().endsBy("TERM", 143);
    }

    @Test
    void ctrlC_whileTheQuestionIsRead_endsSoon() throws Exception {
        ProgramProcess program = ProgramProcess.start(folder, Map.of(), "run", folder.toString(), "-");
        program.awaitThread("standard-input");
        program.endsBy("INT", 130);
        assertThat(program.said()).contains("error: cancelled: interrupted");
        assertStored();
    }

    @Test
    void ctrlC_whileAnInterpreterHangs_endsSoon() throws Exception {
        executable("python3", "exec sleep 60");
        ProgramProcess program = run(TinyEndpoint.TEAM, "http://127.0.0.1:9/v1", withOwnPath());
        program.awaitChild();
        program.endsBy("INT", 130);
        assertStored();
    }

    @Test
    void ctrlC_whilePackagesAreInstalled_endsSoon() throws Exception {
        // What the interpreter says of itself is believed, so it must say that it is this one.
        executable("python3", """
                [ "$2" != pip ] || exec sleep 60
                printf '%s\\n' "$0" /usr /usr 3.11.0 test-tag""");
        ProgramProcess program = run(
                TinyEndpoint.TEAM.replace("python: {}", "python: { packages: [iniconfig] }"),
                "http://127.0.0.1:9/v1",
                withOwnPath());
        program.await(() -> program.process()
                .descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
        program.endsBy("INT", 130);
        assertCancelled(program.out());
        assertStored();
    }

    @Test
    void ctrlC_whileAnEndpointIsSilent_endsSoon_andTheTaskIsStored() throws Exception {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            endpoint.hangs();
            ProgramProcess program = run(TinyEndpoint.TEAM, endpoint.url(), Map.of());
            program.await(endpoint::wasAsked);
            program.endsBy("INT", 130);
            assertCancelled(program.out());
            assertStored("cancelled");
        }
    }

    @Test
    void ctrlC_whileAProgramRuns_endsSoon_andTheTaskIsStored() throws Exception {
        try (TinyEndpoint endpoint = new TinyEndpoint()) {
            endpoint.says("```python\\n" + FOR_EVER + "\\n```");
            ProgramProcess program = run(TinyEndpoint.TEAM, endpoint.url(), Map.of());
            program.await(() -> program.process().descendants().anyMatch(InterruptsTest::isTheProgram));
            program.endsBy("INT", 130);
            assertCancelled(program.out());
            assertStored("cancelled");
        }
    }

    @Test
    void ctrlC_whileALocalModelIsLoaded_endsSoon_andLeavesNoProcess() throws Exception {
        String model = "smollm2-135m";
        ModelStore.standard().pull(model, progress -> {}, CallContext.standalone(Duration.ofMinutes(10)));
        Files.writeString(
                folder.resolve("team.yaml"),
                TinyEndpoint.TEAM.replaceAll("small: .*", "small: { provider: local, model: " + model + " }"));
        ProgramProcess program = ProgramProcess.start(
                folder,
                Map.of("TROUPE_CACHE", CacheFolder.of(System.getenv()).toString()),
                "run",
                folder.toString(),
                "How many?");
        program.awaitSaid("▸ quick");
        program.endsBy("INT", 130);
        assertThat(program.said()).contains("error: cancelled: interrupted");
        assertStored("cancelled");
    }

    private static boolean isTheProgram(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("/main.py");
    }

    /** Python that says nothing stands in for a line that says nothing. */
    private ProgramProcess pullThatHangs() throws IOException {
        Path python = executable("python", "exec sleep 60");
        ProgramProcess program = ProgramProcess.start(
                folder,
                Map.of("TROUPE_CACHE", folder.resolve("cache").toString(), "TROUPE_PYTHON", python.toString()),
                "models",
                "pull",
                "smollm2-135m",
                "--json");
        program.awaitChild();
        return program;
    }

    private ProgramProcess run(String team, String url, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("team.yaml"), team.replace("URL", url));
        return ProgramProcess.start(folder, environment, "run", folder.toString(), "How many?", "--json");
    }

    private Path executable(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Map<String, String> withOwnPath() {
        return Map.of("PATH", folder + ":" + System.getenv("PATH"));
    }

    private static void assertCancelled(String out) throws IOException {
        assertThat(Json.MAPPER.readTree(out).at("/error/code").asText()).isEqualTo("CANCELLED");
    }

    /** The journal opens, is as it was written, and holds the task of yesterday and then tasks that ended like this. */
    private void assertStored(String... outcomes) {
        List<String> expected = new ArrayList<>(List.of("solved"));
        expected.addAll(List.of(outcomes));
        List<String> found = new ArrayList<>();
        try (Journal journal = Journal.open(data)) {
            assertThat(journal.verify()).isEmpty();
            journal.read(0, List.of(), stored -> {
                if (stored.entry() instanceof Entry.TaskEnded ended) {
                    TaskRecord record = ended.record();
                    found.add(record.outcome());
                }
            });
        }
        assertThat(found).isEqualTo(expected);
    }
}
