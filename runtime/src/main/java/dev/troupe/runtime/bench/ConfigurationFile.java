package dev.troupe.runtime.bench;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.yaml.Environment;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Keys;
import dev.troupe.runtime.team.yaml.ProblemReport;
import dev.troupe.runtime.team.yaml.Problems;
import dev.troupe.runtime.team.yaml.SourceText;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.runtime.team.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads configurations by name out of a YAML file, as strictly as a team file; {@code docs/guide/bench.md} has the format. */
public final class ConfigurationFile {
    /** Where configurations are looked for, beside the team file. */
    public static final String DEFAULT_NAME = "configurations.yaml";

    private static final Keys CONFIGURATION =
            new Keys("configuration", "ladder", "demonstrations", "feedback", "judge");
    private static final int LARGEST = 1 << 20;

    private final TeamFile team;
    private final List<String> rungs;
    private final List<Configuration> configurations = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private ConfigurationFile(TeamFile team) {
        this.team = team;
        this.rungs = team.rungNames();
    }

    /**
     * What a file holds.
     *
     * @param configurations in the file's order
     * @param notices what was left out and why: rungs whose model has no key here
     */
    public record Read(List<Configuration> configurations, List<String> notices) {
        public Read {
            configurations = List.copyOf(configurations);
            notices = List.copyOf(notices);
        }
    }

    /**
     * Reads the configurations of a file.
     *
     * @param names the ones that are wanted, in this order; empty for all
     * @throws TroupeException {@code INPUT_INVALID} with all problems and their places; {@code USAGE} for an unknown name
     */
    public static Read read(Path file, TeamFile team, List<String> names) {
        Problems problems = new Problems();
        String text = SourceText.read(file, LARGEST, problems);
        Node root = text == null ? null : YamlTree.parse(text, problems);
        ConfigurationFile reader = new ConfigurationFile(team);
        List<String> known = new ArrayList<>();
        if (root != null) {
            Map<String, Value> entries = Value.root(root, problems, new Environment(Map.of()))
                    .entries("a mapping of names to configurations");
            known.addAll(entries.keySet());
            entries.forEach(reader::read);
        }
        if (!problems.isEmpty()) {
            ProblemReport report = ProblemReport.of(file.toString(), text == null ? "" : text, problems.sorted());
            throw new TroupeException(ErrorCode.INPUT_INVALID, report.text(false), null);
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "--configuration: " + name + " (expected: of " + String.join(", ", known) + ")",
                        "they are named in " + file);
            }
        }
        List<Configuration> wanted = names.isEmpty()
                ? reader.configurations
                : names.stream()
                        .flatMap(name -> reader.configurations.stream()
                                .filter(one -> one.name().equals(name)))
                        .toList();
        return new Read(wanted, reader.notices);
    }

    private void read(String name, Value value) {
        Fields fields = value.fields(CONFIGURATION);
        if (fields == null) {
            return;
        }
        Demonstrations demonstrations = oneOf(fields.get("demonstrations"), Demonstrations.values());
        Feedback feedback = oneOf(fields.get("feedback"), Feedback.values());
        Value judgeValue = fields.get("judge");
        String judge = judgeValue == null ? null : judgeValue.text("one of the team's models");
        if (judgeValue != null && judge != null && !team.models().containsKey(judge)) {
            unknown(judgeValue, "model", judge, team.models().keySet());
        }
        if (judgeValue != null && feedback != Feedback.JUDGE) {
            judgeValue.problem("nobody to judge", "`feedback: judge` beside it", null);
        }
        Value ladderValue = fields.get("ladder");
        List<String> ladder = ladderValue == null ? rungs : ladder(name, ladderValue);
        if (ladder.isEmpty()) {
            notices.add("configuration " + name + " is left out: none of its rungs can try here");
            return;
        }
        configurations.add(new Configuration(
                name, ladder, demonstrations == null ? Demonstrations.OFF : demonstrations, false, feedback, judge));
    }

    private List<String> ladder(String name, Value value) {
        List<String> ladder = new ArrayList<>();
        List<Value> items = value.list("a list of rungs");
        if (items.isEmpty() && value.isList()) {
            value.problem("no rung", "at least one rung", null);
        }
        for (Value item : items) {
            String rung = item.text("the name of a rung");
            if (rung == null || rungs.contains(rung)) {
                ladder.add(rung == null ? "" : rung);
            } else if (team.leavesOut(rung)) {
                notices.add("configuration " + name + " goes without the rung " + rung + ", which is left out");
            } else {
                unknown(item, "rung", rung, rungs);
            }
        }
        return ladder;
    }

    private static void unknown(Value value, String what, String name, Collection<String> known) {
        value.problem(
                "unknown " + what + " " + Value.quote(value.raw()),
                String.join(" or ", known),
                Suggestions.nearest(name, known));
    }

    private static <E extends Enum<E>> @Nullable E oneOf(@Nullable Value value, E[] all) {
        if (value == null) {
            return null;
        }
        String named = value.oneOf(
                Stream.of(all).map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
        return Stream.of(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(named))
                .findFirst()
                .orElse(null);
    }
}
