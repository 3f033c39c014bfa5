package dev.troupe.runtime.api;

import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Verdicts;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A team that can be asked.
 *
 * <pre>{@code
 * try (Team team = Team.load(Path.of("examples/analyst"))) {
 *     System.out.println(team.ask("Which region had the highest revenue in 2025?").join());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Closing it cancels what runs, waits until that is stored, and gives everything back; models, a code
 * executor and a verifier of the program's own stay open.
 */
public final class Team implements AutoCloseable {
    private final TeamHost host;
    private final Set<EventPublisher.Watcher> watchers = ConcurrentHashMap.newKeySet();

    private Team(TeamHost host) {
        this.host = host;
    }

    /**
     * Opens a team as the command line does: with the user's data folder, environment and configuration. Models and
     * packages that are missing are fetched.
     *
     * @param file a team file, or the folder of its {@code team.yaml}
     * @throws TroupeException {@code TEAM_INVALID} with all that is wrong with the file, {@code MODEL_UNAVAILABLE},
     *     {@code SANDBOX_UNAVAILABLE}, {@code DATA_FOLDER_BUSY}, {@code STORAGE}; nothing stays open then
     */
    public static Team load(Path file) {
        return load(file, TeamOptions.usual());
    }

    /** As {@link #load(Path)}, with something said about where and how. */
    public static Team load(Path file, TeamOptions options) {
        TeamFile team = new TeamFileReader(options.environment(), options.ownModels())
                .read(file)
                .orThrow(false);
        return open(team, options);
    }

    /** Begins a team without a file. */
    public static TeamBuilder builder(String name) {
        return new TeamBuilder(name);
    }

    static Team open(TeamFile team, TeamOptions options) {
        for (String own : options.ownModels()) {
            if (!team.models().containsKey(own)) {
                throw new TroupeException(
                        ErrorCode.TEAM_INVALID,
                        "models: " + own + " was brought, and the team has none of that name (expected: one of "
                                + team.models().keySet() + ")",
                        null);
            }
        }
        AnswerCheck check = options.check();
        TeamFile judged = check == null ? team : team.withVerifier(new Verifier.Asked(Judge.RULE));
        Verdicts verdicts = check == null ? Verdicts.NOBODY : asking(check);
        CallContext context = CallContext.standalone(options.preparationTime());
        return new Team(TeamHost.open(judged, options.settings(), options.preparation(), context, verdicts));
    }

    private static Verdicts asking(AnswerCheck check) {
        return (task, question, answer) -> check.isRight(question, answer);
    }

    /**
     * Opens a team whose file was read, for programs that look at it first.
     *
     * @param context how long that may take, and what ends it
     * @throws TroupeException as {@link #load(Path)}, and {@code CANCELLED}
     */
    public static Team open(TeamFile team, HostSettings settings, Preparation preparation, CallContext context) {
        return new Team(TeamHost.open(team, settings, preparation, context));
    }

    /** Asks the team's entry, and returns at once. */
    public TeamTask ask(String question) {
        return ask(Question.of(question));
    }

    /** Asks, and returns at once. */
    public TeamTask ask(Question question) {
        return ask(question, event -> {});
    }

    /**
     * Asks, and returns at once.
     *
     * @param listener gets each event, one after the other, on a virtual thread; it may wait
     */
    public TeamTask ask(Question question, Consumer<TaskEvent> listener) {
        dev.troupe.agents.Team team = host.team();
        dev.troupe.agents.Team.Asked asked = team.ask(
                new dev.troupe.agents.Team.Question(
                        question.tenant(),
                        question.agent(),
                        question.conversation(),
                        question.text(),
                        question.within() == null ? host.file().budget().taskTime() : question.within(),
                        question.budget() == null ? host.allowance() : question.budget(),
                        question.options(),
                        question.files()),
                listener);
        return new TeamTask(team, asked, new EventPublisher(team, asked.task(), watchers));
    }

    /**
     * A person's word on an answer: a good one vouches for what was learned from it, a bad one takes it out of use. On the
     * disk when this returns.
     *
     * @param because a reason, or null
     * @throws TroupeException {@code NOT_FOUND} for an unknown task
     */
    public void judge(String task, boolean right, @Nullable String because) {
        host.judge(task, new Verdict(Judge.PERSON, right), because);
    }

    /** A task that is over, with its receipt. */
    public Optional<TaskRecord> task(String id) {
        return host.tasks().find(CallContext.LOCAL, id);
    }

    /** The newest tasks that are over, the newest first. */
    public List<TaskRecord> recent(int most) {
        return host.tasks().recent(CallContext.LOCAL, most);
    }

    /** The team's name. */
    public String name() {
        return host.file().team();
    }

    /** Names of its agents, and the models that each asks. */
    public Map<String, List<String>> agents() {
        return host.file().agents().values().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(agent -> agent.name(), agent -> agent.models()));
    }

    /** What was left out of the team and why: models without a key. */
    public List<String> notices() {
        return host.file().notices();
    }

    @Override
    public void close() {
        host.close();
        watchers.forEach(EventPublisher.Watcher::teamClosed);
    }
}
