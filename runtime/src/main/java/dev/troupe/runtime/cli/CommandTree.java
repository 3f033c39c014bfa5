package dev.troupe.runtime.cli;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands, and how one is found, made, run and explained. */
final class CommandTree {
    private final Invocation invocation;
    private final Failures failures;

    CommandTree(Invocation invocation) {
        this.invocation = invocation;
        this.failures = new Failures(invocation);
    }

    int execute(String... arguments) {
        try {
            return build().execute(arguments);
        } catch (Throwable thrown) {
            return failures.report(thrown);
        }
    }

    /** The commands as picocli sees them. */
    CommandLine build() {
        CommandLine line = new CommandLine(new TroupeCommand(invocation), factory());
        line.setOut(new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(LocalDate.class, CommandTree::day);
        line.setUsageHelpWidth(Math.clamp(invocation.terminal().columns(), 60, 120));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(invocation.outStyle().colours() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler((fault, given) -> usage(fault, given));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failures.report(thrown));
        line.setExecutionStrategy(parsed -> {
            Logs.configure(invocation.folders().log(), invocation.logPrompts());
            return new CommandLine.RunLast().execute(parsed);
        });
        explain(line);
        return line;
    }

    /** Puts help, version and the exit codes into every command's help. */
    private static void explain(CommandLine line) {
        line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
        line.getCommandSpec().usageMessage().exitCodeList(ExitCodes.table());
        line.getSubcommands().values().forEach(CommandTree::explain);
    }

    private int usage(ParameterException fault, String... given) {
        // The option may stand behind what could not be understood.
        if (Arrays.asList(given).contains("--json")) {
            invocation.demandJson();
        }
        String command = fault.getCommandLine().getCommandSpec().qualifiedName();
        List<String> alike =
                fault instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String hint = (alike.isEmpty() ? "" : "did you mean " + alike.getFirst() + "? ") + "`" + command
                + " --help` explains it";
        return failures.report(new TroupeException(ErrorCode.USAGE, message(fault), hint));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandLine.TypeConversionException(text + " (expected: a day such as 2026-11-22)");
        }
    }

    private static String message(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && fault.getCommandLine().getCommandSpec().userObject() instanceof Group) {
            return "command: %s (expected: one of %s)"
                    .formatted(unmatched.getUnmatched().getFirst(), Group.names(fault));
        }
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("wrong usage");
    }

    /** Gives the invocation to each command whose constructor takes it. */
    private IFactory factory() {
        IFactory usual = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                @Nullable Constructor<K> constructor = withInvocation(type);
                return constructor == null ? usual.create(type) : constructor.newInstance(invocation);
            }
        };
    }

    private static <K> @Nullable Constructor<K> withInvocation(Class<K> type) {
        try {
            Constructor<K> constructor = type.getDeclaredConstructor(Invocation.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
