package dev.troupe.agents;

import dev.troupe.agents.TeamSetup.Bounds;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.MeteredChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A team with a real journal, ledger and library; its models are scripts and its sandbox is a fake. */
final class TestTeam implements AutoCloseable {
    static final Bounds BOUNDS =
            new Bounds(2, 2, 10, Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofMinutes(1));
    /** Nothing in it that a program would have to name. */
    static final String QUESTION = "Which region had the highest revenue last year?";

    static final Duration MINUTE = Duration.ofMinutes(1);

    final Journal journal;
    final DemonstrationLibrary library;
    final ScriptedModel small;
    final ScriptedModel large;
    final FakeExecutor code = new FakeExecutor();
    final TeamSetup setup;
    final Team team;

    TestTeam(Path folder, ScriptedModel.Script small, Bounds bounds, Verifier verifier) {
        this(folder, small, bounds, plan(verifier), Verdicts.NOBODY);
    }

    TestTeam(Path folder, ScriptedModel.Script small, Bounds bounds, LadderPlan plan, Verdicts verdicts) {
        this.small = new ScriptedModel("local/small", small);
        this.large = new ScriptedModel("test/large", (request, context) -> ScriptedModel.python("print ANSWER: North"));
        journal = Journal.open(folder.resolve("data"));
        library = DemonstrationLibrary.open(journal, new FakeEmbedder());
        JournalLedger ledger = new JournalLedger(journal, "newsroom", Limits.NONE);
        // 2 dollars a million tokens in, 8 out.
        ModelPrice price = ModelPrice.perMillion(BigDecimal.valueOf(2), null, BigDecimal.valueOf(8));
        Map<String, ChatModel> models = Map.of(
                "small", new MeteredChatModel(this.small, ModelPrice.FREE, ledger, 500),
                "large", new MeteredChatModel(this.large, price, ledger, 500));
        setup = new TeamSetup(
                "newsroom",
                "analyst",
                Map.of("analyst", plan),
                models,
                code,
                library,
                journal,
                PriceTable.published().with(Map.of("test/large", price)),
                "test/large",
                WorkFolders.under(folder.resolve("work")),
                bounds,
                true,
                Clock.systemUTC(),
                verdicts);
        team = Team.open(setup);
    }

    TestTeam(Path folder, ScriptedModel.Script small) {
        this(folder, small, BOUNDS, new Verifier.None());
    }

    static LadderPlan plan(Verifier verifier) {
        Sampling sampling = new Sampling(0.0, null, 7, 200, List.of());
        return new LadderPlan(
                "You analyse tables.",
                List.of("python"),
                "",
                List.of(),
                List.of(
                        new Rung("quick", "small", sampling, 2, null, false, null),
                        new Rung("large", "large", sampling, 1, null, false, null)),
                new Demonstrations(1, 0.6),
                verifier,
                true);
    }

    static Team.Question question(String text, String conversation, Duration within) {
        return new Team.Question("local", null, conversation, text, within, Allowance.UNLIMITED);
    }

    static TaskRecord answered(Team.Asked asked) {
        return ((Agent.Answered) asked.await()).record();
    }

    Team.Asked ask(String text, List<TaskEvent> events) {
        return team.ask(question(text, null, MINUTE), events::add);
    }

    Team.Asked ask() {
        return ask(QUESTION, new CopyOnWriteArrayList<>());
    }

    /** The journal's entries, oldest first. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        journal.read(0, List.of(), stored -> entries.add(stored.entry()));
        return entries;
    }

    @Override
    public void close() {
        team.close();
        library.close();
        journal.close();
    }
}
