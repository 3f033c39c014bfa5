package dev.troupe.planner.chat;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Role;
import dev.troupe.models.chat.Message.ToolCall;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.Calls;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Earlier;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is a model: it is told its instructions, what was said before and the question, and what it writes is
 * the answer. It may call tools and agents first, and is told what came of it. Nobody vouches for its answer.
 *
 * @param instructions every prompt begins with them; may be empty
 * @param model its name in the team file
 * @param sampling the team file's
 * @param historyTokens how much of the conversation a prompt tells at most
 * @param offer what the model may call
 * @param turns the most calls of the model, at least 1
 * @param earlier what it tells; for one task, see {@link #inConversation}
 * @param options what the task's caller wants
 */
public record ChatPlan(
        String instructions,
        String model,
        Sampling sampling,
        int historyTokens,
        Offer offer,
        int turns,
        Earlier earlier,
        ChatOptions options)
        implements AgentPlan {
    /** Its only stage, as receipts and events name it. */
    public static final String STAGE = "chat";

    /** The most calls of the model where the team file does not say. */
    public static final int DEFAULT_TURNS = 8;

    public ChatPlan {
        if (turns < 1) {
            throw new IllegalArgumentException("turns: " + turns + " (expected: 1 or more)");
        }
    }

    /** A plan for no task yet, without tools. */
    public ChatPlan(String instructions, String model, Sampling sampling, int historyTokens) {
        this(instructions, model, sampling, historyTokens, Offer.NONE, 1);
    }

    /** A plan for no task yet. */
    public ChatPlan(String instructions, String model, Sampling sampling, int historyTokens, Offer offer, int turns) {
        this(instructions, model, sampling, historyTokens, offer, turns, Earlier.NONE, ChatOptions.NONE);
    }

    /** Whose tool a model's call means must be clear, and who answers it. */
    @Override
    public @Nullable String refusal(ChatOptions wanted) {
        return wanted.tools().isEmpty() || offer.isEmpty()
                ? null
                : "tools: of the caller's own (expected: none; the agent has tools of its own)";
    }

    @Override
    public ChatPlan inConversation(List<TaskRecord> turns, ChatOptions wanted) {
        List<Message> own = wanted.messages();
        Earlier said = own == null
                ? Earlier.of(turns, historyTokens, ChatPlan::turn)
                : Earlier.of(own.subList(0, question(own)), historyTokens);
        return new ChatPlan(instructions, model, sampling, historyTokens, offer, this.turns, said, wanted);
    }

    private static List<Message> turn(TaskRecord turn) {
        return List.of(Message.user(turn.question()), Message.assistant(turn.answer()));
    }

    /** Where the question stands: the last message of a user. What follows it belongs to it. */
    private static int question(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public Decision next(String question, List<Happened> history, Allowance lease, Duration timeLeft) {
        ChatProgress progress = ChatProgress.of(history);
        Happened.ModelFailed failed = progress.ended();
        if (failed != null) {
            Outcome outcome = outcome(failed);
            return finish(outcome, why(outcome));
        }
        ChatResponse said = progress.answer();
        if (said != null && (progress.isSaid() || offer.isEmpty())) {
            Outcome outcome = answered(said);
            return finish(outcome, why(outcome));
        }
        if (timeLeft.isZero() || timeLeft.isNegative()) {
            String why = "the task's time is used up";
            return finish(new Outcome.Unsolved(why, ErrorCode.TIMEOUT, null), why);
        }
        Allowance left = lease.minus(progress.cost(), progress.usage());
        ToolCall due = progress.due();
        if (due != null) {
            Effect call = Calls.effect(offer, STAGE, due.id(), due.name(), due.arguments(), left);
            return new Decision(call, Decision.Kind.CALL, "the model calls " + due.name());
        }
        return ask(question, progress, left);
    }

    private Decision ask(String question, ChatProgress progress, Allowance left) {
        if (progress.turns() >= turns) {
            String why = "no answer after %d calls of the model, each of which asked for a tool".formatted(turns);
            return finish(new Outcome.Unsolved(why, null, null), why);
        }
        if (!left.allowsACall()) {
            String why = "the task's budget is used up";
            return finish(new Outcome.Unsolved(why, ErrorCode.BUDGET_EXHAUSTED, null), why);
        }
        Effect call = new Effect.CallModel(STAGE, model, Effect.Purpose.SOLVE, request(question, progress), left);
        return progress.turns() == 0
                ? new Decision(call, Decision.Kind.START_RUNG, "the model is asked")
                : new Decision(call, Decision.Kind.GO_ON, progress.told());
    }

    private static Decision finish(Outcome outcome, String why) {
        return new Decision(new Effect.Finish(outcome), Decision.Kind.FINISH, why);
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> "the model answered";
            case Outcome.Unsolved unsolved -> unsolved.why();
            case Outcome.Failed failed -> failed.message();
        };
    }

    private static Outcome outcome(Happened.ModelFailed failed) {
        return switch (failed.code()) {
            case BUDGET_EXHAUSTED, TIMEOUT -> new Outcome.Unsolved(failed.message(), failed.code(), null);
            default -> new Outcome.Failed(failed.code(), failed.message());
        };
    }

    private static Outcome answered(ChatResponse response) {
        if (response.text().isBlank() && response.toolCalls().isEmpty()) {
            return new Outcome.Unsolved("the model wrote nothing (" + response.finishReason() + ")", null, null);
        }
        return new Outcome.Solved(response.text().strip(), Judge.NONE, STAGE, null, null, null, null);
    }

    /** What stays the same comes first: a prompt cache serves it. */
    private ChatRequest request(String question, ChatProgress progress) {
        List<Message> own = options.messages();
        List<Message> messages = new ArrayList<>();
        String system = system(own == null ? List.of() : own);
        if (!system.isEmpty()) {
            messages.add(Message.system(system));
        }
        messages.addAll(earlier.messages());
        if (own == null) {
            messages.add(Message.user(question));
        } else {
            own.subList(question(own), own.size()).stream()
                    .filter(message -> message.role() != Role.SYSTEM)
                    .forEach(messages::add);
        }
        messages.addAll(progress.messages());
        return new ChatRequest(
                messages,
                options.tools().isEmpty() ? offer.asTools() : options.tools(),
                options.responseFormat(),
                options.over(sampling));
    }

    /** The team's instructions come before a caller's; models know one system message, at the beginning. */
    private String system(List<Message> own) {
        List<String> texts = new ArrayList<>();
        texts.add(instructions.strip());
        own.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(message -> message.text().strip())
                .forEach(texts::add);
        texts.removeIf(String::isEmpty);
        return String.join("\n\n", texts);
    }

    @Override
    public List<Account> accounts(String question, List<Happened> history) {
        if (history.isEmpty()) {
            return List.of();
        }
        ChatProgress progress = ChatProgress.of(history);
        List<Account> accounts = new ArrayList<>();
        accounts.add(account(progress));
        accounts.addAll(Calls.accounts(history));
        return accounts;
    }

    private Account account(ChatProgress progress) {
        Happened.ModelFailed failed = progress.ended();
        ChatResponse answer = progress.answer();
        boolean solved = failed == null
                && answer != null
                && (progress.isSaid() || offer.isEmpty())
                && answered(answer) instanceof Outcome.Solved;
        String outcome = failed != null
                ? "failed: " + failed.message()
                : answer == null ? "not asked" : told(answer, solved, progress.turns());
        return new Account(
                STAGE,
                outcome,
                model,
                solved,
                progress.ownUsage(),
                progress.ownCost(),
                progress.ownUsage(),
                progress.modelEvents());
    }

    private String told(ChatResponse response, boolean solved, int turn) {
        int calls = response.toolCalls().size();
        String end = calls > 0
                ? "asked for " + calls + (calls == 1 ? " tool call" : " tool calls")
                : solved ? "answered" : "wrote nothing";
        String when = turn == 1 ? "" : " on turn " + turn;
        String cut = response.finishReason() == ChatResponse.FinishReason.LENGTH ? ", cut at its token limit" : "";
        return end
                + when
                + cut
                + (earlier.of() == 0
                        ? ""
                        : ", told of " + (earlier.shown() == earlier.of() ? "" : "the last ") + earlier.shown()
                                + (earlier.shown() == earlier.of() ? "" : " of " + earlier.of())
                                + (earlier.of() == 1 ? " earlier turn" : " earlier turns"));
    }

    @Override
    public List<String> models() {
        return List.of(model);
    }

    @Override
    public Verifier verifier() {
        return new Verifier.None();
    }

    @Override
    public int turns(String stage) {
        return turns;
    }
}
