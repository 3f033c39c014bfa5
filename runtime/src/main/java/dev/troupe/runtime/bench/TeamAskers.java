package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.host.Workbench;
import dev.troupe.runtime.team.AssistantSettings;
import dev.troupe.runtime.team.LadderPlans;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens a team of a file for the benchmark, in each of its configurations. */
public final class TeamAskers implements Asker.Factory {
    private final TeamFile team;
    private final @Nullable URI server;
    private final HostSettings settings;
    private final Preparation preparation;
    private final CallContext context;

    /**
     * @param server an OpenAI-compatible server with the same weights that takes the place of the local models, or null
     * @param parallel how many questions an asker is asked at the same time
     * @param settings of this machine; the data folder is the benchmark's own
     */
    public TeamAskers(
            TeamFile team,
            @Nullable URI server,
            int parallel,
            HostSettings settings,
            Preparation preparation,
            CallContext context) {
        this.team = server == null ? team : onServer(team, server, parallel);
        this.server = server;
        this.settings = settings.withTasks(parallel);
        this.preparation = preparation;
        this.context = context;
    }

    @Override
    public String model() {
        if (team.entryAgent() instanceof PlannerSettings planner) {
            return model(List.of(planner.model()));
        }
        AssistantSettings agent = team.entryAssistant();
        return model(agent.ladder().stream()
                .map(AssistantSettings.RungSettings::model)
                .toList());
    }

    private String model(List<String> used) {
        List<String> names = used.stream()
                .map(model -> team.models().get(model))
                .filter(model -> model != null)
                .map(model -> model.model() + (model instanceof ModelSettings.Recorded ? " (recorded)" : ""))
                .distinct()
                .toList();
        return String.join(", ", names) + (server == null ? "" : " at " + server);
    }

    @Override
    public Asker open(Configuration configuration, Path data) {
        HostSettings own = settings.withData(data);
        if (configuration.bare()) {
            return bare(own);
        }
        boolean learns = configuration.demonstrations() == Demonstrations.LEARN;
        TeamFile variant = team.entryAgent() instanceof PlannerSettings
                ? planning(configuration)
                : team.withEntryAgent(variant(configuration));
        Map<String, Predicate<String>> rightAnswers = new ConcurrentHashMap<>();
        return new TeamAsker(
                TeamHost.open(
                        variant,
                        learns ? own : own.withoutLearning(),
                        preparation,
                        context,
                        (task, question, answer) ->
                                rightAnswers.getOrDefault(question, no -> false).test(answer)),
                rightAnswers);
    }

    /** A planner has no rungs, and nobody who looks at an answer before it is given. */
    private TeamFile planning(Configuration configuration) {
        if (!configuration.ladder().isEmpty()
                || configuration.feedback() == Feedback.GOLD
                || configuration.feedback() == Feedback.JUDGE) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "configuration " + configuration.name() + ": " + configuration.setting()
                            + " (expected: neither rungs nor feedback on the way; " + team.entry() + " plans)",
                    null);
        }
        return team;
    }

    private AssistantSettings variant(Configuration configuration) {
        AssistantSettings agent = team.entryAssistant();
        for (String rung : configuration.ladder()) {
            if (agent.ladder().stream().noneMatch(one -> one.name().equals(rung))) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "--ladder " + rung + " (expected: rungs of " + agent.name() + ": "
                                + agent.ladder().stream()
                                        .map(AssistantSettings.RungSettings::name)
                                        .toList()
                                + ")",
                        null);
            }
        }
        AssistantSettings variant = withFeedback(
                configuration.ladder().isEmpty() ? agent : agent.withRungs(configuration.ladder()), configuration);
        return configuration.demonstrations() == Demonstrations.OFF
                ? variant.withDemonstrations(
                        new LadderPlan.Demonstrations(0, agent.demonstrations().similarity()))
                : variant;
    }

    private static AssistantSettings withFeedback(AssistantSettings agent, Configuration configuration) {
        Feedback feedback = configuration.feedback();
        if (feedback == null) {
            return agent;
        }
        return agent.withVerifier(
                switch (feedback) {
                    case OFF, AFTER -> new Verifier.None();
                    case GOLD -> new Verifier.Asked();
                    case JUDGE -> judge(agent, configuration.judge());
                });
    }

    private static Verifier judge(AssistantSettings agent, @Nullable String model) {
        if (model != null) {
            return new Verifier.Judge(model);
        }
        if (agent.verify() instanceof Verifier.Judge judge) {
            return judge;
        }
        throw new TroupeException(
                ErrorCode.USAGE,
                "feedback: judge (expected: a model that judges)",
                "name it with `judge:` in the configuration, with --judge, or under `verify` in the team file");
    }

    private Asker bare(HostSettings own) {
        // What the team's author has prepared is no part of the model.
        TeamFile plain = team.withoutPreludes();
        AssistantSettings agent = plain.entryAssistant();
        LadderPlan plan = LadderPlans.of(plain, agent, null);
        LadderPlan.Rung first = plan.rungs().getFirst();
        Workbench workbench = Workbench.open(plain, own, preparation, context);
        ChatModel model = Objects.requireNonNull(workbench.models().get(first.model()), first.model());
        BareAsker asker = new BareAsker(
                new BareAsker.Setting(
                        team.team(),
                        plan.instructions(),
                        plan.fileSummaries().stream()
                                .map(LadderPlan.FileSummary::path)
                                .toList(),
                        plan.languages().getFirst(),
                        first.sampling(),
                        team.budget().taskTime()),
                model,
                workbench.prices().find(model.name()).orElse(ModelPrice.FREE),
                workbench.code(),
                own.data());
        return new Asker() {
            @Override
            public Asked ask(String question, Predicate<String> right, Cancellation cancellation) {
                return asker.ask(question, right, cancellation);
            }

            @Override
            public void judge(String task, Verdict verdict) {
                asker.judge(task, verdict);
            }

            @Override
            public void close() {
                workbench.close();
            }
        };
    }

    /**
     * The team with each local model replaced by the same weights on a server, at the same price: none.
     *
     * @param calls the most at a time
     */
    private static TeamFile onServer(TeamFile team, URI server, int calls) {
        Map<String, ModelSettings> models = new LinkedHashMap<>();
        Map<String, ModelPrice> prices = new LinkedHashMap<>();
        // The server is shared by the questions that are asked at the same time: a task's time bounds its calls.
        Duration taskTime = team.budget().taskTime();
        ModelSettings.Timeouts timeouts =
                new ModelSettings.Timeouts(ModelSettings.Timeouts.DEFAULT.connect(), taskTime, taskTime);
        team.models().forEach((name, model) -> {
            if (model.live() instanceof ModelSettings.Local local) {
                ModelSettings.OpenAi served = new ModelSettings.OpenAi(
                        local.name(),
                        local.model(),
                        server,
                        null,
                        local.sampling(),
                        local.contextTokens(),
                        timeouts,
                        calls,
                        null);
                models.put(
                        name,
                        model instanceof ModelSettings.Recorded recorded
                                ? new ModelSettings.Recorded(name, served, recorded.file(), recorded.mode())
                                : served);
                prices.put(
                        "openai/" + local.model(),
                        team.prices().getOrDefault("local/" + local.model(), ModelPrice.FREE));
            } else {
                models.put(name, model);
            }
        });
        return team.withModels(models, prices);
    }
}
