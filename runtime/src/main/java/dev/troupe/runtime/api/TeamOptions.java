package dev.troupe.runtime.api;

import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.runtime.host.Folders;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.MachineConfig;
import dev.troupe.runtime.host.Plugins;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.tools.code.CodeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a team runs; what nothing is said about is as on the command line. Read when the team is opened. Not
 * thread-safe.
 */
public final class TeamOptions {
    /** Fetching a model over a slow line takes long, but has an end. */
    private static final Duration LONGEST_PREPARATION = Duration.ofHours(24);

    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Map<String, Plugins.OwnModel> models = new LinkedHashMap<>();
    private @Nullable Path data;
    private @Nullable Path cache;
    private @Nullable Path machine;
    private @Nullable CodeExecutor code;
    private @Nullable AnswerCheck check;
    private Preparation preparation = Preparation.NONE;
    private Duration preparationTime = LONGEST_PREPARATION;
    private int tasks;
    private boolean unsafe;
    private boolean learns = true;
    private boolean everyAgent;

    private TeamOptions() {}

    /** As the command line runs a team. */
    public static TeamOptions usual() {
        return new TeamOptions();
    }

    /** Where the journal and what is learned are kept. One process at a time has a data folder. */
    public TeamOptions data(Path folder) {
        data = folder;
        return this;
    }

    /** Where models and Python packages that are fetched are kept. */
    public TeamOptions cache(Path folder) {
        cache = folder;
        return this;
    }

    /** This machine's configuration, a file in HOCON. */
    public TeamOptions machine(Path file) {
        machine = file;
        return this;
    }

    /** A variable that the team may refer to, in place of the process's. */
    public TeamOptions variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * A model of this program, in place of what the team says about the one of that name. It is not closed with the team.
     *
     * @param name in the team file
     * @param model its price is what the team or the price table says of {@link ChatModel#name()}
     */
    public TeamOptions model(String name, ChatModel model) {
        models.put(name, new Plugins.OwnModel(model, null));
        return this;
    }

    /** As {@link #model(String, ChatModel)}, with its price; {@link ModelPrice#FREE} for one that costs nothing. */
    public TeamOptions model(String name, ChatModel model, ModelPrice price) {
        models.put(name, new Plugins.OwnModel(model, price));
        return this;
    }

    /**
     * What runs programs of the languages that it supports, in place of the sandbox. It is not closed with the team.
     * <b>What confines programs is then its business.</b>
     */
    public TeamOptions code(CodeExecutor executor) {
        code = executor;
        return this;
    }

    /** Who says whether an answer is right, in place of what the team says under {@code verify}. */
    public TeamOptions check(AnswerCheck verifier) {
        check = verifier;
        return this;
    }

    /** Is told what is fetched and installed while the team is opened. */
    public TeamOptions preparation(Preparation listener) {
        preparation = listener;
        return this;
    }

    /** How long opening may take, with all that has to be fetched. 24 hours where nothing is said. */
    public TeamOptions prepareWithin(Duration time) {
        preparationTime = time;
        return this;
    }

    /** How many tasks are worked on at the same time, 1 or more; others wait. 8 where nothing is said. */
    public TeamOptions tasks(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("tasks: " + count + " (expected: 1 or more)");
        }
        tasks = count;
        return this;
    }

    /** Obeys {@code sandbox: none}: programs that a model wrote then run with all rights of this process. */
    public TeamOptions unsafe() {
        unsafe = true;
        return this;
    }

    /** What is solved leaves no demonstration behind. */
    public TeamOptions withoutLearning() {
        learns = false;
        return this;
    }

    /** Opens what all agents of the team need, so that each can be asked, and not only its entry. */
    public TeamOptions everyAgent() {
        everyAgent = true;
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    Set<String> ownModels() {
        return models.keySet();
    }

    @Nullable
    AnswerCheck check() {
        return check;
    }

    Preparation preparation() {
        return preparation;
    }

    Duration preparationTime() {
        return preparationTime;
    }

    HostSettings settings() {
        Folders folders = Folders.of(environment, data);
        HostSettings settings = new HostSettings(
                        folders.data(),
                        cache == null ? folders.cache() : cache.toAbsolutePath().normalize(),
                        environment,
                        unsafe)
                .withMachine(MachineConfig.read(machine, environment))
                .withPlugins(new Plugins(models, code));
        settings = tasks == 0 ? settings : settings.withTasks(tasks);
        settings = learns ? settings : settings.withoutLearning();
        return everyAgent ? settings.withEveryAgent() : settings;
    }
}
