package dev.troupe.runtime.host;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Ledger;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.MeteredChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.stages.StagesPlan;
import dev.troupe.runtime.team.AgentSettings;
import dev.troupe.runtime.team.AssistantSettings;
import dev.troupe.runtime.team.ChatSettings;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.tools.code.CodeExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an agent works with before it remembers anything: models, a sandbox and prices. Whoever opened it closes it.
 */
public final class Workbench implements AutoCloseable {
    /** What is leased for an answer whose length no request bounds. */
    private static final int MOST_ANSWER_TOKENS = 4_096;

    private final PriceTable prices;
    private final OpenedModels models;
    private final CodeTools code;
    private final TeamTools tools;

    private Workbench(PriceTable prices, OpenedModels models, CodeTools code, TeamTools tools) {
        this.prices = prices;
        this.models = models;
        this.code = code;
        this.tools = tools;
    }

    /**
     * Fetches what is missing and opens what the team's entry uses, or all of its agents where the settings say so.
     *
     * @param context how long that may take, and what ends it
     * @throws TroupeException {@code MODEL_UNAVAILABLE}, {@code SANDBOX_UNAVAILABLE}, {@code STORAGE},
     *     {@code TEAM_INVALID}, {@code CANCELLED}; nothing stays open then
     */
    public static Workbench open(TeamFile team, HostSettings settings, Preparation preparation, CallContext context) {
        List<AgentSettings> agents = agents(team, settings);
        PriceTable prices = prices(team, settings.plugins());
        Resources opened = new Resources();
        try {
            OpenedModels models =
                    opened.keep(OpenedModels.open(needed(team, agents), settings, prices, preparation, context));
            CodeTools code = opened.keep(CodeTools.open(team, tools(agents), settings, preparation, context));
            TeamTools tools = opened.keep(TeamTools.open(team, calls(agents), settings, preparation, context));
            return new Workbench(prices, models, code, tools);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The agents that can be asked: the entry with those that it uses, and that these use; or all. */
    static List<AgentSettings> agents(TeamFile team, HostSettings settings) {
        if (settings.everyAgent()) {
            return List.copyOf(team.agents().values());
        }
        Set<AgentSettings> agents = new LinkedHashSet<>();
        Deque<AgentSettings> next = new ArrayDeque<>(List.of(team.entryAgent()));
        while (!next.isEmpty()) {
            AgentSettings agent = next.remove();
            if (agents.add(agent)) {
                agent.reach().uses().stream()
                        .map(use -> Objects.requireNonNull(team.agents().get(use.agent()), use.agent()))
                        .forEach(next::add);
            }
        }
        return List.copyOf(agents);
    }

    private static List<String> calls(List<AgentSettings> agents) {
        return agents.stream()
                .flatMap(agent -> agent.reach().calls().stream())
                .distinct()
                .toList();
    }

    private static List<String> tools(List<AgentSettings> agents) {
        return agents.stream()
                .flatMap(agent -> agent.tools().stream())
                .distinct()
                .toList();
    }

    /** By their names in the team file; what they spend is on nobody's ledger. */
    public Map<String, ChatModel> models() {
        return models.byName();
    }

    /**
     * By their names in the team file, with every call on the ledger.
     *
     * @throws TroupeException {@code TEAM_INVALID} when a model's price is not known
     */
    Map<String, ChatModel> metered(Ledger ledger, TeamFile team) {
        Map<String, ChatModel> metered = new LinkedHashMap<>();
        models.byName().forEach((name, model) -> {
            ModelPrice price =
                    prices.find(model.name()).orElseThrow(() -> unpriced("models." + name, model.name(), team));
            metered.put(name, new MeteredChatModel(model, price, ledger, MOST_ANSWER_TOKENS));
        });
        return metered;
    }

    private static TroupeException unpriced(String place, String model, TeamFile team) {
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                place + ": " + model + " (expected: a model whose price is known)",
                "add its price under `prices:` in " + team.file());
    }

    public CodeExecutor code() {
        return code;
    }

    /** What models call by name. */
    TeamTools tools() {
        return tools;
    }

    public PriceTable prices() {
        return prices;
    }

    /** The prices of the models that an agent's stages ask, by the stages' names on receipts. */
    Map<String, ModelPrice> stagePrices(AgentSettings agent) {
        Map<String, String> asked = stages(agent);
        Map<String, ModelPrice> priced = new LinkedHashMap<>();
        asked.forEach((stage, name) -> {
            ChatModel model = models.byName().get(name);
            if (model != null) {
                prices.find(model.name()).ifPresent(price -> priced.put(stage, price));
            }
        });
        return priced;
    }

    private static Map<String, String> stages(AgentSettings agent) {
        Map<String, String> asked = new LinkedHashMap<>();
        switch (agent) {
            case AssistantSettings assistant -> {
                assistant.ladder().forEach(rung -> asked.put(rung.name(), rung.model()));
                if (assistant.verify() instanceof Verifier.Judge judge) {
                    asked.put(Account.VERIFY, judge.model());
                }
            }
            case ChatSettings chat -> asked.put(ChatPlan.STAGE, chat.model());
            case PlannerSettings planner -> {
                for (String stage : List.of(StagesPlan.PLAN, StagesPlan.SELECT, StagesPlan.RESPOND)) {
                    asked.put(stage, planner.model());
                }
            }
        }
        return asked;
    }

    /** The models that the agents use, each once. */
    private static List<ModelSettings> needed(TeamFile team, List<AgentSettings> agents) {
        return team.models().values().stream()
                .filter(model ->
                        agents.stream().anyMatch(agent -> agent.models().contains(model.name())))
                .toList();
    }

    private static PriceTable prices(TeamFile team, Plugins plugins) {
        Map<String, ModelPrice> own = new LinkedHashMap<>(team.prices());
        team.models().values().stream()
                .map(ModelSettings::live)
                .filter(ModelSettings.Local.class::isInstance)
                .forEach(model -> own.putIfAbsent("local/" + model.model(), ModelPrice.FREE));
        plugins.models().values().forEach(brought -> {
            if (brought.price() != null) {
                own.put(brought.model().name(), brought.price());
            }
        });
        PriceTable prices = PriceTable.published().with(own);
        if (prices.find(team.baseline()).isEmpty()) {
            throw unpriced("baseline", team.baseline(), team);
        }
        return prices;
    }

    @Override
    public void close() {
        tools.close();
        code.close();
        models.close();
    }
}
