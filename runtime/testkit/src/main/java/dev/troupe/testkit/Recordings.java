package dev.troupe.testkit;

import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.recorded.RecordedChatModel;
import dev.troupe.models.recorded.Recording;
import java.nio.file.Path;

/** Models that answer from a recording: the real model's answers, without the model. */
public final class Recordings {
    private Recordings() {}

    /**
     * A model that answers from a file and from nowhere else; what is not in it ends the task with {@code NOT_FOUND}, which
     * says how the nearest request that is differs.
     *
     * @param name {@code provider/model} of the model that was recorded
     */
    public static ChatModel replaying(Path file, String name, int contextTokens) {
        return RecordedChatModel.replaying(name, contextTokens, Recording.open(file));
    }

    /**
     * A model that asks the real one for what the file does not hold, and writes that down: to make a recording, or to
     * complete it. In CI use {@link #replaying}.
     *
     * @param price what the real one's answers cost
     */
    public static ChatModel completing(Path file, ChatModel real, ModelPrice price) {
        return RecordedChatModel.completing(real, price, Recording.openToAdd(file));
    }
}
