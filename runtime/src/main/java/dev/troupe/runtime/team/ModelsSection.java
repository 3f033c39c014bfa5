package dev.troupe.runtime.team;

import dev.troupe.models.call.Secret;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.runtime.team.ModelSettings.Local;
import dev.troupe.runtime.team.ModelSettings.OpenAi;
import dev.troupe.runtime.team.ModelSettings.Provided;
import dev.troupe.runtime.team.ModelSettings.Recorded;
import dev.troupe.runtime.team.ModelSettings.Recorded.Mode;
import dev.troupe.runtime.team.ModelSettings.Timeouts;
import dev.troupe.runtime.team.yaml.Environment;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Keys;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Units.Rate;
import dev.troupe.runtime.team.yaml.Value;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code models}. */
final class ModelsSection {
    private static final Duration MOST_KEEP_ALIVE = Duration.ofHours(24);
    private static final Set<String> CATALOGUE = ModelCatalogue.builtIn().models().stream()
            .flatMap(model -> Stream.concat(Stream.of(model.name()), model.aliases().stream()))
            .collect(Collectors.toCollection(TreeSet::new));
    private static final String RECORDED = "recorded";
    private static final String JAVA = "java";
    private static final List<String> MODES =
            Stream.of(Mode.values()).map(Mode::label).toList();
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private final Map<String, ModelSettings> models = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final Set<String> brought;
    /** Those left out too, without a key: what they answered may have been recorded. */
    private final Map<String, ModelSettings> live = new LinkedHashMap<>();

    /** @param brought names of models that the program brings itself: these need no key */
    ModelsSection(@Nullable Value section, TeamFolder folder, Set<String> brought) {
        this.brought = brought;
        if (section != null) {
            Map<String, Value> entries = section.entries("a mapping of names to models");
            names.addAll(entries.keySet());
            Map<String, Value> recorded = new LinkedHashMap<>();
            entries.forEach((name, value) -> {
                Value provider = value.peek("provider");
                if (provider != null && provider.raw().equals(RECORDED)) {
                    recorded.put(name, value);
                } else if (provider != null && provider.raw().equals(JAVA)) {
                    provided(name, value);
                } else {
                    read(name, value);
                }
            });
            live.putAll(models);
            recorded.forEach((name, value) -> recorded(name, value, folder));
        }
    }

    /** The models that can be asked. In a file with problems, some may be missing. */
    Map<String, ModelSettings> models() {
        return models;
    }

    /** The models that are left out, and the environment variable that each would need. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    /** The models that the file defines, those left out too. */
    Collection<String> names() {
        return names;
    }

    private void read(String name, Value value) {
        Value peeked = value.peek("provider");
        String kind = peeked == null ? "" : peeked.raw();
        Keys keys = kind.equals("local") ? TeamKeys.LOCAL_MODEL : TeamKeys.OPENAI_MODEL;
        Fields fields = value.fields(keys);
        if (fields == null) {
            return;
        }
        Value provider = fields.require("provider", "local, openai, recorded or java");
        if (provider != null) {
            provider.oneOf(List.of("local", "openai", RECORDED, JAVA));
        }
        Value modelValue = fields.require("model", "the model as its provider names it");
        String model = modelValue == null ? null : modelValue.text("the model as its provider names it");
        Value context = fields.get("context");
        Integer contextTokens = context == null ? null : context.integer(256, 16 << 20);
        Sampling sampling = sampling(fields);
        if (kind.equals("local")) {
            if (modelValue != null && model != null && !CATALOGUE.contains(model)) {
                String near = Suggestions.nearest(model, CATALOGUE);
                modelValue.problem(
                        Value.quote(modelValue.raw()),
                        "a model of the catalogue: " + String.join(", ", CATALOGUE),
                        near);
            }
            Duration keepAlive = keepAlive(fields.get("keep_alive"));
            models.put(name, new Local(name, model == null ? name : model, sampling, contextTokens, keepAlive));
        } else {
            String known = model == null ? name : model;
            openAi(name, value, fields, known, sampling, contextTokens, kind.equals("openai"));
        }
    }

    private static Duration keepAlive(@Nullable Value value) {
        Duration kept = value == null ? null : value.duration(Duration.ZERO, MOST_KEEP_ALIVE);
        return kept == null ? Local.DEFAULT_KEEP_ALIVE : kept;
    }

    private static Sampling sampling(Fields fields) {
        Value temperature = fields.get("temperature");
        Value topP = fields.get("top_p");
        Value seed = fields.get("seed");
        Value maxTokens = fields.get("max_tokens");
        return new Sampling(
                temperature == null ? null : temperature.number(0, 2),
                topP == null ? null : topP.number(0, 1),
                seed == null ? null : seed.integer(0, Integer.MAX_VALUE),
                maxTokens == null ? null : maxTokens.integer(1, 1 << 20),
                List.of());
    }

