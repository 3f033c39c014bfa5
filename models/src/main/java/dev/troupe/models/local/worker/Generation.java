package dev.troupe.models.local.worker;

import de.kherud.llama.LlamaIterator;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One answer being written. The library cannot be stopped while it computes a prompt, and a thread that waits for a
 * cancelled generation waits for ever. So {@link #cancel()} ends the generation from outside, and the thread that runs
 * it is left behind if it is inside the library at that moment.
 */
final class Generation {
    private final Engine engine;
    private final WorkerRequest.Generate request;
    private final Consumer<WorkerReply> replies;

    private @Nullable LlamaIterator iterator;
    private boolean ended;
    private int[] prompt = {};
    private int cached;
    /** Tokens of the answer so far, as far as they are certain; what the slot holds beyond the prompt. */
    private int[] written = {};

    private boolean certain = true;
    private long chosen;
    private int withheld;
    private boolean lastWasText;

    Generation(Engine engine, WorkerRequest.Generate request, Consumer<WorkerReply> replies) {
        this.engine = engine;
        this.request = request;
        this.replies = replies;
    }

    long id() {
        return request.id();
    }

    /** Writes the answer, to its end or to its cancellation. */
    void run() {
        String text = engine.prompt(request.turns());
        int[] tokens = engine.promptTokens(text);
        int room = engine.contextTokens() - tokens.length;
        if (room < 1) {
            refuse(WorkerReply.Reason.PROMPT_TOO_LONG, tokens.length + " tokens");
            return;
        }
        int maxTokens = request.maxTokens() == null ? room : Math.min(room, request.maxTokens());
        LlamaIterator output = start(text, tokens, maxTokens);
        while (output != null && output.hasNext()) {
            String piece = output.next().text;
            if (!accept(piece, output.hasNext())) {
                return;
            }
        }
        // Without room for the token that ends an answer, the last one carries text.
        end(chosen >= maxTokens && lastWasText ? WorkerReply.End.LENGTH : WorkerReply.End.STOP);
    }

    private synchronized @Nullable LlamaIterator start(String text, int[] tokens, int maxTokens) {
        prompt = tokens;
        cached = engine.cached(tokens);
        if (!ended) {
            iterator = engine.start(text, request, maxTokens);
        }
        return iterator;
    }

    /** @return false when the generation has been ended meanwhile */
    private synchronized boolean accept(String piece, boolean more) {
        if (ended) {
            return false;
        }
        // The library reports each token it chose, with empty text while a stop text may be beginning, and closes with
        // a report that stands for no token.
        if (more) {
            chosen++;
            withheld++;
            lastWasText = !piece.isEmpty();
        }
        if (!piece.isEmpty()) {
            int[] tokens = engine.tokens(piece);
            // Characters of several tokens are reported once.
            chosen += Math.max(0, tokens.length - withheld);
            append(tokens);
            withheld = 0;
            replies.accept(new WorkerReply.Piece(request.id(), piece));
        }
        return true;
    }

    private void append(int[] tokens) {
        certain &= tokens.length >= withheld;
        if (certain) {
            int before = written.length;
            written = Arrays.copyOf(written, before + tokens.length);
            System.arraycopy(tokens, 0, written, before, tokens.length);
        }
    }

    /** Ends the generation now. What it computed so far stays in the prompt cache. */
    void cancel() {
        end(WorkerReply.End.CANCELLED);
    }

    private synchronized void end(WorkerReply.End how) {
        if (ended) {
            return;
        }
        ended = true;
        if (how == WorkerReply.End.CANCELLED && iterator != null) {
            iterator.cancel();
        }
        engine.holds(heldNow());
        replies.accept(new WorkerReply.Done(request.id(), prompt.length, cached, chosen, how));
    }

    /** The last token chosen is not in the cache; before the first one, only what was there before is certain. */
    private int[] heldNow() {
        if (chosen == 0) {
            return Arrays.copyOf(prompt, cached);
        }
        int kept = Math.max(0, (int) Math.min(written.length, chosen - 1));
        int[] all = Arrays.copyOf(prompt, prompt.length + kept);
        System.arraycopy(written, 0, all, prompt.length, kept);
        return all;
    }

    /** Ends the generation with an error, unless it has ended. */
    synchronized void refuse(WorkerReply.Reason reason, String message) {
        if (!ended) {
            ended = true;
            replies.accept(new WorkerReply.Refused(request.id(), reason, message));
        }
    }
}
