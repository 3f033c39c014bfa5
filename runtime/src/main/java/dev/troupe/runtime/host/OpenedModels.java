package dev.troupe.runtime.host;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.local.LocalChatModel;
import dev.troupe.models.local.LocalModelOptions;
import dev.troupe.models.openai.OpenAiProvider;
import dev.troupe.models.openai.OpenAiSettings;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.models.recorded.RecordedChatModel;
import dev.troupe.models.recorded.Recording;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.models.store.ModelStore;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.yaml.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chat models of a team. Names of a team that mean the same weights share one process. */
final class OpenedModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedModels.class);
    /** What an endpoint's model is taken to hold when neither the team file nor the price table says. */
    private static final int USUAL_CONTEXT = 32_768;

    private static final int WAITING_FOR_ONE = 8;

    private final Map<String, ChatModel> byName = new LinkedHashMap<>();
    private final Map<LocalModelOptions, LocalChatModel> local = new LinkedHashMap<>();
    /** One for each file, whoever answers from it: what is written into it comes in one order. */
    private final Map<Path, Recording> recordings = new HashMap<>();

    /** Of providers that were found on the class path. */
    private final List<ChatModel> others = new ArrayList<>();

    private final OpenAiProvider endpoints = new OpenAiProvider();
    private final HostSettings host;
    private final PriceTable prices;

    private OpenedModels(HostSettings host, PriceTable prices) {
        this.host = host;
        this.prices = prices;
    }

    /** Fetches what is missing and opens each; local models begin to load at once. */
    static OpenedModels open(
            List<ModelSettings> models,
            HostSettings host,
            PriceTable prices,
            Preparation preparation,
            CallContext context) {
        OpenedModels opened = new OpenedModels(host, prices);
        try {
            for (ModelSettings settings : models) {
                context.check();
                opened.byName.put(settings.name(), opened.open(settings, preparation, context));
            }
            opened.local.values().forEach(model -> warmUp(model, context));
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    Map<String, ChatModel> byName() {
        return byName;
    }

    private ChatModel open(ModelSettings settings, Preparation preparation, CallContext context) {
        Plugins.OwnModel own = host.plugins().models().get(settings.name());
        if (own != null) {
            return own.model();
        }
        return switch (settings) {
            case ModelSettings.Local here -> local(here, preparation, context);
            case ModelSettings.OpenAi remote -> remote(remote);
            case ModelSettings.Recorded recorded -> recorded(recorded, preparation, context);
            case ModelSettings.Provided provided -> provided(provided);
        };
    }

    private ChatModel provided(ModelSettings.Provided settings) {
        ChatModel model = ChatModelProviders.find(settings).open(settings.wanted());
        others.add(model);
        return model;
    }

    private ChatModel recorded(ModelSettings.Recorded settings, Preparation preparation, CallContext context) {
        if (settings.mode() == ModelSettings.Recorded.Mode.REPLAY) {
            Recording recording = recordings.computeIfAbsent(settings.file(), Recording::open);
            return RecordedChatModel.replaying(name(settings.of()), contextTokens(settings.of()), recording);
        }
        Recording recording = recordings.computeIfAbsent(settings.file(), Recording::openToAdd);
        ChatModel model = open(settings.of(), preparation, context);
        ModelPrice price = prices.find(model.name()).orElse(ModelPrice.FREE);
        return settings.mode() == ModelSettings.Recorded.Mode.AUTO
                ? RecordedChatModel.completing(model, price, recording)
                : RecordedChatModel.recording(model, price, recording);
    }

    /** As the price table and the ledger name it. */
    private String name(ModelSettings settings) {
        return switch (settings) {
            case ModelSettings.Local here -> "local/" + here.model();
            // The price table knows whose endpoint it is; anybody else's is priced as OpenAI's, or by the team file.
            case ModelSettings.OpenAi remote -> prices.providerAt(remote.url()).orElse("openai") + "/" + remote.model();
            case ModelSettings.Recorded recorded -> name(recorded.of());
            case ModelSettings.Provided provided -> provided.wanted().qualifiedName();
        };
    }

    private int contextTokens(ModelSettings settings) {
        Integer asked = settings.contextTokens();
        if (asked != null) {
            return asked;
        }
        return settings instanceof ModelSettings.Local here
                ? ModelCatalogue.builtIn().find(here.model()).contextTokens()
                : prices.contextTokens(name(settings)).orElse(USUAL_CONTEXT);
    }

    private ChatModel local(ModelSettings.Local settings, Preparation preparation, CallContext context) {
        ModelStore store = ModelStore.open(host.cache(), ModelCatalogue.builtIn(), host.environment());
        Path file = store.pull(settings.model(), preparation::pulling, context);
        LocalModelOptions options =
                LocalModelOptions.of(settings.model(), file, contextTokens(settings), host.cache(), host.environment());
        options = options.withQueue(Math.max(options.queue(), host.tasks())).withKeepAlive(settings.keepAlive());
        return local.computeIfAbsent(options, LocalChatModel::open);
    }

    private ChatModel remote(ModelSettings.OpenAi settings) {
        ModelSettings.Timeouts timeouts = settings.timeouts();
        OpenAiSettings.Limits usual = OpenAiSettings.Limits.USUAL;
        Secret key = settings.key();
        return endpoints.open(new OpenAiSettings(
                name(settings),
                settings.url(),
                settings.model(),
                key == null ? new Secret("") : key,
                contextTokens(settings),
                new OpenAiSettings.Timeouts(timeouts.connect(), timeouts.firstToken(), timeouts.total()),
                new OpenAiSettings.Limits(
                        settings.concurrency(),
                        Math.max(settings.concurrency() * WAITING_FOR_ONE, host.tasks()),
                        perMinute(settings.rate()),
                        usual.retries(),
                        usual.backOff())));
    }

    private static int perMinute(Units.@Nullable Rate rate) {
        return rate == null ? 0 : Math.clamp(rate.calls() * 60_000L / rate.per().toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Loads while the rest is opened. What goes wrong is told by the first call that needs the model. */
    private static void warmUp(LocalChatModel model, CallContext context) {
        Thread.ofVirtual().name("warm-up").start(() -> {
            try {
                model.warmUp(context);
            } catch (TroupeException e) {
                LOG.info("{} could not be loaded in advance: {}", model.name(), e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        local.values().forEach(LocalChatModel::close);
        others.forEach(ChatModel::close);
        endpoints.close();
    }
}
