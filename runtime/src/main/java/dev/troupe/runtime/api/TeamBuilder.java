package dev.troupe.runtime.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.runtime.team.TeamFileReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A team without a file. It says what a team file would say, is checked as one when it is opened, and all that is wrong is
 * told at once. Not thread-safe.
 */
public final class TeamBuilder {
    private final ObjectNode team = JsonNodeFactory.instance.objectNode();
    private final Map<String, Own> own = new LinkedHashMap<>();
    private final Map<String, Secret> keys = new LinkedHashMap<>();
    private Path folder = Path.of("");

    private record Own(ChatModel model, ModelPrice price) {}

    TeamBuilder(String name) {
        team.set("team", Section.literal(JsonNodeFactory.instance.textNode(name)));
    }

    /** Where its paths start, in place of the process's folder: data files, documentation, a prelude. */
    public TeamBuilder folder(Path other) {
        folder = other;
        return this;
    }

    /** A model of this program that costs nothing. It is not closed with the team. */
    public TeamBuilder model(String name, ChatModel model) {
        return model(name, model, ModelPrice.FREE);
    }

    /** A model of this program at a price. It is not closed with the team. */
    public TeamBuilder model(String name, ChatModel model, ModelPrice price) {
        own.put(name, new Own(model, price));
        team.withObject("/models")
                .putObject(name)
                .put("provider", "java")
                .put("model", model.name())
                .put("temperature", 0);
        return this;
    }

    /** A model that runs on this machine, by its name in the catalogue. */
    public TeamBuilder localModel(String name, String model) {
        return model(name, section -> section.set("provider", "local").set("model", model));
    }

    /** A model behind an endpoint with OpenAI's interface that needs no key, or one of {@link #key}. */
    public TeamBuilder openAiModel(String name, String model, URI url) {
        return model(
                name,
                section -> section.set("provider", "openai").set("model", model).set("url", url.toString()));
    }

    /** A model, by the keys of a model in a team file. Its key is given by {@link #key}. */
    public TeamBuilder model(String name, Consumer<Section> model) {
        return section("models", name, new Section(), model);
    }

    /** The key of a model. It is in no text and in no error. */
    public TeamBuilder key(String model, Secret key) {
        String variable = "TROUPE_BUILT_" + keys.size();
        keys.put(variable, key);
        team.withObject("/models").withObject("/" + model).put("key", "${" + variable + "}");
        return this;
    }

    /** Python in the sandbox, by the keys that team files have: {@code packages}, {@code files}, {@code limits}, …. */
    public TeamBuilder python(Consumer<Section> tool) {
        return section("tools", "python", new Section(), tool);
    }

    /** A shell in the sandbox. */
    public TeamBuilder shell(Consumer<Section> tool) {
        return section("tools", "shell", new Section(), tool);
    }

    /** An agent that answers by writing and running programs. */
    public TeamBuilder assistant(String name, Consumer<Section.Assistant> assistant) {
        return section("agents", name, new Section.Assistant(), assistant);
    }

    /** An agent that is a model with instructions and the conversation's last turns. */
    public TeamBuilder chat(String name, String model, String instructions) {
        return section(
                "agents",
                name,
                new Section(),
                agent -> agent.set("kind", "chat").set("model", model).set("instructions", instructions));
    }

    /** The agent that is asked where a question names none. */
    public TeamBuilder entry(String agent) {
        team.put("entry", agent);
        return this;
    }

    /** {@code provider/model} that receipts compare with. */
    public TeamBuilder baseline(String model) {
        team.put("baseline", model);
        return this;
    }

    /** The most that a task may cost, and the most time for it. */
    public TeamBuilder budget(Money task, Duration time) {
        return budget(
                section -> section.set("task", task.toDecimal() + " USD").set("task_time", time.toMillis() + "ms"));
    }

    /** What may be spent, by the keys that team files have. */
    public TeamBuilder budget(Consumer<Section> budget) {
        Section section = new Section();
        budget.accept(section);
        team.set("budget", section.keys);
        return this;
    }

    private <S extends Section> TeamBuilder section(String part, String name, S section, Consumer<? super S> said) {
        said.accept(section);
        team.withObject("/" + part).set(name, section.keys);
        return this;
    }

    /** Opens it as {@link Team#load(Path)} opens a file. */
    public Team open() {
        return open(TeamOptions.usual());
    }

    /**
     * Opens it with something said about where and how.
     *
     * @throws TroupeException as {@link Team#load(Path)}
     */
    public Team open(TeamOptions options) {
        own.forEach((name, brought) -> options.model(name, brought.model(), brought.price()));
        keys.forEach((variable, key) -> options.variable(variable, key.reveal()));
        Path file = folder.toAbsolutePath()
                .normalize()
                .resolve("built-" + team.path("team").asText().toLowerCase(Locale.ROOT));
        return Team.open(
                new TeamFileReader(options.environment(), options.ownModels())
                        .read(file, team.toPrettyString())
                        .orThrow(false),
                options);
    }
}
