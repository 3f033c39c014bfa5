package dev.troupe.testkit;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers by a script, at once and for nothing. A request that the script does not hold ends the task with
 * {@code NOT_FOUND}, whatever rungs are left, so that no test passes by another way than the one it was written for.
 * Thread-safe; what it was asked can be looked at.
 */
public final class ScriptedModel implements ChatModel {
    /** Of English text, near enough for budgets of tests. */
    private static final int CHARACTERS_A_TOKEN = 4;

    private record Rule(Predicate<String> when, Function<ChatRequest, Reply> reply) {}

    private record Reply(String text, @Nullable ErrorCode failure) {}

    private final String name;
    private final int contextTokens;
    private final Deque<Reply> next = new ArrayDeque<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<ChatRequest> requests = new ArrayList<>();

    private ScriptedModel(String name, int contextTokens) {
        this.name = name;
        this.contextTokens = contextTokens;
    }

    /** A model of 32,768 tokens of context that is called {@code scripted/NAME}. */
    public static ScriptedModel named(String name) {
        return as("scripted/" + name, 32_768);
    }

    /**
     * A model in the place of a real one, so that receipts reckon with its prices.
     *
     * @param qualifiedName {@code provider/model}
     * @param contextTokens the most tokens that prompt and answer may have together
     */
    public static ScriptedModel as(String qualifiedName, int contextTokens) {
        return new ScriptedModel(qualifiedName, contextTokens);
    }

    /** A fenced block, as models write programs. */
    public static String program(String language, String source) {
        return "```" + language + "\n" + source.strip() + "\n```";
    }

    /** The next answer that no rule gives. */
    public synchronized ScriptedModel answers(String text) {
        next.add(new Reply(text, null));
        return this;
    }

    /** The next answer that no rule gives is a Python program. */
    public ScriptedModel writes(String python) {
        return answers(program("python", python));
    }

    /** The next call that no rule answers fails. */
    public synchronized ScriptedModel fails(ErrorCode code) {
        next.add(new Reply("", code));
        return this;
    }

    /** What it answers, each time, where a text of the request contains that; rules go before the script, the first wins. */
    public ScriptedModel whenAsked(String text, String answer) {
        return whenAsked(asked -> asked.contains(text), request -> answer);
    }

    /** What it answers, each time, where the request's texts, joined by line breaks, are such. */
    public synchronized ScriptedModel whenAsked(Predicate<String> texts, Function<ChatRequest, String> answer) {
        rules.add(new Rule(texts, request -> new Reply(answer.apply(request), null)));
        return this;
    }

    /** What it was asked so far, oldest first. */
    public synchronized List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    /** The texts of what it was asked last. */
    public synchronized String lastPrompt() {
        if (requests.isEmpty()) {
            throw new AssertionError("model " + name + ": was not asked (expected: at least once)");
        }
        return texts(requests.getLast());
    }

    private static String texts(ChatRequest request) {
        return String.join("\n", request.messages().stream().map(Message::text).toList());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public long countTokens(ChatRequest request) {
        return tokens(texts(request));
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_A_TOKEN);
    }

    @Override
    public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
        context.check();
        Reply reply = reply(request);
        if (reply.failure() != null) {
            throw new TroupeException(reply.failure(), "model " + name + ": fails, as scripted", null);
        }
        reply.text().lines().map(line -> line + "\n").forEach(onText);
        Usage usage = new Usage(countTokens(request), 0, tokens(reply.text()));
        return new ChatResponse(reply.text(), List.of(), FinishReason.STOP, usage, name, Money.ZERO);
    }

    private synchronized Reply reply(ChatRequest request) {
        requests.add(request);
        String texts = texts(request);
        for (Rule rule : rules) {
            if (rule.when().test(texts)) {
                return rule.reply().apply(request);
            }
        }
        Reply scripted = next.poll();
        if (scripted == null) {
            throw new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "model " + name + ": asked " + requests.size()
                            + " times (expected: no more than the script answers)",
                    "`lastPrompt()` tells what it was asked");
        }
        return scripted;
    }

    @Override
    public void close() {}
}
