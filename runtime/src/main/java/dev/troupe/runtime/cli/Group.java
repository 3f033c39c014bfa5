package dev.troupe.runtime.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself and has commands below it. */
abstract class Group implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "command: none (expected: one of %s)".formatted(names(spec)));
    }

    static String names(ParameterException fault) {
        return names(fault.getCommandLine().getCommandSpec());
    }

    private static String names(CommandSpec spec) {
        return String.join(", ", spec.subcommands().keySet());
    }
}
