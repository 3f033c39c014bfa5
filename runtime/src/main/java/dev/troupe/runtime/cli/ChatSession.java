package dev.troupe.runtime.cli;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.host.TaskOutcomes;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.receipt.TaskJson;
import dev.troupe.runtime.team.ChatSettings;
import dev.troupe.runtime.team.TeamFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One conversation at a keyboard or a pipe: reads questions and commands, and shows what comes of them. */
final class ChatSession {
    /** What the model does differently when it is asked the same again. */
    private static final double RETRY_TEMPERATURE = 0.8;

    private static final int SHOWN_WHEN_RESUMED = 3;
    private static final Pattern COMMAND = Pattern.compile("/([a-z]+)(?:\\s+(.*))?", Pattern.DOTALL);

    private final Invocation invocation;
    private final TeamHost host;
    private final TeamFile file;
    private final String conversation;
    private final ChatInput input;
    private final ChatFiles files;
    private final List<Map<String, @Nullable Object>> told = new ArrayList<>();
    private volatile @Nullable Cancellation answering;
    private @Nullable TaskRecord last;
    private @Nullable String lastQuestion;
    private int retries;
    private int exitCode = ExitCodes.OK;

    ChatSession(Invocation invocation, TeamHost host, TeamFile file, String conversation, ChatInput input) {
        this.invocation = invocation;
        this.host = host;
        this.file = file;
        this.conversation = conversation;
        this.input = input;
        this.files = new ChatFiles(invocation, host, file.team(), conversation);
    }

    /** The commands, with their slashes. */
    static List<String> commands() {
        return ChatHelp.COMMANDS.keySet().stream().map(name -> "/" + name).toList();
    }

    /** @return the exit code: that of the last question that was not answered, 0 when there was none */
    int run() {
        invocation.interruptsTo(this::interrupted);
        try {
            begin();
            String text = input.next();
            while (text != null && (text.isBlank() || take(text))) {
                text = input.next();
            }
        } finally {
            invocation.interruptsTo(() -> false);
        }
        if (invocation.json()) {
            invocation.result(Json.object("conversation", conversation, "tasks", told), "");
        }
        return exitCode;
    }

    /** Ctrl-C ends the answer, not the program. */
    private boolean interrupted() {
        Cancellation now = answering;
        if (now != null) {
            now.cancel("interrupted");
            return true;
        }
        return input.interrupt();
    }

    private void begin() {
        List<TaskRecord> turns =
                host.conversations().turns(CallContext.LOCAL, file.team(), conversation, SHOWN_WHEN_RESUMED);
        if (!turns.isEmpty()) {
            last = turns.getLast();
            lastQuestion = turns.getLast().question();
        }
        if (invocation.terminal().inIsTerminal()) {
            say("%s · conversation %s · /help lists the commands, Ctrl-D leaves"
                    .formatted(file.team(), ReceiptText.shortId(conversation)));
            turns.forEach(turn ->
                    say("> " + SafeText.firstLine(turn.question()) + "\n  " + SafeText.firstLine(turn.answer())));
        }
    }

    private void say(String text) {
        invocation.err().println(invocation.errStyle().dim(text));
        invocation.err().flush();
    }

    /** @return whether the conversation goes on */
    private boolean take(String text) {
        Matcher command = COMMAND.matcher(text);
        try {
            if (!command.matches()) {
                // Two slashes begin a question that begins with one.
                ask(text.startsWith("//") ? text.substring(1) : text, ChatOptions.NONE);
                return true;
            }
            String rest = command.group(2);
            return obey(command.group(1), rest == null ? "" : rest.strip());
        } catch (TroupeException e) {
            invocation.cancellation().throwIfCancelled();
            exitCode = new Failures(invocation).told(e);
            return true;
        }
    }

