package dev.troupe.runtime.team;

import dev.troupe.models.call.Secret;
import dev.troupe.models.chat.ChatModelProvider;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.runtime.team.yaml.Units.Rate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat model of a team. */
public sealed interface ModelSettings {
    /** Its name in the team file. */
    String name();

    /** The model that answers, or has answered when it was recorded: itself for all but recorded ones. */
    default ModelSettings live() {
        return this;
    }

    /** The model as its provider names it. */
    String model();

    /** How tokens are chosen, unless a request says otherwise. */
    Sampling sampling();

    /** The most tokens that prompt and answer may have together; null for what the model itself allows. */
    @Nullable
    Integer contextTokens();

    /**
     * A model that runs on this machine.
     *
     * @param model its name in the catalogue
     * @param keepAlive how long its process outlives its last user
     */
    record Local(
            String name,
            String model,
            Sampling sampling,
            @Nullable Integer contextTokens,
            Duration keepAlive) implements ModelSettings {
        /** Where the file does not say. */
        public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofMinutes(5);
    }

    /**
     * A model behind an OpenAI-compatible endpoint.
     *
     * @param url the endpoint's base, such as {@code https://api.openai.com/v1}
     * @param key null when the endpoint needs none; never empty
     * @param concurrency the most calls at a time
     * @param rate the most calls in a time, or null for no limit of ours
     */
    record OpenAi(
            String name,
            String model,
            URI url,
            @Nullable Secret key,
            Sampling sampling,
            @Nullable Integer contextTokens,
            Timeouts timeouts,
            int concurrency,
            @Nullable Rate rate)
            implements ModelSettings {
        /** Where models are asked when the file does not say. */
        public static final URI DEFAULT_URL = URI.create("https://api.openai.com/v1");

        public static final int DEFAULT_CONCURRENCY = 8;
    }

    /**
     * A model of the program that runs the team, or of a provider on its class path.
     *
     * @param from the provider's name; empty for one that the program brings under this model's name
     * @param key null when it needs none; never empty
     * @param options what else the provider is told
     */
    record Provided(
            String name,
            String from,
            String model,
            @Nullable URI url,
            @Nullable Secret key,
            Sampling sampling,
            @Nullable Integer contextTokens,
            Map<String, String> options)
            implements ModelSettings {
        public Provided {
            options = Map.copyOf(options);
        }

        /** What the provider is asked for. */
        public ChatModelProvider.Wanted wanted() {
            return new ChatModelProvider.Wanted(from, model, url, key, contextTokens, options);
        }
    }

    /**
     * Answers of another model, out of a file.
     *
     * @param of the model that was recorded; no recorded one
     * @param file absolute; lies in the team's folder
     */
    record Recorded(String name, ModelSettings of, Path file, Mode mode) implements ModelSettings {
        public Recorded {
            if (of instanceof Recorded) {
                throw new IllegalArgumentException("of: a recording (expected: a model that can be asked)");
            }
        }

        @Override
        public ModelSettings live() {
            return of;
        }

        @Override
        public String model() {
            return of.model();
        }

        @Override
        public Sampling sampling() {
            return of.sampling();
        }

        @Override
        public @Nullable Integer contextTokens() {
            return of.contextTokens();
        }

        /** Whether the other model is asked. */
        public enum Mode {
            /** Never. */
            REPLAY,
            /** Always, and what it answers is added to the file. */
            RECORD,
            /** Where the file has no answer, which is added to it. */
            AUTO;

            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * How long an endpoint may take.
     *
     * @param connect to a connection
     * @param firstToken from the request to the first token
     * @param total from the request to the last token
     */
    record Timeouts(Duration connect, Duration firstToken, Duration total) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(3));
    }
}