    private void openAi(
            String name,
            Value value,
            Fields fields,
            String model,
            Sampling sampling,
            @Nullable Integer contextTokens,
            boolean isOpenAi) {
        Value concurrencyValue = fields.get("concurrency");
        Integer concurrency = concurrencyValue == null ? null : concurrencyValue.integer(1, 1024);
        Value rateValue = fields.get("rate");
        Rate rate = rateValue == null ? null : rateValue.rate();
        Value urlValue = fields.get("url");
        URI given = urlValue == null ? OpenAi.DEFAULT_URL : url(urlValue);
        URI url = given == null ? OpenAi.DEFAULT_URL : given;
        Timeouts timeouts = timeouts(fields.get("timeouts"));
        Value keyValue = fields.get("key");
        Secret secret = keyValue == null ? null : key(name, keyValue);
        if (keyValue == null && !brought.contains(name) && isOpenAi && OpenAi.DEFAULT_URL.equals(given)) {
            value.problemAtStart(
                    value.path() + ".key",
                    "missing",
                    "\"${OPENAI_API_KEY}\", or a url of an endpoint that needs no key");
        }
        int calls = concurrency == null ? OpenAi.DEFAULT_CONCURRENCY : concurrency;
        OpenAi settings = new OpenAi(name, model, url, secret, sampling, contextTokens, timeouts, calls, rate);
        (leftOut.containsKey(name) ? live : models).put(name, settings);
    }

    /** The model's key; without one the model is left out, unless the program brings it. */
    private @Nullable Secret key(String name, Value value) {
        if (brought.contains(name)) {
            return null;
        }
        Environment.Reference key = value.secret();
        if (key == null) {
            return null;
        }
        if (key.secret().isEmpty()) {
            leftOut.put(name, key.variable());
            return null;
        }
        return key.secret();
    }

    private void provided(String name, Value value) {
        Fields fields = value.fields(TeamKeys.PROVIDED_MODEL);
        if (fields == null) {
            return;
        }
        Value fromValue = fields.get("from");
        String from = fromValue == null ? null : fromValue.name();
        Value modelValue = from == null ? fields.get("model") : fields.require("model", "the provider's name of it");
        String model = modelValue == null ? null : modelValue.text("the model as its provider names it");
        if (fromValue == null && !brought.contains(name)) {
            value.problemAtStart(
                    value.path() + ".from", "missing", "a provider's name, or a program that brings this model");
        }
        Value urlValue = fields.get("url");
        Value keyValue = fields.get("key");
        Value contextValue = fields.get("context");
        Provided settings = new Provided(
                name,
                from == null ? "" : from,
                model == null ? name : model,
                urlValue == null ? null : url(urlValue),
                keyValue == null ? null : key(name, keyValue),
                sampling(fields),
                contextValue == null ? null : contextValue.integer(256, 16 << 20),
                options(fields.get("options")));
        (leftOut.containsKey(name) ? live : models).put(name, settings);
    }

    private static Map<String, String> options(@Nullable Value value) {
        Map<String, String> options = new LinkedHashMap<>();
        if (value != null) {
            value.entries("a mapping of names to values").forEach((option, given) -> {
                String text = given.plain("a text, a number, true or false");
                if (text != null) {
                    options.put(option, text);
                }
            });
        }
        return options;
    }

    private void recorded(String name, Value value, TeamFolder folder) {
        Fields fields = value.fields(TeamKeys.RECORDED_MODEL);
        if (fields == null) {
            return;
        }
        Value ofValue = fields.require("of", "the model that is recorded, one of the file's");
        String of = ofValue == null ? null : ofValue.text("one of the file's models");
        if (ofValue != null && of != null && !live.containsKey(of)) {
            String near = Suggestions.nearest(of, live.keySet());
            String expected = live.isEmpty() ? "a model that is not recorded" : String.join(" or ", live.keySet());
            ofValue.problem("unknown model " + Value.quote(ofValue.raw()), expected, near);
        }
        Value modeValue = fields.get("mode");
        String named = modeValue == null ? null : modeValue.oneOf(MODES);
        Mode mode = named == null ? Mode.REPLAY : Mode.valueOf(named.toUpperCase(Locale.ROOT));
        Value fileValue = fields.require("file", "a file of the team's folder, such as recordings/small.jsonl");
        Path file = fileValue == null ? null : folder.file(fileValue, mode == Mode.REPLAY);
        ModelSettings recorded = of == null ? null : live.get(of);
        String variable = of == null ? null : leftOut.get(of);
        if (variable != null && mode != Mode.REPLAY) {
            leftOut.put(name, variable);
        } else if (recorded != null && file != null) {
            models.put(name, new Recorded(name, recorded, file, mode));
        }
    }

    private static @Nullable URI url(Value value) {
        String expected = "an http or https address without a query, such as https://api.openai.com/v1";
        String text = value.text(expected);
        if (text == null) {
            return null;
        }
        try {
            URI url = URI.create(text.strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            // User information would be a password in the file, and would show up in messages about the endpoint.
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: the problem is recorded with its place.
        }
        value.refuse(expected);
        return null;
    }

    private static Timeouts timeouts(@Nullable Value value) {
        Fields fields = value == null ? null : value.fields(TeamKeys.TIMEOUTS);
        if (value == null || fields == null) {
            return Timeouts.DEFAULT;
        }
        Duration connect = duration(fields.get("connect"), Timeouts.DEFAULT.connect());
        Duration firstToken = duration(fields.get("first_token"), Timeouts.DEFAULT.firstToken());
        Duration total = duration(fields.get("total"), Timeouts.DEFAULT.total());
        return new Timeouts(connect, firstToken, total);
    }

    private static Duration duration(@Nullable Value value, Duration otherwise) {
        Duration duration = value == null ? null : value.duration(SHORTEST, LONGEST);
        return duration == null ? otherwise : duration;
    }
}
