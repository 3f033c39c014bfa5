package dev.troupe.runtime.team;

import dev.troupe.models.call.Money;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.models.price.PriceTable;
import dev.troupe.runtime.team.yaml.Environment;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.ProblemReport;
import dev.troupe.runtime.team.yaml.Problems;
import dev.troupe.runtime.team.yaml.SourceText;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.runtime.team.yaml.YamlTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a team file strictly, and finds everything that is wrong with it at once. Thread-safe. */
public final class TeamFileReader {
    private static final int LARGEST = 1 << 20;
    private static final String DEFAULT_NAME = "team.yaml";
    private final Environment environment;
    private final Set<String> brought;

    /** @param variables what <code>${NAME}</code> may refer to, such as {@code System.getenv()} */
    public TeamFileReader(Map<String, String> variables) {
        this(variables, Set.of());
    }

    /** @param brought names of models that the program brings itself, in place of what the file says about them */
    public TeamFileReader(Map<String, String> variables, Set<String> brought) {
        this.environment = new Environment(variables);
        this.brought = Set.copyOf(brought);
    }

    /**
     * Reads a team.
     *
     * @param path the file, or a folder with a {@code team.yaml}
     */
    public TeamReading read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(DEFAULT_NAME) : path;
        Problems problems = new Problems();
        return read(file, text(path, file, problems), problems);
    }

    /**
     * Reads a team that stands in no file.
     *
     * @param file where its paths start: beside this file, which need not exist
     */
    public TeamReading read(Path file, String text) {
        return read(file, text, new Problems());
    }

    private TeamReading read(Path file, @Nullable String text, Problems problems) {
        Node root = text == null ? null : YamlTree.parse(text, problems);
        TeamFile team = null;
        if (root != null) {
            try {
                TeamFolder folder = new TeamFolder(parent(file));
                team = team(file.toAbsolutePath().normalize(), Value.root(root, problems, environment), folder);
            } catch (IOException e) {
                problems.addWhole("its folder cannot be read: " + e.getClass().getSimpleName(), "a folder", null);
            }
        }
        return team != null && problems.isEmpty()
                ? new TeamReading.Valid(team)
                : new TeamReading.Invalid(
                        ProblemReport.of(file.toString(), text == null ? "" : text, problems.sorted()));
    }

    private static @Nullable String text(Path given, Path file, Problems problems) {
        if (Files.exists(file)) {
            return SourceText.read(file, LARGEST, problems);
        }
        Path wanted = file.getFileName();
        List<String> names = TeamFolder.names(parent(file));
        String near = wanted == null ? null : Suggestions.nearest(wanted.toString(), names);
        boolean folder = !given.equals(file);
        problems.addWhole(
                folder ? "the folder has no " + DEFAULT_NAME : "no such file",
                "a team file, or a folder with one",
                near);
        return null;
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private @Nullable TeamFile team(Path file, Value root, TeamFolder folder) {
        Fields fields = root.fields(TeamKeys.TEAM);
        if (fields == null) {
            return null;
        }
        Value nameValue = fields.require("team", "the team's name");
        String name = nameValue == null ? null : nameValue.name();
        ModelsSection models =
                new ModelsSection(fields.require("models", "a mapping of names to models"), folder, brought);
        ExpertsSection experts = new ExpertsSection(fields.get("experts"), folder);
        ToolsSection tools = new ToolsSection(fields.get("tools"), folder);
        Value agentsValue = fields.require("agents", "a mapping of names to agents");
        McpSection mcp = new McpSection(fields.get("mcp"), tools);
        AgentsSection agents = new AgentsSection(agentsValue, models, experts.experts(), tools, mcp, folder);
        Map<String, ModelPrice> prices = prices(fields.get("prices"));
        List<String> notices = new ArrayList<>();
        models.leftOut()
                .forEach((model, variable) ->
                        notices.add("models." + model + ": left out, " + variable + " is not set"));
        tools.leftOut().forEach((place, variable) -> notices.add(place + ": left out, " + variable + " is not set"));
        mcp.leftOut()
                .forEach(
                        (server, variable) -> notices.add("mcp." + server + ": left out, " + variable + " is not set"));
        notices.addAll(agents.notices());
        return new TeamFile(
                file,
                name == null ? "" : name,
                models.models(),
                experts.experts(),
                tools.tools(),
                tools.functions(),
                mcp.servers(),
                agents.agents(),
                entry(root, fields.get("entry"), agentsValue, agents.leftOut()),
                baseline(fields.get("baseline"), prices),
                prices,
                budget(fields.get("budget")),
                notices);
    }

    private static String entry(
            Value root, @Nullable Value value, @Nullable Value agentsValue, Map<String, String> leftOut) {
        List<String> names = agentsValue == null ? List.of() : agentsValue.keyNames();
        if (value == null) {
            if (names.size() > 1) {
                root.problemAtStart("entry", "missing", String.join(" or ", names));
            }
            String only = names.isEmpty() ? "" : names.getFirst();
            if (agentsValue != null && leftOut.containsKey(only)) {
                leftOut(agentsValue, only, leftOut);
            }
            return only;
        }
        String entry = value.text("one of the file's agents");
        if (entry != null && !names.contains(entry)) {
            String expected = names.isEmpty() ? "an agent that the file defines" : String.join(" or ", names);
            value.problem("unknown agent " + Value.quote(value.raw()), expected, Suggestions.nearest(entry, names));
        }
        if (entry != null && leftOut.containsKey(entry)) {
            leftOut(value, entry, leftOut);
        }
        return entry == null ? "" : entry;
    }

    private static void leftOut(Value place, String agent, Map<String, String> leftOut) {
        String message = agent + " is left out: " + leftOut.get(agent) + " is not set";
        place.problem(message, "an agent whose model can be asked", null);
    }

    private static String baseline(@Nullable Value value, Map<String, ModelPrice> prices) {
        String expected = "a model of the price table, such as " + TeamFile.DEFAULT_BASELINE + ", or one of prices";
        String baseline = value == null ? null : value.text(expected);
        if (value != null
                && baseline != null
                && PriceTable.published().with(prices).find(baseline).isEmpty()) {
            value.refuse(expected);
        }
        return baseline == null ? TeamFile.DEFAULT_BASELINE : baseline;
    }

    private static Map<String, ModelPrice> prices(@Nullable Value value) {
        Map<String, ModelPrice> prices = new LinkedHashMap<>();
        if (value != null) {
            value.entries("a mapping of provider/model to prices", TeamKeys.QUALIFIED_MODEL, "provider/model")
                    .forEach((model, item) -> {
                        Fields fields = item.fields(TeamKeys.PRICE);
                        if (fields != null) {
                            prices.put(model, price(fields));
                        }
                    });
        }
        return prices;
    }

    private static ModelPrice price(Fields fields) {
        String expected = "the price of a million tokens, such as 0.25 USD";
        Money input = money(fields.require("input", expected));
        Money cached = money(fields.get("cached"));
        Money output = money(fields.require("output", expected));
        return ModelPrice.perMillion(dollars(input), cached == null ? null : dollars(cached), dollars(output));
    }

    private static BigDecimal dollars(@Nullable Money money) {
        return money == null ? BigDecimal.ZERO : new BigDecimal(money.toDecimal());
    }

    private static @Nullable Money money(@Nullable Value value) {
        return value == null ? null : value.money();
    }

    private static Budget budget(@Nullable Value value) {
        Fields fields = value == null ? null : value.fields(TeamKeys.BUDGET);
        if (fields == null) {
            return Budget.DEFAULT;
        }
        Value tokensValue = fields.get("task_tokens");
        Integer tokens = tokensValue == null ? null : tokensValue.integer(1, Integer.MAX_VALUE);
        Value timeValue = fields.get("task_time");
        Duration time = timeValue == null ? null : timeValue.duration(Duration.ofSeconds(1), Duration.ofHours(24));
        return new Budget(
                money(fields.get("task")),
                money(fields.get("day")),
                tokens == null ? null : (long) tokens,
                time == null ? Budget.DEFAULT_TASK_TIME : time);
    }
}
