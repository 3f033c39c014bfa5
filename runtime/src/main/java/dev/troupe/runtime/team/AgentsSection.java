package dev.troupe.runtime.team;

import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Offer;
import dev.troupe.runtime.team.AssistantSettings.RungSettings;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code agents}. */
final class AgentsSection {
    static final Demonstrations NO_DEMONSTRATIONS = new Demonstrations(0, 0.6);
    static final Demonstrations DEFAULT_DEMONSTRATIONS = new Demonstrations(1, 0.6);
    private static final String CHAT = "chat";
    private static final int MOST_HISTORY_TOKENS = 1_000_000;
    private static final List<String> KINDS = List.of("assistant", CHAT, PlannerSettings.KIND);
    private final ModelsSection models;
    private final ToolsSection tools;
    private final McpSection mcp;
    private final @Nullable Value section;
    private final TeamFolder folder;
    private final Map<String, AgentSettings> agents = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();

    AgentsSection(
            @Nullable Value section,
            ModelsSection models,
            Map<String, ExpertSettings> experts,
            ToolsSection tools,
            McpSection mcp,
            TeamFolder folder) {
        this.section = section;
        this.models = models;
        this.tools = tools;
        this.mcp = mcp;
        this.folder = folder;
        if (section != null) {
            Map<String, Value> planners = new LinkedHashMap<>();
            section.entries("a mapping of names to agents").forEach((name, value) -> {
                Value kind = value.peek("kind");
                if (kind != null && kind.raw().equals(PlannerSettings.KIND)) {
                    planners.put(name, value);
                } else {
                    read(name, value);
                }
            });
            // They use the others, so these have to be known.
            PlannerSection reader = new PlannerSection(
                    experts, new LinkedHashMap<>(agents), leftOut, planners.keySet(), folder, notices);
            planners.forEach((name, value) -> planner(name, value, reader));
            withoutMissing();
            new UsesCheck(agents, section).check();
        }
    }

    /** In a file with problems, an agent may be incomplete. */
    Map<String, AgentSettings> agents() {
        return agents;
    }

    /** Agents that cannot answer here, each with the variable that is not set. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    /** What was left out. */
    List<String> notices() {
        return notices;
    }

    private void read(String name, Value value) {
        Value kind = value.peek("kind");
        if (kind != null && kind.raw().equals(CHAT)) {
            chat(name, value);
        } else {
            assistant(name, value);
        }
    }

    private void planner(String name, Value value, PlannerSection reader) {
        Fields fields = value.fields(TeamKeys.PLANNER);
        if (fields == null) {
            return;
        }
        fields.require("kind", PlannerSettings.KIND);
        String model = model(fields.require("model", "one of the file's models"));
        int history = historyTokens(fields.get("history_tokens"));
        PlannerSettings read = reader.read(name, fields, model == null ? "" : model, history);
        String variable = model == null ? null : models.leftOut().get(model);
        if (variable != null) {
            leaveOut(name, value, variable, String.valueOf(model));
        } else if (model != null) {
            agents.put(name, read);
        }
    }

    private void leaveOut(String name, Value value, String variable, String model) {
        leftOut.put(name, variable);
        notices.add(value.path() + ": agent " + name + " is left out with the model " + model);
    }

    private void chat(String name, Value value) {
        Fields fields = value.fields(TeamKeys.CHAT);
        if (fields == null) {
            return;
        }
        fields.require("kind", CHAT);
        Value instructionsValue = fields.get("instructions");
        String instructions = instructionsValue == null ? null : instructionsValue.text("what the agent is for");
        String model = model(fields.require("model", "one of the file's models"));
        int history = historyTokens(fields.get("history_tokens"));
        Value turnsValue = fields.get("turns");
        Integer turns = turnsValue == null ? null : turnsValue.integer(1, 100);
        ReachReader reach = new ReachReader(name, tools, mcp, agentNames(), true);
        reach.tools(fields.get("tools"));
        reach.uses(fields.get("uses"));
        String variable = model == null ? null : models.leftOut().get(model);
        if (variable != null) {
            leaveOut(name, value, variable, String.valueOf(model));
        } else if (model != null) {
            agents.put(
                    name,
                    new ChatSettings(
                            name,
                            instructions == null ? "" : instructions.strip(),
                            model,
                            reach.reach(),
                            turns == null ? ChatPlan.DEFAULT_TURNS : turns,
                            history));
        }
    }

    private static int historyTokens(@Nullable Value value) {
        Integer tokens = value == null ? null : value.integer(0, MOST_HISTORY_TOKENS);
        return tokens == null ? AgentPlan.DEFAULT_HISTORY_TOKENS : tokens;
    }

