package dev.troupe.runtime.host;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import dev.troupe.agents.TeamSetup;
import dev.troupe.agents.Verdicts;
import dev.troupe.agents.WorkFolders;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.embedding.DeferredEmbedder;
import dev.troupe.models.embedding.Embedder;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.team.AgentPlans;
import dev.troupe.runtime.team.AgentSettings;
import dev.troupe.runtime.team.AssistantSettings;
import dev.troupe.runtime.team.Budget;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.tools.call.Tool;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A team of a team file that can be asked. Thread-safe; whoever opened it closes it. */
public final class TeamHost implements AutoCloseable {
    private final TeamFile file;
    private final Path work;
    private final Resources resources;
    private final Embedder embedder;
    private final WorkFolders workFolders;
    private final Conversations conversations;
    private final DemonstrationLibrary library;
    private final Tasks tasks;
    /** Of the models that the stages of a receipt have asked. */
    private final Map<String, ModelPrice> stagePrices;

    private final Team team;

    private TeamHost(
            TeamFile file,
            Path work,
            Resources resources,
            Embedder embedder,
            WorkFolders workFolders,
            Conversations conversations,
            DemonstrationLibrary library,
            Tasks tasks,
            Map<String, ModelPrice> stagePrices,
            Team team) {
        this.file = file;
        this.work = work;
        this.resources = resources;
        this.embedder = embedder;
        this.workFolders = workFolders;
        this.conversations = conversations;
        this.library = library;
        this.tasks = tasks;
        this.stagePrices = Map.copyOf(stagePrices);
        this.team = team;
    }

    /**
     * Makes a team ready: fetches models and packages that are missing, takes the data folder, starts the actors.
     *
     * @param context how long that may take, and what ends it
     * @throws TroupeException {@code MODEL_UNAVAILABLE}, {@code SANDBOX_UNAVAILABLE}, {@code DATA_FOLDER_BUSY},
     *     {@code STORAGE}, {@code TEAM_INVALID}, {@code CANCELLED}; nothing stays open then
     */
    public static TeamHost open(TeamFile file, HostSettings settings, Preparation preparation, CallContext context) {
        return open(file, settings, preparation, context, Verdicts.NOBODY);
    }

