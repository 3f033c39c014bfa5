package dev.troupe.models.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * @param parts text and images in order; empty only for an assistant's turn that consists of tool calls
 * @param toolCalls what an assistant asked for; empty for other roles
 * @param toolCallId for {@link Role#TOOL}: which call this answers
 */
public record Message(
        Role role,
        List<Part> parts,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId) {
    public Message {
        parts = List.copyOf(parts);
        toolCalls = List.copyOf(toolCalls);
    }

    public static Message system(String text) {
        return of(Role.SYSTEM, text);
    }

    public static Message user(String text) {
        return of(Role.USER, text);
    }

    public static Message assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    public static Message tool(String toolCallId, String text) {
        return new Message(Role.TOOL, List.of(new Part.Text(text)), List.of(), toolCallId);
    }

    private static Message of(Role role, String text) {
        return new Message(role, List.of(new Part.Text(text)), List.of(), null);
    }

    /** The text parts, joined by a line break. */
    public String text() {
        return String.join(
                "\n",
                parts.stream()
                        .filter(Part.Text.class::isInstance)
                        .map(part -> ((Part.Text) part).text())
                        .toList());
    }

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    /** A piece of a message. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Part.Image.class, name = "image"),
    })
    public sealed interface Part {
        record Text(String text) implements Part {}

        /**
         * An image.
         *
         * @param mediaType {@code image/png}, {@code image/jpeg}, …
         * @param base64 its bytes
         */
        record Image(String mediaType, String base64) implements Part {}
    }

    /**
     * A tool that a model wants called.
     *
     * @param arguments a JSON object as the model wrote it; not validated
     */
    public record ToolCall(String id, String name, String arguments) {}
}