    private void assistant(String name, Value value) {
        Fields fields = value.fields(TeamKeys.ASSISTANT);
        if (fields == null) {
            return;
        }
        Value kindValue = fields.require("kind", String.join(" or ", KINDS));
        if (kindValue != null) {
            kindValue.oneOf(KINDS);
        }
        Value instructionsValue = fields.require("instructions", "what the assistant is for");
        String instructions = instructionsValue == null ? null : instructionsValue.text("what the assistant is for");
        Value carryOverValue = fields.get("carry_over");
        Boolean carryOver = carryOverValue == null ? null : carryOverValue.flag();
        ReachReader reach = new ReachReader(name, tools, mcp, agentNames(), false);
        List<String> code = reach.tools(fields.get("tools"));
        String reviewer = reach.uses(fields.get("uses"));
        Value verify = fields.get("verify");
        if (reviewer != null && verify != null) {
            verify.problem("beside a reviewer", "one of them decides whether an answer counts", null);
        }
        agents.put(
                name,
                new AssistantSettings(
                        name,
                        instructions == null ? "" : instructions.strip(),
                        code,
                        reach.reach(),
                        ladder(fields.require("ladder", "a list of rungs, cheapest first")),
                        demonstrations(fields.get("demonstrations")),
                        reviewer == null ? verifier(verify) : new Verifier.Reviewer(reviewer),
                        carryOver == null || carryOver,
                        historyTokens(fields.get("history_tokens"))));
    }

    private List<String> agentNames() {
        return section == null ? List.of() : section.keyNames();
    }

    /** Agents that are left out here are used by nobody; a reviewer's place is not one that can be left empty. */
    private void withoutMissing() {
        agents.replaceAll((name, agent) -> {
            List<Reach.Use> missing = agent.reach().uses().stream()
                    .filter(use -> leftOut.containsKey(use.agent()))
                    .toList();
            missing.forEach(use -> missing(name, use));
            return missing.isEmpty() ? agent : agent.without(missing);
        });
    }

    private void missing(String name, Reach.Use use) {
        String variable = leftOut.get(use.agent());
        if (use.to() == Offer.To.REVIEW) {
            Value agent = section == null ? null : section.peek(name);
            Value uses = agent == null ? null : agent.peek("uses");
            if (uses != null) {
                uses.problem(
                        use.agent() + " is left out: " + variable + " is not set",
                        "a reviewer that can be asked",
                        null);
            }
        } else {
            notices.add("agents." + name + ".uses: agent " + use.agent() + " is left out, " + variable + " is not set");
        }
    }

    static void unknown(Value value, String name, String what, Collection<String> known) {
        String near = Suggestions.nearest(name, known);
        String expected = known.isEmpty() ? "a " + what + " that the file defines" : String.join(" or ", known);
        value.problem("unknown " + what + " " + Value.quote(value.raw()), expected, near);
    }

    private List<RungSettings> ladder(@Nullable Value value) {
        List<RungSettings> rungs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> missing = new HashSet<>();
        List<Value> items = value == null ? List.of() : value.list("a list of rungs, cheapest first");
        for (Value item : items) {
            rung(item, names, missing, rungs);
        }
        if (value != null && rungs.isEmpty() && items.size() == missing.size() && value.isList()) {
            String message = items.isEmpty() ? "no rung" : "no rung is left: " + reasons();
            value.problem(message, items.isEmpty() ? "at least one rung" : "a model that can be asked", null);
        }
        if (value != null && !rungs.isEmpty() && rungs.stream().allMatch(RungSettings::isReplay)) {
            value.problem("only replay", "a rung with a model beside it", null);
        } else if (value != null && !rungs.isEmpty() && rungs.stream().allMatch(RungSettings::waits)) {
            value.problem("every rung waits for a demonstration", "a rung without `when: demonstrated`", null);
        }
        return rungs;
    }

    private String reasons() {
        return String.join(", ", models.leftOut().values().stream().distinct().toList()) + " is not set";
    }

