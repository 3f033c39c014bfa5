package dev.troupe.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command above all others. Its annotation is the list of commands. */
@Command(
        name = "troupe",
        description = "Runs teams of agents, and makes them cheaper as they work.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "<command>",
        usageHelpAutoWidth = false,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  troupe run examples/analyst \"Which region had the highest revenue in 2025?\"",
            "  troupe good",
            "  troupe doctor"
        },
        subcommands = {
            RunCommand.class,
            ChatCommand.class,
            VerdictCommand.Good.class,
            VerdictCommand.Bad.class,
            ValidateCommand.class,
            SchemaCommand.class,
            ModelsCommand.class,
            ExpertsCommand.class,
            DemosCommand.class,
            ReceiptsCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            ServeCommand.class,
            McpCommand.class,
            KeysCommand.class,
            VersionCommand.class
        })
final class TroupeCommand extends Group {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final Invocation invocation;

    TroupeCommand(Invocation invocation) {
        this.invocation = invocation;
    }
}
