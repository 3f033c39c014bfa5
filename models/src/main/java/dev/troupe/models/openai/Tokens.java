package dev.troupe.models.openai;

import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.Message;

/**
 * Estimates of how many tokens a text has, for leases and for servers that report no usage. On the high side: English
 * has about four letters a token and code three; other scripts up to two tokens a character.
 */
final class Tokens {
    private static final int PER_MESSAGE = 8;
    /** The most that the published formulas give for an image of high detail. */
    private static final int PER_IMAGE = 2_500;

    private Tokens() {}

    static long of(ChatRequest request) {
        long tokens = PER_MESSAGE;
        for (Message message : request.messages()) {
            tokens += PER_MESSAGE;
            for (Message.Part part : message.parts()) {
                tokens += part instanceof Message.Part.Text text ? of(text.text()) : PER_IMAGE;
            }
            for (Message.ToolCall call : message.toolCalls()) {
                tokens += PER_MESSAGE + of(call.id()) + of(call.name()) + of(call.arguments());
            }
        }
        for (ChatRequest.ToolSpec tool : request.tools()) {
            tokens += PER_MESSAGE
                    + of(tool.name())
                    + of(tool.description())
                    + of(tool.parameters().toString());
        }
        ChatRequest.ResponseFormat format = request.responseFormat();
        return format == null ? tokens : tokens + of(format.schema().toString());
    }

    static long of(CharSequence text) {
        long ascii = text.chars().filter(c -> c < 128).count();
        return Math.ceilDiv(ascii, 3) + 2 * (text.length() - ascii);
    }
}
