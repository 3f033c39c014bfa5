package dev.troupe.runtime.cli;

import dev.troupe.knowledge.demonstration.Merging;
import dev.troupe.knowledge.demonstration.Merging.Merged;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.portable.DemonstrationFile;
import dev.troupe.knowledge.portable.Scrubber;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Demonstrations between machines. */
final class DemosTransfer {
    private DemosTransfer() {}

    @Command(
            name = "export",
            description = {
                "Writes demonstrations into a new file, one JSON object a line, with where they come from and how far",
                "they are trusted. Secrets, keys and the names in paths of home folders are taken out."
            },
            footer = {"  troupe demos export learned.jsonl", "  troupe demos export - --team analyst > learned.jsonl"})
    static final class Export implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(paramLabel = "<file>", description = "A new file, or - for standard output.")
        private String file = "";

        @Option(names = "--team", paramLabel = "<team>", description = "Only those of this team. Default: all teams.")
        private @Nullable String team;

        Export(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            if (file.equals("-") && invocation.json()) {
                throw new TroupeException(
                        ErrorCode.USAGE, "--json: with a file on standard output (expected: one of them)", null);
            }
            List<Demonstration> found;
            try (Knowledge knowledge = Knowledge.open(invocation)) {
                // Oldest first: what another was learned from stands before it.
                found = knowledge
                        .demonstrations()
                        .list(CallContext.LOCAL, team, Integer.MAX_VALUE)
                        .reversed();
            }
            StringWriter text = new StringWriter();
            int scrubbed;
            try {
                scrubbed = DemonstrationFile.write(
                        found, new Scrubber(invocation.terminal().environment()), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (file.equals("-")) {
                invocation.out().print(text);
                invocation.out().flush();
            } else {
                write(text.toString());
                invocation.result(
                        Json.object("file", file, "exported", found.size(), "scrubbed", scrubbed),
                        Amounts.count(found.size(), "demonstration") + " written to " + file
                                + (scrubbed == 0
                                        ? ""
                                        : "; something was taken out of " + scrubbed
                                                + ", which count as candidates now"));
            }
            return ExitCodes.OK;
        }

        private void write(String text) {
            try (BufferedWriter out =
                    Files.newBufferedWriter(Path.of(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(text);
            } catch (FileAlreadyExistsException e) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "file: " + file + " exists (expected: a new one)", null, e);
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.STORAGE, "file: " + file + " cannot be written: " + e.getMessage(), null, e);
            }
        }
    }

    @Command(
            name = "import",
            description = {
                "Takes demonstrations over from a file that `demos export` wrote, also of an older version. The same file",
                "twice is as once. Of each question the program with the better word for it is kept."
            },
            footer = {"  troupe demos import learned.jsonl", "  troupe demos import mine.jsonl --trust"})
    static final class Import implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(paramLabel = "<file>", description = "The file.")
        private Path file = Path.of("");

        @Option(
                names = "--trust",
                description = {
                    "Verdicts in the file count as if they had been given here: for files of your own. Without it, all",
                    "are candidates: shown with a label, never run again as they are."
                })
        private boolean trust;

        Import(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            List<Demonstration> read = read();
            Map<Merging.Outcome, Integer> counts = new EnumMap<>(Merging.Outcome.class);
            Map<String, String> ids = new HashMap<>();
            try (Knowledge knowledge = Knowledge.open(invocation)) {
                for (Demonstration foreign : read) {
                    if (trust || !foreign.retired()) {
                        Merged merged = knowledge.demonstrations().merge(here(foreign, ids));
                        ids.put(foreign.id(), merged.id());
                        counts.merge(merged.outcome(), 1, Integer::sum);
                    }
                }
            }
            Map<String, @Nullable Object> machine = Json.object("file", file.toString(), "read", read.size());
            StringBuilder text = new StringBuilder(Amounts.count(read.size(), "demonstration") + " read");
            for (Merging.Outcome outcome : Merging.Outcome.values()) {
                String name = outcome.name().toLowerCase(Locale.ROOT);
                int count = counts.getOrDefault(outcome, 0);
                machine.put(name, count);
                text.append(count == 0 ? "" : ", " + count + " " + name);
            }
            invocation.result(machine, text.toString());
            return ExitCodes.OK;
        }

        /** With what it was learned from by its id here, and believed as far as the user does. */
        private Demonstration here(Demonstration d, Map<String, String> ids) {
            return new Demonstration(
                    d.id(),
                    d.tenant(),
                    d.team(),
                    d.task(),
                    d.question(),
                    d.language(),
                    d.code(),
                    List.of(),
                    d.answer(),
                    d.rung(),
                    d.model(),
                    d.inputTokens(),
                    d.outputTokens(),
                    trust ? d.verified() : Judge.NONE,
                    trust ? d.helped() : 0,
                    trust ? d.misled() : 0,
                    d.learnedFrom() == null ? null : ids.get(d.learnedFrom()),
                    trust ? d.contradictedBy() : null,
                    trust && d.retired());
        }

        private List<Demonstration> read() {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                return DemonstrationFile.read(file.toString(), in, CallContext.LOCAL);
            } catch (CharacterCodingException e) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, file + ": not valid UTF-8 (expected: text in UTF-8)", null, e);
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.NOT_FOUND, "file: " + file + " (expected: a file that can be read)", null, e);
            }
        }
    }
}
