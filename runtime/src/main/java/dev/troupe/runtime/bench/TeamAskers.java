package dev.troupe.runtime.bench;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.host.Workbench;
import dev.troupe.runtime.team.AssistantSettings;
import dev.troupe.runtime.team.LadderPlans;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.TeamFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        AssistantSettings agent = team.entryAgent();
        List<String> names = agent.ladder().stream()
                .map(rung -> team.models().get(rung.model()))
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
        TeamFile variant = team.withEntryAgent(variant(configuration));
        return new OfTeam(TeamHost.open(variant, learns ? own : own.withoutLearning(), preparation, context));
    }

    private AssistantSettings variant(Configuration configuration) {
        AssistantSettings agent = team.entryAgent();
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
        AssistantSettings variant = configuration.ladder().isEmpty() ? agent : agent.withRungs(configuration.ladder());
        return configuration.demonstrations() == Demonstrations.OFF
                ? variant.withDemonstrations(
                        new LadderPlan.Demonstrations(0, agent.demonstrations().similarity()))
                : variant;
    }

    private Asker bare(HostSettings own) {
        // What the team's author has prepared is no part of the model.
        TeamFile plain = team.withoutPreludes();
        AssistantSettings agent = plain.entryAgent();
        LadderPlan plan = LadderPlans.of(plain, agent);
        LadderPlan.Rung first = plan.rungs().getFirst();
        Workbench workbench = Workbench.open(plain, own, preparation, context);
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
                Objects.requireNonNull(workbench.models().get(first.model()), first.model()),
                workbench.code(),
                own.data());
        return new Asker() {
            @Override
            public Asked ask(String question, Cancellation cancellation) {
                return asker.ask(question, cancellation);
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

    /** A team that is open. */
    private static final class OfTeam implements Asker {
        private final TeamHost host;

        OfTeam(TeamHost host) {
            this.host = host;
        }

        @Override
        public Asked ask(String question, Cancellation cancellation) {
            ModelTime time = new ModelTime();
            Agent.Outcome outcome = host.ask(question, task -> {}, time::told, cancellation);
            TaskRecord record = switch (outcome) {
                case Agent.Answered answered -> answered.record();
                case Agent.Failed failed -> required(failed.record(), failed.message());
                case Agent.Cancelled cancelled ->
                    throw new TroupeException(ErrorCode.CANCELLED, "cancelled: " + cancelled.why(), null);
                case Agent.Overloaded overloaded ->
                    throw new TroupeException(ErrorCode.OVERLOADED, overloaded.message(), null);
                case Agent.Rejected rejected -> throw new TroupeException(rejected.code(), rejected.message(), null);
            };
            return new Asked(record, time.millis);
        }

        private static TaskRecord required(@Nullable TaskRecord record, String message) {
            if (record == null) {
                throw new TroupeException(ErrorCode.STORAGE, message, "the results so far are kept; run it again");
            }
            return record;
        }

        @Override
        public void judge(String task, Verdict verdict) {
            host.judge(task, verdict);
        }

        @Override
        public void close() {
            host.close();
        }
    }

    /** Adds up the time between the events that begin a model's call and the ones that follow its end. */
    private static final class ModelTime {
        private long millis;
        private long since = -1;

        void told(TaskEvent event) {
            switch (event.what()) {
                case TaskEvent.RungStarted started -> since = event.atMillis();
                case TaskEvent.Retried retried -> since = event.atMillis();
                case TaskEvent.Verifying verifying -> since = event.atMillis();
                case TaskEvent.Code code -> end(event);
                case TaskEvent.Judgement judgement -> end(event);
                case TaskEvent.ModelFailed failed -> end(event);
                case TaskEvent.Finished finished -> end(event);
                default -> {}
            }
        }

        private void end(TaskEvent event) {
            if (since >= 0) {
                millis += event.atMillis() - since;
                since = -1;
            }
        }
    }
}
