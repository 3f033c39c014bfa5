package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.chat.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said in a conversation before the question: its last turns, as many as a number of tokens allows.
 *
 * @param messages users and assistants by turns, oldest first, an assistant's last
 * @param shown how many questions are among them
 * @param of how many questions there were
 */
public record Earlier(List<Message> messages, int shown, int of) {
    public static final Earlier NONE = new Earlier(List.of(), 0, 0);

    /** For what a message has beside its text. */
    private static final int PER_MESSAGE = 8;

    /** The most that the published formulas give for an image of high detail. */
    private static final int PER_IMAGE = 2_500;

    public Earlier {
        messages = List.copyOf(messages);
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** How a turn reads to who is told of it. */
    public interface Telling {
        List<Message> of(TaskRecord turn);
    }

    /**
     * The last of these turns.
     *
     * @param turns oldest first
     * @param tokens the most that they may take, by an upper estimate
     */
    public static Earlier of(List<TaskRecord> turns, int tokens, Telling telling) {
        return blocks(turns.stream().map(telling::of).toList(), tokens);
    }

    /**
     * The last of these messages, cut before a user's: the calls of tools stay with their results.
     *
     * @param messages oldest first; those before the first user's are left out
     */
    public static Earlier of(List<Message> messages, int tokens) {
        List<List<Message>> blocks = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Message.Role.USER) {
                blocks.add(new ArrayList<>());
            }
            if (!blocks.isEmpty()) {
                blocks.getLast().add(message);
            }
        }
        return blocks(blocks, tokens);
    }

    private static Earlier blocks(List<List<Message>> blocks, int tokens) {
        int from = blocks.size();
        long left = tokens;
        while (from > 0) {
            left -= blocks.get(from - 1).stream().mapToLong(Earlier::tokens).sum();
            if (left < 0) {
                break;
            }
            from--;
        }
        List<Message> messages = blocks.subList(from, blocks.size()).stream()
                .flatMap(List::stream)
                .toList();
        return new Earlier(messages, blocks.size() - from, blocks.size());
    }

    /** On the high side: English has about four letters a token and code three; other scripts up to two a character. */
    static long tokens(Message message) {
        long tokens = PER_MESSAGE;
        for (Message.Part part : message.parts()) {
            tokens += part instanceof Message.Part.Text text ? tokens(text.text()) : PER_IMAGE;
        }
        for (Message.ToolCall call : message.toolCalls()) {
            tokens += PER_MESSAGE + tokens(call.name()) + tokens(call.arguments());
        }
        return tokens;
    }

    private static long tokens(String text) {
        long ascii = text.chars().filter(c -> c < 128).count();
        return Math.ceilDiv(ascii, 3) + 2 * (text.length() - ascii);
    }
}
