package dev.troupe.runtime.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is missing on this machine, and the mend. */
@Command(
        name = "doctor",
        description = {
            "Looks at what Troupe needs on this machine and says what is missing and how to mend it.",
            "Ends with exit code 1 when something cannot work."
        },
        footer = {"  troupe doctor", "  troupe doctor --json", "  troupe doctor --rebuild"})
final class DoctorCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--rebuild",
            description = "Make the indexes and totals from the journal anew instead. Nothing that was stored is lost.")
    private boolean rebuild;

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return rebuild ? rebuild() : examine();
    }

    private int rebuild() {
        long entries;
        try (Knowledge knowledge = Knowledge.open(invocation);
                Progress progress = invocation.progress()) {
            progress.update("making the totals anew");
            knowledge.journal().rebuild();
            progress.update("making the index of demonstrations anew");
            knowledge.demonstrations().rebuild();
            entries = knowledge.journal().lastSequence();
        }
        invocation.result(
                Json.object("rebuilt", List.of("totals", "demonstrations"), "entries", entries),
                "totals and the index of demonstrations were made anew from "
                        + (entries == 1 ? "1 entry" : Amounts.count(entries) + " entries"));
        return ExitCodes.OK;
    }

    private int examine() {
        List<Doctor.Finding> findings = new Doctor(invocation).examine();
        boolean well = findings.stream().noneMatch(finding -> finding.state() == Doctor.State.MISSING);
        invocation.result(
                Json.object(
                        "well",
                        well,
                        "findings",
                        findings.stream().map(DoctorCommand::machine).toList()),
                text(findings));
        return well ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }

    private static Object machine(Doctor.Finding finding) {
        return Json.object(
                "name", finding.name(),
                "state", finding.state().name().toLowerCase(Locale.ROOT),
                "found", finding.found(),
                "mend", finding.mend());
    }

    private String text(List<Doctor.Finding> findings) {
        Style style = invocation.outStyle();
        StringBuilder text = new StringBuilder();
        for (Doctor.Finding finding : findings) {
            String mark = switch (finding.state()) {
                case OK -> style.green("ok     ");
                case NOTE -> style.yellow("note   ");
                case MISSING -> style.red("missing");
            };
            text.append("%s  %-8s  %s%n".formatted(mark, finding.name(), finding.found()));
            if (finding.mend() != null) {
                text.append(" ".repeat(19)).append(style.cyan(finding.mend())).append('\n');
            }
        }
        return text.toString();
    }
}