    private boolean obey(String command, String rest) {
        switch (command) {
            case "help" -> invocation.err().print(ChatHelp.text(invocation.errStyle()));
            case "undo" -> undo();
            case "retry" -> retry();
            case "good" -> judge(true, rest);
            case "bad" -> judge(false, rest);
            case "receipt" -> invocation.err().print(receipts().of(task()));
            case "files" -> files.list();
            case "export" -> files.export(rest);
            case "quit", "exit" -> {
                return false;
            }
            default ->
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "command: /" + command + " (expected: one of " + String.join(", ", commands()) + ")",
                        "a question that begins with / begins with two of them");
        }
        invocation.err().flush();
        return true;
    }

    private void ask(String question, ChatOptions options) {
        lastQuestion = question;
        Cancellation stop = new Cancellation();
        answering = stop;
        ChatAnswer shown = new ChatAnswer(invocation);
        Agent.Outcome outcome;
        try (Cancellation.Registration ignored = invocation.cancellation().onCancel(() -> stop.cancel("interrupted"))) {
            outcome = host.ask(conversation, question, options, task -> {}, events(shown), stop);
        } finally {
            answering = null;
        }
        report(outcome, shown);
    }

    private Consumer<TaskEvent> events(ChatAnswer shown) {
        if (invocation.json()) {
            return event -> {};
        }
        return file.entryAgent() instanceof ChatSettings ? shown : new RunRenderer(invocation);
    }

    private void report(Agent.Outcome outcome, ChatAnswer shown) {
        TaskRecord record = TaskOutcomes.record(outcome);
        if (record != null) {
            last = record;
            told.add(TaskJson.of(record));
        }
        if (!invocation.json()) {
            shown.end(record == null ? "" : record.answer());
        }
        TaskOutcomes.orThrow(outcome);
        if (record != null && !invocation.json()) {
            say(summary(record));
        }
    }

    private static String summary(TaskRecord record) {
        return "%s · %s tokens in, %s out · %s"
                .formatted(
                        Amounts.duration(Duration.ofMillis(record.receipt().wallMillis())),
                        Amounts.count(record.receipt().usage().inputTokens()),
                        Amounts.count(record.receipt().usage().outputTokens()),
                        record.receipt().cost());
    }

    private void undo() {
        TaskRecord undone = host.conversations()
                .undo(CallContext.LOCAL, file.team(), conversation)
                .orElseThrow(() -> nothing("turn", "one to take back"));
        say("taken back: " + SafeText.firstLine(undone.question()));
        List<TaskRecord> left = host.conversations().turns(CallContext.LOCAL, file.team(), conversation, 1);
        last = left.isEmpty() ? null : left.getFirst();
        lastQuestion = last == null ? null : last.question();
    }

    /** The last question again, by other tokens where the agent is a model; its answer, if it had one, is taken back. */
    private void retry() {
        String question = lastQuestion;
        if (question == null) {
            throw nothing("question", "one to ask again");
        }
        host.conversations().turns(CallContext.LOCAL, file.team(), conversation, 1).stream()
                .filter(turn -> turn.question().equals(question))
                .findFirst()
                .ifPresent(turn -> host.conversations().undo(CallContext.LOCAL, file.team(), conversation));
        retries++;
        say("again: " + SafeText.firstLine(question));
        ask(question, ChatOptions.of(new Sampling(RETRY_TEMPERATURE, null, retries, null, List.of())));
    }

    private void judge(boolean right, String because) {
        String task = task().task();
        String text = VerdictCommand.text(
                invocation.errStyle(),
                right,
                host.judge(task, new Verdict(Judge.PERSON, right), because.isEmpty() ? null : because));
        invocation.err().println(text);
    }

    private TaskRecord task() {
        TaskRecord task = last;
        if (task == null) {
            throw nothing("task", "one that has ended in this conversation");
        }
        return task;
    }

    private static TroupeException nothing(String what, String expected) {
        return new TroupeException(ErrorCode.NOT_FOUND, what + ": none (expected: " + expected + ")", null);
    }

    private ReceiptText receipts() {
        return new ReceiptText(invocation.errStyle(), invocation.command());
    }
}
