package dev.troupe.runtime.team;

import dev.troupe.models.expert.catalogue.CatalogueExpert;
import dev.troupe.models.expert.catalogue.ExpertCatalogue;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Task;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code experts}. */
final class ExpertsSection {
    static final List<String> TASKS = Stream.of(Task.values()).map(Task::label).toList();
    static final List<String> DEVICES = Stream.of(Device.Wish.values())
            .map(wish -> wish.name().toLowerCase(Locale.ROOT))
            .toList();
    static final String ISOLATION = "process";
    static final int LARGEST_BATCH = 256;
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final ExpertCatalogue CATALOGUE = ExpertCatalogue.builtIn();

    private final Map<String, ExpertSettings> experts = new LinkedHashMap<>();

    ExpertsSection(@Nullable Value section, TeamFolder folder) {
        if (section != null) {
            section.entries("a mapping of names to experts").forEach((name, value) -> read(name, value, folder));
        }
    }

    /** By name. In a file with problems, some may be missing. */
    Map<String, ExpertSettings> experts() {
        return experts;
    }

    private void read(String name, Value value, TeamFolder folder) {
        Fields fields = value.fields(TeamKeys.EXPERT);
        if (fields == null) {
            return;
        }
        Value taskValue = fields.require("task", "one of " + String.join(", ", TASKS));
        String taskName = taskValue == null ? null : taskValue.oneOf(TASKS);
        Task task = taskName == null ? null : Task.of(taskName);
        Value modelValue = fields.require("model", "a model of the catalogue, or a folder with model.onnx");
        String model = modelValue == null ? null : model(modelValue, task, folder);
        Value deviceValue = fields.get("device");
        String deviceName = deviceValue == null ? null : deviceValue.oneOf(DEVICES);
        Device.Wish device =
                deviceName == null ? Device.Wish.AUTO : Device.Wish.valueOf(deviceName.toUpperCase(Locale.ROOT));
        Value isolationValue = fields.get("isolation");
        boolean isolated = isolationValue != null && isolationValue.oneOf(List.of(ISOLATION)) != null;
        Value batchValue = fields.get("batch");
        Fields batch = batchValue == null ? null : batchValue.fields(TeamKeys.BATCH);
        Value sizeValue = batch == null ? null : batch.get("size");
        Integer size = sizeValue == null ? null : sizeValue.integer(1, LARGEST_BATCH);
        Value waitValue = batch == null ? null : batch.get("wait");
        Duration longest = waitValue == null ? null : waitValue.duration(Duration.ZERO, LONGEST_WAIT);
        if (task != null && model != null) {
            experts.put(
                    name,
                    new ExpertSettings(
                            name,
                            task,
                            model,
                            device,
                            isolated || Experts.isFolder(model),
                            size == null ? ExpertSettings.DEFAULT_BATCH_SIZE : size,
                            longest == null ? ExpertSettings.DEFAULT_BATCH_WAIT : longest));
        }
    }

    /** A name of the catalogue that can do the task, or a folder inside the team's. */
    private static @Nullable String model(Value value, @Nullable Task task, TeamFolder folder) {
        List<CatalogueExpert> able = task == null ? CATALOGUE.experts() : CATALOGUE.candidates(task);
        List<String> names = able.stream().map(CatalogueExpert::name).toList();
        String expected = (names.isEmpty() ? "" : String.join(" or ", names) + ", or ")
                + "a folder of the team's with model.onnx, such as models/mine";
        String text = value.text(expected);
        if (text == null) {
            return null;
        }
        if (text.contains("/")) {
            Path own = folder.file(value, true);
            return own == null ? null : own.toString();
        }
        Optional<CatalogueExpert> found = CATALOGUE.lookUp(text);
        if (found.isEmpty()) {
            value.problem("unknown model " + Value.quote(value.raw()), expected, Suggestions.nearest(text, names));
            return null;
        }
        if (task != null && !found.get().tasks().contains(task)) {
            value.problem(Value.quote(value.raw()) + " does not do " + task, expected, null);
            return null;
        }
        return found.get().name();
    }
}
