package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Demonstrations: solved questions that are shown to models that try similar ones. */
@Command(
        name = "demos",
        description = "Demonstrations: solved questions that help with similar ones.",
        synopsisSubcommandLabel = "<command>",
        footer = {"  troupe demos list", "  troupe demos show d-17", "  troupe demos verify d-17"},
        subcommands = {
            DemosCommand.ListAll.class,
            DemosCommand.Show.class,
            DemosCommand.Add.class,
            DemosCommand.Verify.class,
            DemosCommand.Reject.class,
            DemosTransfer.Export.class,
            DemosTransfer.Import.class
        })
final class DemosCommand extends Group {
    private static Map<String, @Nullable Object> machine(Demonstration demonstration) {
        return Json.object(
                "id", demonstration.id(),
                "team", demonstration.team(),
                "task", demonstration.task(),
                "question", demonstration.question(),
                "language", demonstration.language(),
                "code", demonstration.code(),
                "answer", demonstration.answer(),
                "rung", demonstration.rung(),
                "model", demonstration.model(),
                "verified", demonstration.verified().label(),
                "helped", demonstration.helped(),
                "misled", demonstration.misled(),
                "retired", demonstration.retired());
    }

    private static String state(Demonstration demonstration) {
        if (demonstration.retired()) {
            return "retired";
        }
        return switch (demonstration.verified()) {
            case NONE -> "candidate";
            case JUDGE, RULE, PERSON -> "by " + demonstration.verified().label();
        };
    }

    private static String firstLine(String text) {
        String line = SafeText.firstLine(text);
        return line.length() > 70 ? line.substring(0, 69) + "…" : line;
    }

    @Command(
            name = "list",
            description = "Lists demonstrations, newest first.",
            footer = {"  troupe demos list", "  troupe demos list --team analyst --limit 100 --json"})
    static final class ListAll implements Callable<Integer> {
        private final Invocation invocation;

        @Option(names = "--team", paramLabel = "<team>", description = "Only those of this team. Default: all teams.")
        private @Nullable String team;

        @Option(
                names = "--limit",
                paramLabel = "<count>",
                description = "At most this many. Default: ${DEFAULT-VALUE}.")
        private int limit = 50;

