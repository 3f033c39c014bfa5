package dev.troupe.planner.stages;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capabilities;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.Requirements;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Earlier;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A planner: a controller model says which tasks are to be done, rules say who does them, the results are what the answer
 * is made of.
 *
 * @param instructions what the planner is for; prompts that answer begin with them; may be empty
 * @param model the controller's name in the team file
 * @param sampling the team file's
 * @param candidates experts and agents that may be used, in the team file's order
 * @param requirements what they have to be like
 * @param options how it plans
 * @param historyTokens how much of the conversation a prompt tells at most
 * @param resources files of the team, and of the task at hand
 * @param earlier what was said before; for one task, see {@link #inConversation}
 */
public record StagesPlan(
        String instructions,
        String model,
        Sampling sampling,
        List<Candidate> candidates,
        Requirements requirements,
        Options options,
        int historyTokens,
        List<Resource> resources,
        Earlier earlier)
        implements AgentPlan {
    /** Stages, as receipts and events name them. */
    public static final String PLAN = "plan";

    public static final String SELECT = "select";
    public static final String EXECUTE = "execute";
    public static final String RESPOND = "respond";

    /** Calls of the controller for one plan: errors are told it once. */
    static final int TRIES = 2;

    /**
     * How it plans.
     *
     * @param show how many solved requests the controller is shown, 0 or more
     * @param sure how sure a draft must be to be the plan, 0 to 1; above 1 for never
     * @param resultTokens how much of the results the prompt of the answer tells at most
     */
    public record Options(int show, double sure, int resultTokens) {
        public static final Options DEFAULT = new Options(8, 0.85, 1_500);

        /** The same, showing so many. */
        public Options showing(int other) {
            return new Options(other, sure, resultTokens);
        }
    }

    public StagesPlan {
        candidates = List.copyOf(candidates);
        resources = List.copyOf(resources);
    }

    /** A plan for no task yet. */
    public StagesPlan(
            String instructions,
            String model,
            Sampling sampling,
            List<Candidate> candidates,
            Requirements requirements,
            Options options,
            int historyTokens,
            List<Resource> resources) {
        this(instructions, model, sampling, candidates, requirements, options, historyTokens, resources, Earlier.NONE);
    }

    /** The types of tasks that somebody of the team can do. */
    List<Capability> capabilities() {
        return Capabilities.all()
                .filter(capability -> candidates.stream().anyMatch(candidate -> candidate.does(capability)))
                .toList();
    }

    Scope scope() {
        return new Scope(capabilities(), resources, Map.of());
    }

    @Override
    public @Nullable String refusal(ChatOptions wanted) {
        return wanted.tools().isEmpty() && wanted.responseFormat() == null
                ? null
                : "tools or response_format (expected: none; a planner has tasks of its own)";
    }

    @Override
    public boolean takesFiles() {
        return true;
    }

    @Override
    public StagesPlan withResources(List<Resource> attached) {
        List<Resource> all = new ArrayList<>(attached);
        all.addAll(resources);
        return new StagesPlan(
                instructions, model, sampling, candidates, requirements, options, historyTokens, all, earlier);
    }

    @Override
    public StagesPlan inConversation(List<TaskRecord> turns, ChatOptions wanted) {
        Earlier said = wanted.messages() == null
                ? Earlier.of(
                        turns,
                        historyTokens,
                        turn -> List.of(Message.user(turn.question()), Message.assistant(turn.answer())))
                : Earlier.of(
                        wanted.messages()
                                .subList(0, Math.max(0, wanted.messages().size() - 1)),
                        historyTokens);
        return new StagesPlan(
                instructions,
                model,
                wanted.over(sampling),
                candidates,
                requirements,
                options,
                historyTokens,
                resources,
                said);
    }

    @Override
    public Decision next(String question, List<Happened> history, Allowance lease, Duration timeLeft) {
        return new Course(this, question, history, lease, timeLeft).decision();
    }

    @Override
    public List<Account> accounts(String question, List<Happened> history) {
        return course(question, history).accounts();
    }

    @Override
    public List<TaskResult> planned(String question, List<Happened> history) {
        return course(question, history).results();
    }

    private Course course(String question, List<Happened> history) {
        Course course = new Course(this, question, history, Allowance.UNLIMITED, Duration.ofDays(1));
        course.decision();
        return course;
    }

    @Override
    public List<String> models() {
        return List.of(model);
    }

    @Override
    public Offer offer() {
        return Offer.NONE;
    }

    @Override
    public List<String> agents() {
        return candidates.stream().filter(Candidate::agent).map(Candidate::name).toList();
    }

    @Override
    public boolean asksAtOnce() {
        return true;
    }

    @Override
    public Verifier verifier() {
        return new Verifier.None();
    }

    @Override
    public int turns(String stage) {
        return stage.equals(PLAN) ? TRIES : 1;
    }
}
