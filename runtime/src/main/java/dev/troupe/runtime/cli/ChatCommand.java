package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.Conversations.Summary;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.team.TeamFile;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks with a team. */
@Command(
        name = "chat",
        description = {
            "Talks with a team: each question is told of those before it, and files stay from one to the next.",
            "Conversations are kept and can be resumed. Without a keyboard, each line of standard input is a question."
        },
        footer = {
            "  troupe chat examples/analyst",
            "  troupe chat examples/analyst --resume",
            "  printf 'How many regions are there?\\nName them.\\n' | troupe chat examples/analyst"
        })
final class ChatCommand implements Callable<Integer> {
    private static final int LISTED = 50;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    /** Says that {@code --resume} names no conversation: the last one. */
    private static final String LAST = "";

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "<team>", description = "A team file, or the folder of its team.yaml.")
    private Path team = Path.of("");

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = LAST,
            paramLabel = "<conversation>",
            description = "Go on with the last conversation, or the one whose id begins so (--list shows them).")
    private @Nullable String resume;

    @Option(names = "--list", description = "List the conversations with this team, and end.")
    private boolean list;

    @Option(
            names = "--unsafe",
            description = "Obey `sandbox: none`: programs that a model wrote then run with all your rights.")
    private boolean unsafe;

    ChatCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        TeamFile file = RunCommand.read(invocation, team);
        if (list) {
            return list(file);
        }
        file.notices().forEach(notice -> invocation.err().println("note: " + notice));
        String conversation = resume == null ? UUID.randomUUID().toString() : resumed(file, resume);
        try (TeamHost host = RunCommand.open(invocation, file, RunCommand.settings(invocation, unsafe));
                ChatInput input = input()) {
            return new ChatSession(invocation, host, file, conversation, input).run();
        }
    }

    private ChatInput input() {
        Terminal terminal = invocation.terminal();
        boolean keyboard = terminal.inIsTerminal() && terminal.outIsTerminal() && !invocation.json();
        return keyboard
                ? KeyboardInput.open(
                        invocation.folders().data().resolve("chat-history"),
                        ChatSession.commands(),
                        invocation.err(),
                        invocation.outStyle().bold("> "))
                : new PipedInput(terminal.in(), invocation.cancellation());
    }

    /** Looked up before models are fetched and loaded. */
    private String resumed(TeamFile file, String named) {
        try (Journal journal = Journal.open(invocation.folders().data())) {
            Conversations conversations = new Conversations(journal);
            if (!named.equals(LAST)) {
                return conversations.find(CallContext.LOCAL, file.team(), named).id();
            }
            return conversations.list(CallContext.LOCAL, file.team(), 1).stream()
                    .findFirst()
                    .map(Summary::id)
                    .orElseThrow(() -> new TroupeException(
                            ErrorCode.NOT_FOUND,
                            "conversation: none (expected: one with the team " + file.team() + " to resume)",
                            "begin one: `" + invocation.command() + " chat " + team + "`"));
        }
    }

    private int list(TeamFile file) {
        try (Journal journal = Journal.open(invocation.folders().data())) {
            List<Summary> found = new Conversations(journal).list(CallContext.LOCAL, file.team(), LISTED);
            Table table = new Table(invocation.outStyle(), "Conversation", "Last", "Turns", "Began with");
            found.forEach(summary -> table.row(
                    SafeText.firstLine(ReceiptText.shortId(summary.id())),
                    MINUTES.format(summary.last().atZone(ZoneId.systemDefault())),
                    summary.turns(),
                    SafeText.firstLine(summary.title())));
            invocation.result(
                    Json.object(
                            "conversations",
                            found.stream()
                                    .map(summary -> Json.object(
                                            "id", summary.id(),
                                            "title", summary.title(),
                                            "turns", summary.turns(),
                                            "last", summary.last().toString()))
                                    .toList()),
                    found.isEmpty() ? "no conversation with the team " + file.team() + " yet\n" : table.toString());
        }
        return ExitCodes.OK;
    }
}
