package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;

/** The program. It wires and does nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Interrupts interrupts = Interrupts.install();
        Invocation invocation = new Invocation(Terminal.ofProcess(), interrupts.cancellation());
        interrupts.whenStuck(() -> new Failures(invocation).reportInterrupted());
        interrupts.offeredTo(invocation::takeInterrupt);
        interrupts.exit(new CommandTree(invocation).execute(arguments));
    }

    /**
     * Runs one command to its end.
     *
     * @param cancellation ends the command with {@code CANCELLED}
     * @return the exit code
     */
    public static int run(Terminal terminal, Cancellation cancellation, String... arguments) {
        return new CommandTree(new Invocation(terminal, cancellation)).execute(arguments);
    }
}
