package dev.troupe.models.chat;

import dev.troupe.models.call.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens chat models of somebody else's making for team files: {@code { provider: java, from: NAME, model: … }}. Found by
 * {@link java.util.ServiceLoader}; needs a public constructor without parameters. Thread-safe.
 */
public interface ChatModelProvider {
    /** As {@code from:} names it: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Opens a model, which the team closes. Its {@link ChatModel#name()} is {@link Wanted#qualifiedName()}.
     *
     * @throws dev.troupe.models.call.TroupeException {@code TEAM_INVALID} for what it cannot open, naming the key and what
     *     is expected; {@code MODEL_UNAVAILABLE}
     */
    ChatModel open(Wanted wanted);

    /**
     * A model, as the team file asks for it.
     *
     * @param provider {@link ChatModelProvider#name()}
     * @param model as the provider names it
     * @param url null where the file does not say
     * @param key null where the file has none; never empty
     * @param contextTokens the most tokens of prompt and answer together, null where the file does not say
     * @param options what else the file says, as texts
     */
    record Wanted(
            String provider,
            String model,
            @Nullable URI url,
            @Nullable Secret key,
            @Nullable Integer contextTokens,
            Map<String, String> options) {
        public Wanted {
            options = Map.copyOf(options);
        }

        /** {@code provider/model}, for prices and the ledger; the model's name alone where that has a slash already. */
        public String qualifiedName() {
            return model.contains("/") ? model : provider + "/" + model;
        }
    }
}
