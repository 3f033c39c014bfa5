package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a team is compared with: the same model in a plain loop. It gets the same instructions and the files' names, its
 * program is run in the same sandbox, and it is shown the raw output, until a program answers or its turns are used up.
 * No rung, no demonstration, no description of files, no prelude, no hint.
 */
public final class BareAsker implements Asker {
    static final int TURNS = 5;
    private static final String MARKER = "ANSWER:";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^[ \\t]*```[A-Za-z0-9]*[ \\t]*\\n(.*?)^[ \\t]*```");
    private static final Pattern ANSWER = Pattern.compile("(?ms)^[ \\t>*]*ANSWER:[ \\t*]*(.*)");

    private final Setting setting;
    private final ChatModel model;
    private final ModelPrice price;
    private final CodeExecutor executor;
    private final Path folder;

    /**
     * @param folder work folders are made in it
     * @param model belongs to the caller, as does the executor
     */
    public BareAsker(Setting setting, ChatModel model, ModelPrice price, CodeExecutor executor, Path folder) {
        this.setting = setting;
        this.price = price;
        this.model = model;
        this.executor = executor;
        this.folder = folder;
    }

    /**
     * What the team file says.
     *
     * @param files paths as a program opens them
     * @param language of code blocks
     * @param time the most that a task may take
     */
    public record Setting(
            String team, String instructions, List<String> files, String language, Sampling sampling, Duration time) {
        public Setting {
            files = List.copyOf(files);
        }
    }

    @Override
    public Asked ask(String question, Predicate<String> right, Cancellation cancellation) {
        String id = UUID.randomUUID().toString();
        CallContext context = new CallContext(id, CallContext.LOCAL, Deadline.after(setting.time()), cancellation);
        Attempt attempt = new Attempt(id, question, workFolder(id));
        try {
            attempt.run(context);
        } catch (TroupeException e) {
            attempt.error = e.code();
            attempt.failure = e.getMessage();
        }
        return attempt.asked();
    }

    @Override
    public void judge(String task, Verdict verdict) {
        throw new IllegalStateException("the bare loop learns nothing");
    }

    @Override
    public void close() {
        // What it works with belongs to the caller.
    }

    private Path workFolder(String task) {
        try {
            return Files.createDirectories(folder.resolve("work").resolve(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String system() {
        return setting.instructions().strip() + "\n\nAnswer by writing a program in a fenced block:\n```"
                + setting.language()
                + "\n...\n```\nIt is run and you see its output. A program that has found the answer"
                + " prints it on a line that begins with " + MARKER
                + (setting.files().isEmpty() ? "" : "\nFiles: " + String.join(", ", setting.files()));
    }

    /** All blocks of a reply, one after the other; null when there is none. */
    static @Nullable String program(String reply) {
        Matcher matcher = BLOCK.matcher(reply + "\n");
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks.isEmpty() ? null : String.join("\n", blocks);
    }

    /** What stands behind the first marker; null when there is none or nothing does. */
    private static @Nullable String answer(String text) {
        Matcher matcher = ANSWER.matcher(text);
        String found = matcher.find() ? matcher.group(1).strip() : "";
        return found.isEmpty() ? null : found;
    }

    /** One question. */
    private final class Attempt {
        private final String id;
        private final String question;
        private final Path work;
        private final Instant started = Instant.now();
        private final long begun = System.nanoTime();
        private final List<Message> messages = new ArrayList<>();
        private Usage usage = Usage.NONE;
        private Money cost = Money.ZERO;
        private Money discount = Money.ZERO;
        private int calls;
        private long modelNanos;
        private @Nullable Integer exitCode;
        private @Nullable String code;
        private @Nullable String answer;
        private @Nullable ErrorCode error;
        private @Nullable String failure;

        Attempt(String id, String question, Path work) {
            this.id = id;
            this.question = question;
            this.work = work;
            messages.add(Message.system(system()));
            messages.add(Message.user(question));
        }

        void run(CallContext context) {
            while (answer == null && calls < TURNS) {
                ChatResponse response = call(context);
                messages.add(response.toMessage());
                String program = program(response.text());
                if (program == null) {
                    answer = answer(response.text());
                    messages.add(Message.user("Write a program, or the answer on a line that begins with " + MARKER));
                } else {
                    messages.add(Message.user(execute(program, context)));
                }
            }
        }

        private ChatResponse call(CallContext context) {
            calls++;
            long start = System.nanoTime();
            try {
                ChatResponse response =
                        model.chat(new ChatRequest(messages, List.of(), null, setting.sampling()), text -> {}, context);
                usage = usage.plus(response.usage());
                cost = cost.plus(response.recorded() ? response.cost() : price.cost(response.usage()));
                discount = discount.plus(price.discount(response.usage()));
                return response;
            } finally {
                modelNanos += System.nanoTime() - start;
            }
        }

        private String execute(String program, CallContext context) {
            CodeResult result = executor.run(new CodeRequest(setting.language(), program, work), output -> {}, context);
            exitCode = result.exitCode();
            code = program;
            answer = result.succeeded() ? answer(result.output()) : null;
            return "Exit code " + result.exitCode() + ", output:\n" + result.output();
        }

        Asked asked() {
            String outcome = error != null ? "failed" : answer != null ? "solved" : "unsolved";
            Receipt receipt = new Receipt(
                    cost,
                    new Receipt.Baseline("none", Money.ZERO, Basis.MEASURED),
                    Money.ZERO,
                    usage,
                    calls,
                    (System.nanoTime() - begun) / 1_000_000,
                    List.of());
            TaskRecord record = new TaskRecord(
                    id,
                    CallContext.LOCAL,
                    setting.team(),
                    "bare",
                    id,
                    question,
                    started,
                    outcome,
                    answer == null ? "" : answer,
                    Verdict.Judge.NONE,
                    exitCode,
                    "bare",
                    model.name(),
                    setting.language(),
                    code,
                    null,
                    null,
                    0,
                    receipt,
                    List.of(),
                    error == null ? null : error.name());
            return new Asked(record, modelNanos / 1_000_000, cost.plus(discount), null, failure);
        }
    }
}
