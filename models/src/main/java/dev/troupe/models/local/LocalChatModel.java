package dev.troupe.models.local;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.local.worker.WorkerReply;
import dev.troupe.models.local.worker.WorkerRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF model in a process of its own. The process is started by the first call or by {@link #warmUp}, and started again
 * after it died. It is ended by {@link #close}, and ends when this process does, however that happens; unless the options
 * keep it alive for the user's next process, which then finds it loaded, with its prompt cache. One answer is
 * written at a time; others wait in a bounded queue, tenants in turn. Structured output always parses, unless it was cut
 * by {@code maxTokens} or the context, which its finish reason tells. Thread-safe.
 */
public final class LocalChatModel implements ChatModel {
    /** How long a cancelled generation may take to end before its process is killed. */
    private static final long STOP_MILLIS = 1_000;

    private static final int ATTEMPTS = 2;
    private static final Duration COUNT_TIME = Duration.ofMinutes(2);

    private final LocalModelOptions options;
    private final RequestCheck check;
    private final FairGate gate;
    private final AtomicLong ids = new AtomicLong(WorkerRequest.LOADING);
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable WorkerProcess worker;
    private volatile boolean closed;

    private LocalChatModel(LocalModelOptions options) {
        this.options = options;
        this.check = new RequestCheck(options.contextTokens());
        this.gate = new FairGate("model " + options.name(), options.queue());
    }

    /**
     * A model that is ready to be started.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when there is no such file
     */
    public static LocalChatModel open(LocalModelOptions options) {
        if (!Files.isReadable(options.file())) {
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "model " + options.name() + ": no readable file " + options.file(),
                    "./troupe models pull " + options.name());
        }
        return new LocalChatModel(options);
    }

    @Override
    public String name() {
        return "local/" + options.name();
    }

    @Override
    public int contextTokens() {
        return options.contextTokens();
    }

    /**
     * Starts the process and loads the model, unless that was done.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE}, {@code TIMEOUT}, {@code CANCELLED}
     */
    public void warmUp(CallContext context) {
        worker(context);
    }

    /** The process, when one runs; for those who watch over it. */
    public @Nullable ProcessHandle process() {
        WorkerProcess current = worker;
        return current == null || current.isGone()
                ? null
                : ProcessHandle.of(current.pid()).orElse(null);
    }

    /** How many requests wait for their turn. */
    public int waiting() {
        return gate.waiting();
    }

    @Override
    public long countTokens(ChatRequest request) {
        CallContext context = CallContext.standalone(COUNT_TIME);
        List<WorkerRequest.Turn> turns = check.turns(request);
        long id = ids.incrementAndGet();
        WorkerProcess current = worker(context);
        try (Mailbox mailbox = current.open(id, context)) {
            current.send(new WorkerRequest.Count(id, turns));
            WorkerReply reply = mailbox.take();
            if (reply instanceof WorkerReply.Counted counted) {
                return counted.tokens();
            }
            throw failed("counting tokens failed: " + reply);
        }
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        WorkerRequest.Generate generate = check.generate(ids.incrementAndGet(), request);
        Answer answer = new Answer(generate.id(), request, onText);
        try (FairGate.Pass ignored = gate.enter(context)) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                WorkerProcess current = worker(context);
                WorkerReply.Done done = generate(current, generate, answer, context);
                if (done != null) {
                    return answer.response(done, options.name());
                }
                if (closed) {
                    throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + name() + " was closed", null);
                }
                if (answer.begun()) {
                    throw failed("its process ended in the middle of an answer");
                }
            }
        }
        throw failed("its process ended before an answer began, " + ATTEMPTS + " times");
    }

    /** @return null when the process ended */
    private WorkerReply.@Nullable Done generate(
            WorkerProcess current, WorkerRequest.Generate request, Answer answer, CallContext context) {
        try (Mailbox mailbox = current.open(request.id(), context)) {
            current.send(request);
            boolean ended = false;
            try {
                WorkerReply reply = mailbox.take();
                while (reply instanceof WorkerReply.Piece piece) {
                    answer.accept(piece.text());
                    reply = mailbox.take();
                }
                ended = true;
                if (reply instanceof WorkerReply.Refused refused) {
                    throw refused(refused);
                }
                return (WorkerReply.Done) reply;
            } finally {
                if (!ended) {
                    stop(current, request.id(), mailbox);
                }
            }
        }
    }

    private static void stop(WorkerProcess current, long id, Mailbox mailbox) {
        current.send(new WorkerRequest.Cancel(id));
        boolean interrupted = Thread.interrupted();
        try {
            if (!mailbox.drain(STOP_MILLIS)) {
                current.kill();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private WorkerProcess worker(CallContext context) {
        WorkerProcess current = worker;
        if (current != null && !current.isGone()) {
            return current;
        }
        starting.lock();
        try {
            current = worker;
            if (closed) {
                throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + name() + " was closed", null);
            }
            if (current == null || current.isGone()) {
                if (current != null) {
                    current.close();
                }
                current = WorkerProcess.start(options, context);
                worker = current;
            }
            return current;
        } finally {
            starting.unlock();
        }
    }

    private TroupeException refused(WorkerReply.Refused refused) {
        return switch (refused.reason()) {
            case PROMPT_TOO_LONG ->
                new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "prompt: %s (expected: fewer than the %d of the context)"
                                .formatted(refused.message(), options.contextTokens()),
                        "shorten the question or its documents, or raise the model's context");
            case MODEL_NOT_LOADED, OTHER_MODEL, FAILED -> failed(refused.message());
        };
    }

    private TroupeException failed(String why) {
        return new TroupeException(
                ErrorCode.PROVIDER_FAILED, name() + ": " + why, "its log is " + new WorkerLauncher(options).log());
    }

    /** Ends the process, or leaves it to others; calls under way end with {@code CANCELLED}. */
    @Override
    public void close() {
        closed = true;
        // A start under way is waited for, so that no process is left behind.
        starting.lock();
        try {
            WorkerProcess current = worker;
            if (current != null) {
                current.close();
            }
        } finally {
            starting.unlock();
        }
    }
}
