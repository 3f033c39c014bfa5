package dev.troupe.runtime.host;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModelProvider;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.yaml.Suggestions;
import java.util.List;
import java.util.ServiceLoader;

/** The providers of chat models on the class path. */
final class ChatModelProviders {
    private ChatModelProviders() {}

    /**
     * The provider of a model.
     *
     * @throws TroupeException {@code TEAM_INVALID} when there is none of that name
     */
    static ChatModelProvider find(ModelSettings.Provided settings) {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        List<ChatModelProvider> found =
                ServiceLoader.load(
                                ChatModelProvider.class, own == null ? ChatModelProviders.class.getClassLoader() : own)
                        .stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return found.stream()
                .filter(provider -> provider.name().equals(settings.from()))
                .findFirst()
                .orElseThrow(() -> unknown(settings, found));
    }

    private static TroupeException unknown(ModelSettings.Provided settings, List<ChatModelProvider> found) {
        List<String> names =
                found.stream().map(ChatModelProvider::name).sorted().toList();
        String place = "models." + settings.name();
        if (settings.from().isEmpty()) {
            return new TroupeException(
                    ErrorCode.TEAM_INVALID,
                    place + ": provider java without a model (expected: one that the program brings, or `from:`)",
                    "such a team is run by a program that brings its model: see docs/guide/java.md");
        }
        String near = Suggestions.nearest(settings.from(), names);
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                place + ".from: " + settings.from() + " (expected: "
                        + (names.isEmpty() ? "a provider on the class path, where there is none" : names) + ")",
                near == null ? "is its jar on the class path?" : "did you mean " + near + "?");
    }
}