    private void rung(Value item, Set<String> names, Set<String> leftOut, List<RungSettings> rungs) {
        if (item.isText()) {
            if (item.raw().equals(RungSettings.REPLAY)) {
                replay(item, names, rungs);
            } else {
                item.refuse("a rung such as { name: quick, model: small }");
            }
            return;
        }
        Fields fields = item.fields(TeamKeys.RUNG);
        if (fields == null) {
            return;
        }
        Value nameValue = fields.require("name", "a name");
        String name = nameValue == null ? null : nameValue.name();
        if (nameValue != null && name != null && !names.add(name)) {
            nameValue.problem(Value.quote(name) + " again", "a name that no other rung has", null);
        }
        if (RungSettings.REPLAY.equals(name) && item.peek("model") == null) {
            names.remove(name);
            replay(item, names, rungs);
            return;
        }
        String model = model(fields.require("model", "one of the file's models"));
        Value turnsValue = fields.get("turns");
        Integer turns = turnsValue == null ? null : turnsValue.integer(1, 100);
        Value docsValue = fields.get("docs");
        String docs = docsValue == null ? null : folder.document(docsValue);
        Value sectionsValue = fields.get("sections");
        Integer sections = sectionsValue == null ? null : sectionsValue.integer(1, 100);
        if (sectionsValue != null && docsValue == null) {
            sectionsValue.problem("a rung without documentation", "`docs:` beside it", null);
        }
        Value filesValue = fields.get("files");
        String files = filesValue == null ? null : filesValue.oneOf(List.of("described", "named"));
        Value whenValue = fields.get("when");
        String when = whenValue == null ? null : whenValue.oneOf(List.of("always", "demonstrated"));
        Value similarityValue = fields.get("similarity");
        Double similarity = similarityValue == null ? null : similarityValue.number(0, 1);
        boolean demonstrated = "demonstrated".equals(when);
        if (similarityValue != null && !demonstrated) {
            similarityValue.problem("a rung that always tries", "`when: demonstrated` beside it", null);
        }
        if (name == null || model == null) {
            return;
        }
        if (models.leftOut().containsKey(model)) {
            leftOut.add(item.path());
            notices.add(item.path() + ": rung " + name + " is left out with the model " + model);
            return;
        }
        int most = turns == null ? RungSettings.DEFAULT_TURNS : turns;
        // Without a figure, whatever is alike enough to be shown will do.
        Double alike = demonstrated ? Objects.requireNonNullElse(similarity, 0.0) : null;
        rungs.add(new RungSettings(name, model, most, docs, sections, !"named".equals(files), alike));
    }

    private static void replay(Value item, Set<String> names, List<RungSettings> rungs) {
        if (names.add(RungSettings.REPLAY)) {
            rungs.add(RungSettings.replay());
        } else {
            item.problem("\"replay\" again", "a name that no other rung has", null);
        }
    }

    /** The name of a model of the file, one that is left out too. */
    private @Nullable String model(@Nullable Value value) {
        String model = value == null ? null : value.text("one of the file's models");
        if (value == null || model == null) {
            return null;
        }
        if (!models.names().contains(model)) {
            unknown(value, model, "model", models.names());
            return null;
        }
        return model;
    }

    private static Demonstrations demonstrations(@Nullable Value value) {
        Fields fields = value == null ? null : value.fields(TeamKeys.DEMONSTRATIONS);
        if (fields == null) {
            return NO_DEMONSTRATIONS;
        }
        Value showValue = fields.get("show");
        Integer show = showValue == null ? null : showValue.integer(0, 10);
        Value similarityValue = fields.get("similarity");
        Double similarity = similarityValue == null ? null : similarityValue.number(0, 1);
        return new Demonstrations(
                show == null ? DEFAULT_DEMONSTRATIONS.show() : show,
                similarity == null ? DEFAULT_DEMONSTRATIONS.similarity() : similarity);
    }

    private Verifier verifier(@Nullable Value value) {
        if (value == null) {
            return new Verifier.None();
        }
        if (value.isText()) {
            return value.oneOf(List.of("person")) == null ? new Verifier.None() : new Verifier.Person();
        }
        Fields fields = value.fields(TeamKeys.VERIFY);
        Value judge = fields == null ? null : fields.get("judge");
        Value rule = fields == null ? null : fields.get("rule");
        if (fields != null && (judge == null) == (rule == null)) {
            value.problem(judge == null ? "nothing" : "both judge and rule", "judge, rule or person", null);
            return new Verifier.None();
        }
        if (judge != null) {
            return judge(judge);
        }
        return rule == null ? new Verifier.None() : rule(rule);
    }

    private Verifier judge(Value value) {
        String model = model(value);
        String variable = model == null ? null : models.leftOut().get(model);
        if (variable != null) {
            // Going on without would pass answers that the team wants judged.
            value.problem(model + " is left out: " + variable + " is not set", "a model that can be asked", null);
        }
        return model == null ? new Verifier.None() : new Verifier.Judge(model);
    }

    private static Verifier rule(Value value) {
        Fields fields = value.fields(TeamKeys.RULE);
        Value output = fields == null ? null : fields.require("output", "a regular expression");
        String pattern = output == null ? null : output.text("a regular expression");
        if (output == null || pattern == null) {
            return new Verifier.None();
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            output.problem(Value.quote(output.raw()) + ": " + e.getDescription(), "a regular expression", null);
        }
        return new Verifier.Rule(pattern);
    }
}
