package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.runtime.team.AgentSettings;
import dev.troupe.runtime.team.AssistantSettings;
import dev.troupe.runtime.team.AssistantSettings.RungSettings;
import dev.troupe.runtime.team.ChatSettings;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import dev.troupe.runtime.team.TeamReading;
import dev.troupe.runtime.team.yaml.Problem;
import dev.troupe.runtime.team.yaml.ProblemReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a team file without running anything. */
@Command(
        name = "validate",
        description = {
            "Checks a team file and shows everything that is wrong with it, with line and column.",
            "Nothing is run, fetched or asked."
        },
        footer = {
            "  troupe validate examples/analyst",
            "  troupe validate team.yaml --json",
            "  OPENAI_API_KEY=any troupe validate team.yaml"
        })
final class ValidateCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            paramLabel = "<team>",
            arity = "0..1",
            description = "A team file, or a folder with a team.yaml. Default: the current folder.")
    private Path path = Path.of("team.yaml");

    ValidateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return switch (new TeamFileReader(invocation.terminal().environment()).read(path)) {
            case TeamReading.Valid valid -> valid(valid.team());
            case TeamReading.Invalid invalid -> invalid(invalid.report());
        };
    }

    private int valid(TeamFile team) {
        StringBuilder text = new StringBuilder();
        team.notices()
                .forEach(notice -> text.append(invocation.outStyle().yellow("notice:"))
                        .append(' ')
                        .append(notice)
                        .append('\n'));
        text.append(invocation.outStyle().green("valid:"))
                .append(' ')
                .append(path)
                .append('\n');
        team.agents()
                .values()
                .forEach(agent -> text.append("  ").append(summary(team, agent)).append('\n'));
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("file", team.file().toString());
        machine.put("valid", true);
        machine.put("team", team.team());
        machine.put("entry", team.entry());
        machine.put("problems", List.of());
        machine.put("notices", team.notices());
        invocation.result(machine, text.toString());
        return ExitCodes.OK;
    }

    private static String summary(TeamFile team, AgentSettings agent) {
        String entry = agent.name().equals(team.entry()) ? " (entry)" : "";
        return agent.name() + entry + ": "
                + switch (agent) {
                    case AssistantSettings assistant ->
                        "tries "
                                + String.join(
                                        ", then ",
                                        assistant.ladder().stream()
                                                .map(RungSettings::name)
                                                .toList())
                                + "; "
                                + (agent.tools().isEmpty() ? "no tools" : "with " + String.join(", ", agent.tools()));
                    case ChatSettings chat -> "talks as " + chat.model();
                    case PlannerSettings planner ->
                        "plans with " + planner.model() + " for " + String.join(", ", planner.uses());
                };
    }

    private int invalid(ProblemReport report) {
        if (invocation.json()) {
            List<Map<String, @Nullable Object>> problems = new ArrayList<>();
            report.problems().forEach(problem -> problems.add(machine(problem)));
            Map<String, Object> machine = new LinkedHashMap<>();
            machine.put("file", report.file());
            machine.put("valid", false);
            machine.put("problems", problems);
            invocation.result(machine, "");
        } else {
            invocation.err().println(report.text(invocation.errStyle().colours()));
        }
        return ErrorCode.TEAM_INVALID.exitCode();
    }

    private static Map<String, @Nullable Object> machine(Problem problem) {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("line", problem.line() == 0 ? null : problem.line());
        machine.put("column", problem.column() == 0 ? null : problem.column());
        machine.put("path", problem.path());
        machine.put("message", problem.message());
        machine.put("expected", problem.expected());
        machine.put("suggestion", problem.suggestion());
        return machine;
    }
}
