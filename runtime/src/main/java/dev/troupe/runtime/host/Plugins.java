package dev.troupe.runtime.host;

import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.tools.code.CodeExecutor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the program that runs a team brings itself. The team uses it and does not close it.
 *
 * @param models by the names that the team file gives them, in place of what it says about them
 * @param code runs programs of the languages that it supports, in place of the sandbox; null for none
 */
public record Plugins(
        Map<String, OwnModel> models, @Nullable CodeExecutor code) {
    public static final Plugins NONE = new Plugins(Map.of(), null);

    public Plugins {
        models = Map.copyOf(models);
    }

    /**
     * A model that the program brings.
     *
     * @param price null for what the team file or the price table says of its name
     */
    public record OwnModel(ChatModel model, @Nullable ModelPrice price) {}
}
