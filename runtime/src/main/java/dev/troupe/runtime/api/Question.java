package dev.troupe.runtime.api;

import dev.troupe.models.call.CallContext;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question with its circumstances.
 *
 * @param agent which of the team's agents, null for its entry; others need {@link TeamOptions#everyAgent()}
 * @param conversation goes on: tasks of one conversation are told of those before and share their files; null for a
 *     question by itself
 * @param tenant whose it is: what is learned and remembered for one is never shown to another
 * @param within how long the answer may take, null for what the team says
 * @param budget the most that it may spend, null for what the team says
 * @param options what is wanted of the model
 * @param files that it is about; absolute paths, only for an agent that takes files
 */
public record Question(
        String text,
        @Nullable String agent,
        @Nullable String conversation,
        String tenant,
        @Nullable Duration within,
        @Nullable Allowance budget,
        ChatOptions options,
        List<Path> files) {
    public Question {
        files = List.copyOf(files);
    }

    /** To the team's entry, by itself, within the team's budget. */
    public static Question of(String text) {
        return new Question(text, null, null, CallContext.LOCAL, null, null, ChatOptions.NONE, List.of());
    }

    public Question toAgent(String other) {
        return new Question(text, other, conversation, tenant, within, budget, options, files);
    }

    public Question inConversation(String other) {
        return new Question(text, agent, other, tenant, within, budget, options, files);
    }

    public Question ofTenant(String other) {
        return new Question(text, agent, conversation, other, within, budget, options, files);
    }

    public Question within(Duration other) {
        return new Question(text, agent, conversation, tenant, other, budget, options, files);
    }

    public Question withBudget(Allowance other) {
        return new Question(text, agent, conversation, tenant, within, other, options, files);
    }

    public Question withOptions(ChatOptions other) {
        return new Question(text, agent, conversation, tenant, within, budget, other, files);
    }

    /** About these files, for an agent of kind {@code planner}. */
    public Question withFiles(List<Path> others) {
        return new Question(text, agent, conversation, tenant, within, budget, options, others);
    }
}
