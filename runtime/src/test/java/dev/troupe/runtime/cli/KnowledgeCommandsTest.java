package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.models.embedding.MiniLmEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands on the data folder print, after one task that left a candidate. */
class KnowledgeCommandsTest {
    @TempDir
    Path folder;

    private String learned = "";

    @BeforeEach
    void solveATask() {
        try (Journal journal = Journal.open(data());
                Embedder embedder = MiniLmEmbedder.open();
                DemonstrationLibrary library = DemonstrationLibrary.open(journal, embedder)) {
            learned = library.learn(SampleTasks.solved(Judge.NONE, Money.ZERO, null))
                    .map(Demonstration::id)
                    .orElseThrow();
            TaskRecord task = SampleTasks.solved(Judge.NONE, Money.ZERO, learned);
            journal.append(new Entry.TaskEnded(task));
        }
    }

    private Path data() {
        return folder.resolve(".local/share/troupe");
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.in(folder).run(arguments);
    }

    @Test
    void good_verifiesWhatTheLastTaskLeft() {
        assertThat(run("demos", "list").out()).contains(learned + "  analyst  candidate");
        CommandLineRun good = run("good");
        assertThat(good.exitCode()).isZero();
        assertThat(good.out()).contains("good  task 0193a7c2-5d1e…", "demonstration " + learned + " is verified");
        assertThat(run("demos", "list").out()).contains(learned + "  analyst  by person");
    }

    @Test
    void bad_onANamedTask_retiresWhatItLeft() {
        CommandLineRun bad =
                run("bad", "0193a7c2-5d1e…", "--because", "2024 was asked for", "--answer", "South", "--json");
        assertThat(bad.exitCode()).isZero();
        assertThat(bad.json().get("task").asText()).isEqualTo(SampleTasks.ID);
        assertThat(bad.json().get("retired").get(0).asText()).isEqualTo(learned);
        assertThat(run("demos", "show", learned, "--json").json().get("retired").asBoolean())
                .isTrue();
    }

    @Test
    void unknownTask_isNotFound() {
        CommandLineRun run = run("good", "ffff");
        assertThat(run.exitCode()).isEqualTo(ErrorCode.NOT_FOUND.exitCode());
        assertThat(run.err()).startsWith("error: task: ffff (expected: the id of a task that has ended)\nhint: ");
    }

    @Test
    void lastReceipt_asJson_isWhatRunPrints() {
        var json = run("receipts", "last", "--json").json();
        assertThat(json.get("task").asText()).isEqualTo(SampleTasks.ID);
        assertThat(json.get("verified").asText()).isEqualTo("none");
        assertThat(json.get("exit_code").asInt()).isZero();
        assertThat(json.get("demonstration").isNull()).isTrue();
        assertThat(json.at("/receipt/cost_usd").asText()).isEqualTo("0.000000000000");
        assertThat(json.at("/receipt/baseline/cost_usd").asText()).isEqualTo("0.003600000000");
        assertThat(json.at("/receipt/baseline/basis").asText()).isEqualTo("estimated");
        assertThat(json.at("/receipt/cached_tokens").asInt()).isEqualTo(987);
        assertThat(json.at("/receipt/steps/0/stage").asText()).isEqualTo("quick");
    }

    @Test
    void sums_byDayAndByLever() {
        assertThat(run("receipts", "by-day").out()).contains("DAY (UTC)", "1,204", "$0.0036");
        assertThat(run("receipts", "by-lever", "--json").json().get("sums"))
                .extracting(sum -> sum.get("lever").asText())
                .containsExactlyInAnyOrder("quick", "documented");
        assertThat(run("receipts", "by-agent").out()).contains("AGENT", "analyst", "1,204");
        assertThat(run("receipts", "by-day", "--from", "2026-13-01").err())
                .startsWith("error: ")
                .contains("2026-13-01 (expected: a day such as 2026-11-22)");
        assertThat(run("receipts", "by-day", "--from", "2030-01-02", "--to", "2030-01-01")
                        .exitCode())
                .isEqualTo(ErrorCode.INPUT_INVALID.exitCode());
    }

    @Test
    void demonstration_addedByHand_isVerified_rejected_andVouchedForAgain() throws Exception {
        Path code = Files.writeString(folder.resolve("regions.py"), "print('ANSWER:', 5)\n");
        CommandLineRun added = run(
                "demos",
                "add",
                "--team",
                "analyst",
                "--question",
                "How many regions are there?",
                "--code",
                code.toString(),
                "--answer",
                "5",
                "--json");
        String id = added.json().get("id").asText();
        assertThat(added.json().get("verified").asText()).isEqualTo("person");
        assertThat(run("demos", "reject", id).out()).contains("no longer shown: " + id);
        assertThat(run("demos", "reject", id).out()).contains("was retired already");
        assertThat(run("demos", "verify", id).out()).contains(id + " is verified");
        assertThat(run("demos", "show", "d-999").exitCode()).isEqualTo(ErrorCode.NOT_FOUND.exitCode());
    }

    @Test
    void demonstration_withoutALanguage_isRefused() throws Exception {
        Path code = Files.writeString(folder.resolve("regions.txt"), "5");
        CommandLineRun added =
                run("demos", "add", "--team", "a", "--question", "q", "--code", code.toString(), "--answer", "5");
        assertThat(added.exitCode()).isEqualTo(ErrorCode.INPUT_INVALID.exitCode());
        assertThat(added.err()).contains("--language: unknown from regions.txt (expected: python or sh)");
    }

    @Test
    void dataFolderInUse_hasItsOwnExitCode_andNothingIsLost() {
        try (Journal ignored = Journal.open(data())) {
            assertThat(run("receipts", "last").exitCode()).isEqualTo(ErrorCode.DATA_FOLDER_BUSY.exitCode());
        }
        assertThat(run("receipts", "last").exitCode()).isZero();
    }

    @Test
    void rebuild_makesTheViewsAnew() {
        assertThat(run("doctor", "--rebuild").out()).contains("were made anew from 2 entries");
        assertThat(run("demos", "list").out()).contains(learned);
    }

    @Test
    void doctor_namesWhatItLookedAt() {
        CommandLineRun run = run("doctor", "--json");
        assertThat(run.json().get("findings"))
                .extracting(finding -> finding.get("name").asText())
                .contains("java", "memory", "sandbox", "openmp", "cache", "data", "journal", "models", "log");
        assertThat(run.exitCode()).isEqualTo(run.json().get("well").asBoolean() ? 0 : 1);
    }

    @Test
    void doctor_onADataFolderInUse_saysSo_andGoesOn() {
        try (Journal ignored = Journal.open(data())) {
            CommandLineRun run = run("doctor", "--json");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.json().get("findings"))
                    .filteredOn(finding -> finding.get("name").asText().equals("journal"))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.get("state").asText()).isEqualTo("missing"));
        }
    }
}