    /**
     * As {@link #open(TeamFile, HostSettings, Preparation, CallContext)}, with somebody who judges answers at once.
     *
     * @param verdicts asked where the entry's verifier is {@link dev.troupe.planner.ladder.LadderPlan.Verifier.Asked}
     */
    public static TeamHost open(
            TeamFile file, HostSettings settings, Preparation preparation, CallContext context, Verdicts verdicts) {
        Resources resources = new Resources();
        try {
            return start(file, settings, preparation, context, verdicts, resources);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static TeamHost start(
            TeamFile file,
            HostSettings settings,
            Preparation preparation,
            CallContext context,
            Verdicts verdicts,
            Resources resources) {
        Workbench bench = resources.keep(Workbench.open(file, settings, preparation, context));
        context.check();
        Journal journal = resources.keep(Journal.open(settings.data()));
        context.check();
        Embedder embedder = resources.keep(embedder(file, settings));
        context.check();
        DemonstrationLibrary library = resources.keep(DemonstrationLibrary.open(journal, embedder));
        context.check();
        Budget budget = file.budget();
        JournalLedger ledger = new JournalLedger(
                journal,
                file.team(),
                new Limits(
                        budget.task(),
                        budget.taskTokens(),
                        budget.day(),
                        settings.machine().dayBudgets()));
        AgentSettings agent = file.entryAgent();
        Path work = settings.data().resolve("work");
        WorkFolders workFolders = WorkFolders.under(work);
        Map<String, ChatModel> models = bench.metered(ledger, file);
        Team team = resources.keep(Team.open(new TeamSetup(
                        file.team(),
                        agent.name(),
                        plans(file, settings, models, bench.tools().specs(), embedder),
                        models,
                        bench.code(),
                        library,
                        journal,
                        bench.prices(),
                        file.baseline(),
                        workFolders,
                        TeamSetup.Bounds.DEFAULT.withRunning(settings.tasks()),
                        settings.learns(),
                        Clock.systemUTC(),
                        verdicts)
                .withTools(bench.tools().toolbox())
                .withPlanning(TeamPlanning.of(file, settings, preparation, embedder, resources, context))));
        return new TeamHost(
                file,
                work,
                resources,
                embedder,
                workFolders,
                new Conversations(journal),
                library,
                new Tasks(journal),
                bench.stagePrices(agent),
                team);
    }

    /** Loaded in the background where the agents' questions will want it, and else when something is to be learned. */
    private static Embedder embedder(TeamFile file, HostSettings settings) {
        DeferredEmbedder embedder = new DeferredEmbedder();
        if (Workbench.agents(file, settings).stream().anyMatch(TeamHost::searches)) {
            embedder.loadInBackground();
        }
        return embedder;
    }

    private static boolean searches(AgentSettings agent) {
        return agent instanceof AssistantSettings assistant
                && (assistant.demonstrations().show() > 0
                        || assistant.ladder().stream().anyMatch(rung -> rung.isReplay() || rung.sections() != null));
    }

    private static Map<String, AgentPlan> plans(
            TeamFile file,
            HostSettings settings,
            Map<String, ChatModel> models,
            Map<String, List<Tool.Spec>> tools,
            Embedder embedder) {
        Map<String, AgentPlan> plans = new LinkedHashMap<>();
        Workbench.agents(file, settings)
                .forEach(agent -> plans.put(agent.name(), AgentPlans.of(file, agent, models, tools, embedder)));
        return plans;
    }

    /** The team itself, for whoever serves it to others. It is closed with this. */
    public Team team() {
        return team;
    }

    /** The file that it was opened from. */
    public TeamFile file() {
        return file;
    }

    /** Where programs leave their files, for all tenants. */
    public Path work() {
        return work;
    }

    /** What is known of tasks that are over. */
    public Tasks tasks() {
        return tasks;
    }

    /** What turns texts into vectors here. It is closed with this. */
    public Embedder embedder() {
        return embedder;
    }

    /** The most that one task may spend. */
    public Allowance allowance() {
        return allowance(file.budget());
    }

    /**
     * Asks the team's entry, in a conversation of its own, and waits for the end of the task. Every event was told when
     * this returns.
     *
     * @param begun gets the task's id
     * @param events gets what happens meanwhile, on another thread
     * @param cancellation ends the task as {@link Agent.Cancelled}
     */
    public Agent.Outcome ask(
            String question, Consumer<String> begun, Consumer<TaskEvent> events, Cancellation cancellation) {
        return ask(null, question, ChatOptions.NONE, begun, events, cancellation);
    }

    /**
     * As {@link #ask(String, Consumer, Consumer, Cancellation)}, in a conversation that goes on.
     *
     * @param conversation its id, or null for one of its own
     * @param options what is wanted of the model
     */
    public Agent.Outcome ask(
            @Nullable String conversation,
            String question,
            ChatOptions options,
            Consumer<String> begun,
            Consumer<TaskEvent> events,
            Cancellation cancellation) {
        return ask(conversation, question, List.of(), options, begun, events, cancellation);
    }

    /**
     * As {@link #ask(String, String, ChatOptions, Consumer, Consumer, Cancellation)}, about files.
     *
     * @param files absolute; only for an entry that takes files
     */
    public Agent.Outcome ask(
            @Nullable String conversation,
            String question,
            List<Path> files,
            ChatOptions options,
            Consumer<String> begun,
            Consumer<TaskEvent> events,
            Cancellation cancellation) {
        Budget budget = file.budget();
        Team.Asked asked = team.ask(
                new Team.Question(
                        CallContext.LOCAL,
                        null,
                        conversation,
                        question,
                        budget.taskTime(),
                        allowance(budget),
                        options,
                        files),
                events);
        begun.accept(asked.task());
        try (Cancellation.Registration ignored =
                cancellation.onCancel(() -> team.cancel(asked.task(), "interrupted"))) {
            return asked.await();
        }
    }

    private static Allowance allowance(Budget budget) {
        Money money = budget.task();
        Long tokens = budget.taskTokens();
        return new Allowance(
                money == null ? Allowance.UNLIMITED.money() : money,
                tokens == null ? Allowance.UNLIMITED.tokens() : tokens);
    }

    /** Tells the team how a task was judged, so that it can learn from it. Durable on return. */
    public void judge(String task, Verdict verdict) {
        library.verdict(CallContext.LOCAL, task, verdict, null, null);
    }

    /** As {@link #judge(String, Verdict)}, with what came of it, and a person's reason for the record. */
    public DemonstrationLibrary.Judged judge(String task, Verdict verdict, @Nullable String because) {
        return library.verdict(CallContext.LOCAL, task, verdict, because, null);
    }

    /** The conversations of the data folder. */
    public Conversations conversations() {
        return conversations;
    }

    /** Where the programs of a conversation work; the folder is there. */
    public Path workFolder(String conversation) {
        return workFolders.open(CallContext.LOCAL, conversation);
    }

    /**
     * What a task would have cost had no token been cached. Of models whose price depends on the prompt's length, as if
     * each stage had been one call.
     */
    public Money uncached(TaskRecord task) {
        Money cost = task.receipt().cost();
        for (Receipt.Step step : task.receipt().steps()) {
            ModelPrice price = stagePrices.get(step.stage());
            cost = price == null ? cost : cost.plus(price.discount(step.usage()));
        }
        return cost;
    }

    /** The tasks of the data folder that are over, oldest first. */
    public List<TaskRecord> ended() {
        return tasks.recent(CallContext.LOCAL, Integer.MAX_VALUE).reversed();
    }

    /** Ends running tasks as cancelled and closes everything, the latest first. */
    @Override
    public void close() {
        resources.close();
    }
}
