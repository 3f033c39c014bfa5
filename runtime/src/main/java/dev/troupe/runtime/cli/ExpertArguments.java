package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.catalogue.CatalogueExpert;
import dev.troupe.models.expert.catalogue.ExpertCatalogue;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Handle;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Media;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import dev.troupe.models.task.ValueType;
import dev.troupe.runtime.team.ExpertSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import dev.troupe.runtime.team.TeamReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which expert a command means, and what it is given. */
final class ExpertArguments {
    @Parameters(
            index = "0",
            paramLabel = "<expert>",
            description = {
                "An expert of the team (with --team), a model of the catalogue (see `troupe experts list`), or a folder"
                        + " with model.onnx, such as ./mine."
            })
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "<input>",
            description = "Files or texts, in the order in which the task takes them.")
    private List<String> given = List.of();

    @Option(names = "--team", paramLabel = "<team>", description = "A team file, or a folder with a team.yaml.")
    private @Nullable Path team;

    @Option(names = "--task", paramLabel = "<task>", description = "What it should do, where it can do several things.")
    private @Nullable String task;

    @Option(names = "--device", paramLabel = "<device>", description = "auto, cpu or cuda. Default: auto.")
    private Device.@Nullable Wish device;

    /** The expert, by the team's file or by its name alone. */
    ExpertSettings settings(Invocation invocation) {
        Path file = team;
        ExpertSettings found = file == null ? byName() : ofTeam(file, invocation);
        return device == null
                ? found
                : new ExpertSettings(
                        found.name(),
                        found.task(),
                        found.model(),
                        device,
                        found.isolated(),
                        found.batchSize(),
                        found.batchWait());
    }

    private ExpertSettings ofTeam(Path file, Invocation invocation) {
        TeamReading reading = new TeamFileReader(invocation.terminal().environment()).read(file);
        if (reading instanceof TeamReading.Invalid invalid) {
            throw new TroupeException(ErrorCode.TEAM_INVALID, invalid.report().text(false), "troupe validate " + file);
        }
        TeamFile valid = ((TeamReading.Valid) reading).team();
        ExpertSettings settings = valid.experts().get(name);
        if (settings == null) {
            throw new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "expert: %s (expected: one of the team's: %s)"
                            .formatted(name, String.join(", ", valid.experts().keySet())),
                    null);
        }
        return settings;
    }

    private ExpertSettings byName() {
        return new ExpertSettings(
                name,
                task(),
                name,
                Device.Wish.AUTO,
                Experts.isFolder(name),
                ExpertSettings.DEFAULT_BATCH_SIZE,
                ExpertSettings.DEFAULT_BATCH_WAIT);
    }

    private Task task() {
        if (task != null) {
            return Task.of(task.toLowerCase(Locale.ROOT));
        }
        if (Experts.isFolder(name)) {
            throw new TroupeException(
                    ErrorCode.USAGE, "--task: missing (expected: one of " + Task.labels() + ")", null);
        }
        CatalogueExpert expert = ExpertCatalogue.builtIn().find(name);
        return expert.tasks().getFirst();
    }

    /** All that was given as one request. */
    Inputs inputs(Task wanted) {
        List<Task.Parameter> parameters = wanted.parameters();
        Map<String, List<Value>> values = new LinkedHashMap<>();
        int at = 0;
        for (Task.Parameter parameter : parameters) {
            int to = parameter.many() ? given.size() : Math.min(at + 1, given.size());
            values.put(parameter.name(), values(given.subList(at, to), parameter.type()));
            at = to;
        }
        if (at < given.size()) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "input: %s (expected: %d, %s)".formatted(given.get(at), parameters.size(), parameters),
                    null);
        }
        return Inputs.of(wanted, values);
    }

    /** One request for each input where the task takes one; else all that was given as one request. */
    List<Inputs> requests(Task wanted) {
        if (wanted.parameters().size() > 1) {
            return List.of(inputs(wanted));
        }
        return values(given, wanted.parameters().getFirst().type()).stream()
                .map(value -> Inputs.of(wanted, value))
                .toList();
    }

    private static List<Value> values(List<String> texts, ValueType type) {
        List<Value> values = new ArrayList<>();
        for (String text : texts) {
            boolean file = type != ValueType.TEXT || isFile(text);
            values.add(file ? Media.read(Handle.of(Path.of(text), type)) : new Value.Text(text));
        }
        return values;
    }

    /** A text that happens to name a file is that file's text. */
    private static boolean isFile(String text) {
        return text.length() < 200
                && !text.contains("\n")
                && text.indexOf('\0') < 0
                && Files.isRegularFile(Path.of(text));
    }
}
