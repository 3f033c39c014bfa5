package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Configuration;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.bench.ConfigurationFile;
import dev.troupe.runtime.bench.Feedback;
import dev.troupe.runtime.team.TeamFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code bench} that say what is compared. */
final class BenchConfigurations {
    @Option(
            names = "--configurations",
            paramLabel = "<file>",
            description = "Compare the configurations of this YAML file. Default, with --configuration:"
                    + " configurations.yaml beside the team file.")
    private @Nullable Path file;

    @Option(
            names = "--configuration",
            paramLabel = "<name>",
            description = "Only this one of the file. May be given several times.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--ladder",
            paramLabel = "<rungs>",
            description = "Only these rungs, such as quick,documented. May be given several times. Default: all.")
    private List<String> ladders = new ArrayList<>();

    @Option(
            names = "--demonstrations",
            paramLabel = "<mode>",
            description = "off (the default): none are shown. learn: answers that are right become demonstrations"
                    + " (with --split learn or --feedback). frozen: what was learned is shown, and none are added.")
    private List<Demonstrations> demonstrations = new ArrayList<>();

    @Option(
            names = "--feedback",
            paramLabel = "<who>",
            description = "Who judges answers. off: nobody. after: the right answer, when the task is over. gold: the"
                    + " right answer at once, and a no lets the next rung try. judge: a model. Default: what the team"
                    + " file says, and the right answer afterwards to what learns.")
    private @Nullable Feedback feedback;

    @Option(
            names = "--judge",
            paramLabel = "<model>",
            description = "The team's model that judges with --feedback judge. Default: the one under verify.")
    private @Nullable String judge;

    @Option(
            names = "--bare",
            description = "Also the same model in a plain loop: the same instructions, the files' names, the raw output"
                    + " of what it runs, up to 5 turns.")
    private boolean bare;

    /** @param notices told what is left out */
    List<Configuration> of(TeamFile team, Consumer<String> notices) {
        List<Configuration> all = new ArrayList<>();
        if (bare) {
            all.add(Configuration.BARE);
        }
        boolean named = file != null || !names.isEmpty();
        if (named) {
            requireNothingElse();
            Path where = file == null ? team.folder().resolve(ConfigurationFile.DEFAULT_NAME) : file;
            if (!Files.isRegularFile(where)) {
                throw new TroupeException(
                        ErrorCode.NOT_FOUND, "configurations: " + where + " (expected: a file)", null);
            }
            ConfigurationFile.Read read = ConfigurationFile.read(where, team, names);
            read.notices().forEach(notices);
            all.addAll(read.configurations());
        } else if (!bare || !ladders.isEmpty() || !demonstrations.isEmpty() || feedback != null) {
            all.addAll(ofOptions(team));
        }
        return all;
    }

    private void requireNothingElse() {
        if (!ladders.isEmpty() || !demonstrations.isEmpty() || feedback != null || judge != null) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "--configurations: with --ladder, --demonstrations, --feedback or --judge (expected: without)",
                    "say it in the file");
        }
    }

    private List<Configuration> ofOptions(TeamFile team) {
        if (judge != null && (feedback != Feedback.JUDGE || !team.models().containsKey(judge))) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "--judge: " + judge + " (expected: of "
                            + String.join(", ", team.models().keySet()) + ", with --feedback judge)",
                    null);
        }
        List<String> known = team.rungNames();
        List<Configuration> all = new ArrayList<>();
        for (Demonstrations mode : demonstrations.isEmpty() ? List.of(Demonstrations.OFF) : demonstrations) {
            for (String ladder : ladders.isEmpty() ? List.of(String.join(",", known)) : ladders) {
                all.add(new Configuration(null, rungs(ladder, known), mode, false, feedback, judge));
            }
        }
        return all;
    }

    private static List<String> rungs(String ladder, List<String> known) {
        List<String> rungs = List.of(ladder.split(",", -1));
        for (String rung : rungs) {
            if (!known.contains(rung)) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "--ladder: " + rung + " (expected: of " + String.join(", ", known) + ")",
                        "rungs are named in the team file, under ladder");
            }
        }
        return rungs;
    }
}
