package dev.troupe.planner.chat;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Role;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Earlier;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is a model: it is told its instructions, what was said before and the question, and what it writes is
 * the answer. Nobody vouches for it.
 *
 * @param instructions every prompt begins with them; may be empty
 * @param model its name in the team file
 * @param sampling the team file's
 * @param historyTokens how much of the conversation a prompt tells at most
 * @param earlier what it tells; for one task, see {@link #inConversation}
 * @param options what the task's caller wants
 */
public record ChatPlan(
        String instructions, String model, Sampling sampling, int historyTokens, Earlier earlier, ChatOptions options)
        implements AgentPlan {
    /** Its only stage, as receipts and events name it. */
    public static final String STAGE = "chat";

    /** A plan for no task yet. */
    public ChatPlan(String instructions, String model, Sampling sampling, int historyTokens) {
        this(instructions, model, sampling, historyTokens, Earlier.NONE, ChatOptions.NONE);
    }

    @Override
    public @Nullable String refusal(ChatOptions wanted) {
        return null;
    }

    @Override
    public ChatPlan inConversation(List<TaskRecord> turns, ChatOptions wanted) {
        List<Message> own = wanted.messages();
        Earlier said = own == null
                ? Earlier.of(turns, historyTokens, ChatPlan::turn)
                : Earlier.of(own.subList(0, question(own)), historyTokens);
        return new ChatPlan(instructions, model, sampling, historyTokens, said, wanted);
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
        if (!history.isEmpty()) {
            Outcome outcome = outcome(history.getLast());
            return finish(outcome, why(outcome));
        }
        if (timeLeft.isZero() || timeLeft.isNegative()) {
            String why = "the task's time is used up";
            return finish(new Outcome.Unsolved(why, ErrorCode.TIMEOUT, null), why);
        }
        if (!lease.allowsACall()) {
            String why = "the task's budget is used up";
            return finish(new Outcome.Unsolved(why, ErrorCode.BUDGET_EXHAUSTED, null), why);
        }
        Effect call = new Effect.CallModel(STAGE, model, Effect.Purpose.SOLVE, request(question), lease);
        return new Decision(call, Decision.Kind.START_RUNG, "the model is asked");
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

    private static Outcome outcome(Happened happened) {
        return switch (happened) {
            case Happened.ModelAnswered answered -> answered(answered.response());
            case Happened.ModelFailed failed ->
                switch (failed.code()) {
                    case BUDGET_EXHAUSTED, TIMEOUT -> new Outcome.Unsolved(failed.message(), failed.code(), null);
                    default -> new Outcome.Failed(failed.code(), failed.message());
                };
            default -> throw new IllegalStateException("history: " + happened + " (expected: of a model's call)");
        };
    }

    private static Outcome answered(ChatResponse response) {
        if (response.text().isBlank() && response.toolCalls().isEmpty()) {
            return new Outcome.Unsolved("the model wrote nothing (" + response.finishReason() + ")", null, null);
        }
        return new Outcome.Solved(response.text().strip(), Judge.NONE, STAGE, null, null, null, null);
    }

    /** What stays the same comes first: a prompt cache serves it. */
    private ChatRequest request(String question) {
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
        return new ChatRequest(messages, options.tools(), options.responseFormat(), options.over(sampling));
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
        return history.isEmpty() ? List.of() : List.of(account(history.getLast()));
    }

    private Account account(Happened happened) {
        boolean solved = outcome(happened) instanceof Outcome.Solved;
        return switch (happened) {
            case Happened.ModelAnswered answered -> {
                ChatResponse response = answered.response();
                yield new Account(
                        STAGE,
                        told(response, solved),
                        model,
                        solved,
                        response.usage(),
                        response.cost(),
                        response.usage(),
                        List.of(0));
            }
            case Happened.ModelFailed failed ->
                new Account(
                        STAGE,
                        "failed: " + failed.message(),
                        model,
                        false,
                        failed.usage(),
                        failed.cost(),
                        failed.usage(),
                        List.of(0));
            default -> throw new IllegalStateException("history: " + happened + " (expected: of a model's call)");
        };
    }

    private String told(ChatResponse response, boolean solved) {
        int calls = response.toolCalls().size();
        String end = calls > 0
                ? "asked for " + calls + (calls == 1 ? " tool call" : " tool calls")
                : solved ? "answered" : "wrote nothing";
        String cut = response.finishReason() == ChatResponse.FinishReason.LENGTH ? ", cut at its token limit" : "";
        return end
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
        return 1;
    }
}
