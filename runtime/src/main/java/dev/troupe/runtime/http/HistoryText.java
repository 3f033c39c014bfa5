package dev.troupe.runtime.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The question that a list of messages comes to, for agents that take one text. The last message is the question. What
 * users and the assistant said before stands above it, shortened from its beginning. System messages are left out: what
 * such an agent is told to be, its team file says.
 */
final class HistoryText {
    /** As much as leaves room in a small model's context. */
    private static final int MOST_BEFORE = 6_000;

    private static final int MOST_QUESTION = 1 << 20;

    private HistoryText() {}

    /** @throws ApiException 400 when the last message is no user's, or says nothing */
    static String question(List<ChatRequest.Message> messages) {
        ChatRequest.Message last = messages.getLast();
        String place = "messages[" + (messages.size() - 1) + "]";
        if (!last.role().equals("user")) {
            throw ApiException.invalid(
                    "invalid_value",
                    place + ".role",
                    place + ".role: " + last.role() + " (expected: user, at the end)");
        }
        String question = last.text().strip();
        if (question.isEmpty() || question.length() > MOST_QUESTION) {
            throw ApiException.invalid(
                    "invalid_value",
                    place + ".content",
                    place + ".content: " + question.length() + " characters (expected: 1 to " + MOST_QUESTION + ")");
        }
        String before = before(messages.subList(0, messages.size() - 1));
        return before.isEmpty()
                ? question
                : "Earlier in this conversation:\n" + before + "\nThe question now:\n" + question;
    }

    private static String before(List<ChatRequest.Message> messages) {
        List<String> lines = new ArrayList<>();
        int characters = 0;
        for (ChatRequest.Message message : messages.reversed()) {
            String text = message.text().strip();
            boolean said = message.role().equals("user") || message.role().equals("assistant");
            if (!said || text.isEmpty()) {
                continue;
            }
            String line = (message.role().equals("user") ? "User: " : "Assistant: ") + text + "\n";
            characters += line.length();
            if (characters > MOST_BEFORE) {
                lines.add("(what was said before that is left out)\n");
                break;
            }
            lines.add(line);
        }
        return String.join("", lines.reversed());
    }
}
