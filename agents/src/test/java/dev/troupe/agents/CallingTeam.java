package dev.troupe.agents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import dev.troupe.models.chat.MeteredChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.Toolbox;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A team whose agents call tools and each other. Each agent's model is a script of its own, by the agent's name. */
final class CallingTeam implements AutoCloseable {
    static final Sampling SAMPLING = new Sampling(0.0, null, 7, 200, List.of());
    private static final JsonMapper JSON = new JsonMapper();
    private static final ModelPrice PRICE = ModelPrice.perMillion(BigDecimal.TWO, null, BigDecimal.valueOf(8));

    final List<TaskEvent> events = new CopyOnWriteArrayList<>();
    final FakeExecutor code = new FakeExecutor();
    final Journal journal;
    final TeamSetup setup;
    final Team team;
    private final DemonstrationLibrary library;

    /** @param entry one of the agents; an agent's model has the agent's name */
    CallingTeam(
            Path folder,
            Map<String, ? extends AgentPlan> agents,
            Map<String, ScriptedModel> scripts,
            String entry,
            List<Tool> tools,
            Limits limits) {
        journal = Journal.open(folder.resolve("data"));
        library = DemonstrationLibrary.open(journal, new FakeEmbedder());
        JournalLedger ledger = new JournalLedger(journal, "newsroom", limits);
        Map<String, ChatModel> models = new HashMap<>();
        Map<String, ModelPrice> prices = new HashMap<>();
        scripts.forEach((name, script) -> {
            models.put(name, new MeteredChatModel(script, PRICE, ledger, 500));
            prices.put(script.name(), PRICE);
        });
        setup = new TeamSetup(
                        "newsroom",
                        entry,
                        Map.copyOf(agents),
                        models,
                        code,
                        library,
                        journal,
                        PriceTable.published().with(prices),
                        "openai/gpt-5",
                        WorkFolders.under(folder.resolve("work")),
                        TestTeam.BOUNDS.withRunning(1),
                        true,
                        Clock.systemUTC(),
                        Verdicts.NOBODY)
                .withTools(new Toolbox(tools));
        team = Team.open(setup);
    }

    Team.Asked ask(String question) {
        return team.ask(
                new Team.Question("local", null, null, question, Duration.ofMinutes(1), Allowance.UNLIMITED),
                events::add);
    }

    /** The journal's entries of that kind. */
    <T extends Entry> List<T> entries(Class<T> kind) {
        List<T> found = new ArrayList<>();
        journal.read(0, List.of(), stored -> {
            if (kind.isInstance(stored.entry())) {
                found.add(kind.cast(stored.entry()));
            }
        });
        return found;
    }

    static ToolSpec spec(String name) {
        return new ToolSpec(name, "Does " + name + ".", JSON.createObjectNode().put("type", "object"));
    }

    static Offer asking(String agent) {
        return new Offer(List.of(), List.of(new Offer.Use(agent, "knows things", Offer.To.ASK)));
    }

    /** A tool that does what the test says. */
    record TestTool(String name, CallLimits limits, Work work) implements Tool {
        /** What it does. */
        interface Work {
            String of(ObjectNode arguments, CallContext context) throws InterruptedException;
        }

        @Override
        public Spec spec() {
            return new Spec(name, "Does " + name + ".", JSON.createObjectNode().put("type", "object"));
        }

        @Override
        public ToolResult call(ObjectNode arguments, CallContext context) throws InterruptedException {
            return ToolResult.of(work.of(arguments, context));
        }
    }

    @Override
    public void close() {
        team.close();
        library.close();
        journal.close();
    }
}