        ListAll(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "--limit: " + limit + " (expected: 1 or more)", null);
            }
            List<Demonstration> found;
            try (Knowledge knowledge = Knowledge.open(invocation)) {
                found = knowledge.demonstrations().list(CallContext.LOCAL, team, limit);
            }
            Table table = new Table(invocation.outStyle(), "ID", "TEAM", "VERIFIED", "HELPED", "MISLED", "QUESTION");
            found.forEach(demonstration -> table.row(
                    demonstration.id(),
                    demonstration.team(),
                    state(demonstration),
                    demonstration.helped(),
                    demonstration.misled(),
                    firstLine(demonstration.question())));
            invocation.result(
                    Json.object(
                            "demonstrations",
                            found.stream().map(DemosCommand::machine).toList()),
                    found.isEmpty()
                            ? "none yet: they come from solved tasks, or from `troupe demos add`"
                            : table.toString());
            return ExitCodes.OK;
        }
    }

    /** What works on one named demonstration. */
    abstract static class OfOne implements Callable<Integer> {
        final Invocation invocation;

        @Parameters(paramLabel = "<id>", description = "Its id: d-17.")
        String id = "";

        OfOne(Invocation invocation) {
            this.invocation = invocation;
        }

        abstract void with(Knowledge knowledge);

        @Override
        public final Integer call() {
            try (Knowledge knowledge = Knowledge.open(invocation)) {
                with(knowledge);
            }
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "show",
            description = "Shows a demonstration: its question, program, answer, and how far it is trusted.",
            footer = {"  troupe demos show d-17"})
    static final class Show extends OfOne {
        Show(Invocation invocation) {
            super(invocation);
        }

        @Override
        void with(Knowledge knowledge) {
            Demonstration found = knowledge
                    .demonstrations()
                    .find(CallContext.LOCAL, id)
                    .orElseThrow(() -> new TroupeException(
                            ErrorCode.NOT_FOUND,
                            "demonstration: " + id + " (expected: the id of one that exists)",
                            "`troupe demos list` shows the ones there are"));
            Style style = invocation.outStyle();
            String text = """
                    %s  %s  %s, helped %d, misled %d, from %s on %s
                    %s
                    %s
                    %s %s
                    """.formatted(
                    style.bold(found.id()),
                    found.team(),
                    state(found),
                    found.helped(),
                    found.misled(),
                    found.rung(),
                    found.model(),
                    SafeText.of(found.question()),
                    style.dim(
                            SafeText.of(found.code()).stripTrailing().indent(4).stripTrailing()),
                    style.bold("Answer"),
                    SafeText.of(found.answer()));
            invocation.result(machine(found), text);
        }
    }

    @Command(
            name = "add",
            description = "Adds a solution by hand; you vouch for it.",
            footer = {
                "  troupe demos add --team analyst --question \"How many regions are there?\" --code regions.py --answer 5"
            })
    static final class Add implements Callable<Integer> {
        private static final int MOST_BYTES = 64 * 1024;
        private final Invocation invocation;

        @Option(
                names = "--team",
                required = true,
                paramLabel = "<team>",
                description = "The team's name in its team file.")
        private String team = "";

        @Option(
                names = "--question",
                required = true,
                paramLabel = "<question>",
                description = "The question it solves.")
        private String question = "";

        @Option(names = "--code", required = true, paramLabel = "<file>", description = "The program, at most 64 KiB.")
        private Path code = Path.of("");

        @Option(
                names = "--language",
                paramLabel = "<language>",
                description = "python or sh. Default: by the file's name.")
        private @Nullable String language;

        @Option(names = "--answer", required = true, paramLabel = "<answer>", description = "The answer that it gives.")
        private String answer = "";

        Add(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            String asked = Question.read(invocation, question, null);
            String program = program();
            Demonstration added;
            try (Knowledge knowledge = Knowledge.open(invocation)) {
                added = knowledge
                        .demonstrations()
                        .add(CallContext.LOCAL, team, asked, languageOfFile(), program, answer);
            }
            invocation.result(machine(added), "added as " + added.id());
            return ExitCodes.OK;
        }

        private String languageOfFile() {
            String name = code.getFileName().toString();
            String found =
                    language != null ? language : name.endsWith(".sh") ? "sh" : name.endsWith(".py") ? "python" : "";
            if (!found.equals("sh") && !found.equals("python")) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "--language: " + (found.isEmpty() ? "unknown from " + name : found)
                                + " (expected: python or sh)",
                        null);
            }
            return found;
        }

        private String program() {
            try (var in = Files.newInputStream(code)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new TroupeException(
                            ErrorCode.INPUT_INVALID, "--code: more than 65536 bytes (expected: at most 65536)", null);
                }
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID, "--code: not valid UTF-8 (expected: text in UTF-8)", null, e);
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.NOT_FOUND, "--code: " + code + " (expected: a file that can be read)", null, e);
            }
        }
    }

    @Command(
            name = "verify",
            description = "Vouches for a demonstration; one that was retired comes back.",
            footer = {"  troupe demos verify d-17"})
    static final class Verify extends OfOne {
        Verify(Invocation invocation) {
            super(invocation);
        }

        @Override
        void with(Knowledge knowledge) {
            Demonstration verified = knowledge.demonstrations().verify(CallContext.LOCAL, id);
            invocation.result(machine(verified), verified.id() + " is verified");
        }
    }

    @Command(
            name = "reject",
            description = {
                "Says that a demonstration is wrong: it is not shown any more,",
                "and neither is what was learned from it, unless a person vouches for that."
            },
            footer = {"  troupe demos reject d-17"})
    static final class Reject extends OfOne {
        Reject(Invocation invocation) {
            super(invocation);
        }

        @Override
        void with(Knowledge knowledge) {
            List<String> retired = knowledge.demonstrations().reject(CallContext.LOCAL, id);
            invocation.result(
                    Json.object("retired", retired),
                    retired.isEmpty() ? id + " was retired already" : "no longer shown: " + String.join(", ", retired));
        }
    }
}
