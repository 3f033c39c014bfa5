package dev.troupe.runtime.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.runtime.host.Folders;
import dev.troupe.runtime.host.MachineConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * One run of the command line, as its command sees it: streams, options that every command has, folders, and the switch
 * that Ctrl-C throws. A command gets it through its constructor.
 */
public final class Invocation {
    private final Terminal terminal;
    private final Cancellation cancellation;
    private final AtomicBoolean objectPrinted = new AtomicBoolean();
    private volatile BooleanSupplier interrupts = () -> false;
    private volatile @Nullable String task;
    private volatile @Nullable TaskRecord ended;

    @Option(
            names = "--data",
            paramLabel = "<folder>",
            scope = ScopeType.INHERIT,
            description = "Where the journal and what was learned are kept. Default: $$TROUPE_DATA, else"
                    + " $$XDG_DATA_HOME/troupe.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "<file>",
            scope = ScopeType.INHERIT,
            description = "This machine's configuration. Default: $$TROUPE_CONFIG, else"
                    + " $$XDG_CONFIG_HOME/troupe/troupe.conf.")
    private @Nullable Path config;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON object on standard output and nothing else there; errors too.")
    private boolean json;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours. So does the variable NO_COLOR.")
    private boolean noColor;

    @Option(
            names = "--log-prompts",
            scope = ScopeType.INHERIT,
            description = "Write prompts and answers to the log too. They are left out otherwise.")
    private boolean logPrompts;

    private volatile @Nullable Duration grace;

    Invocation(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** How the user calls Troupe, for commands that are proposed: {@code ./troupe}. */
    public String command() {
        return System.getProperty("troupe.command", "troupe");
    }

    public PrintStream out() {
        return terminal.out();
    }

    public PrintStream err() {
        return terminal.err();
    }

    /** Whether standard output carries one JSON object and nothing else. */
    public boolean json() {
        return json;
    }

    /** As if {@code --json} had been given; for a command line that could not be parsed to its end. */
    void demandJson() {
        json = true;
    }

    boolean logPrompts() {
        return logPrompts;
    }

    /** Colours of standard output. */
    public Style outStyle() {
        return style(terminal.outIsTerminal());
    }

    /** Colours of standard error. */
    public Style errStyle() {
        return style(terminal.errIsTerminal());
    }

    private Style style(boolean screen) {
        return new Style(screen
                && !noColor
                && terminal.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !terminal.environment().getOrDefault("TERM", "").equals("dumb"));
    }

    public Folders folders() {
        return Folders.of(terminal.environment(), data);
    }

    /** This machine's configuration, read anew. */
    public MachineConfig machine() {
        return MachineConfig.read(config, terminal.environment());
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Lets a command that goes on after Ctrl-C have it, until somebody else does.
     *
     * @param other says whether it took it; what it does not take ends the command
     */
    void interruptsTo(BooleanSupplier other) {
        interrupts = other;
    }

    boolean takeInterrupt() {
        return interrupts.getAsBoolean();
    }

    /** For a call that belongs to no task: a pull, a check. Ctrl-C ends it. */
    public CallContext call(Duration time) {
        return new CallContext("-", CallContext.LOCAL, Deadline.after(time), cancellation);
    }

    /** Says which task this command is about, so that an error can name it. */
    public void task(String id) {
        task = id;
    }

    /** Says how the task came out, so that an error of it is printed with its receipt. */
    void ended(TaskRecord record) {
        ended = record;
    }

    @Nullable
    TaskRecord ended() {
        return ended;
    }

    @Nullable
    String task() {
        return task;
    }

    /** Says that this command takes up to so long to end in order when it is told to. */
    void endsWithin(Duration time) {
        grace = time;
    }

    @Nullable
    Duration grace() {
        return grace;
    }

    /** The file of {@link #machine()}, whether it is there or not. */
    Path machineFile() {
        return MachineConfig.file(config, terminal.environment());
    }

    /** A bar on standard error for something that takes time. The caller closes it. */
    public Progress progress() {
        return new Progress(terminal.err(), terminal.errIsTerminal(), terminal.columns(), System::nanoTime);
    }

    /**
     * Prints a command's result: for a machine with {@code --json}, for a person otherwise. A second object for a
     * machine is not printed.
     *
     * @param machine what Jackson can write
     * @param human whole lines, or an empty string
     */
    public void result(Object machine, String human) {
        if (json) {
            if (objectPrinted.getAndSet(true)) {
                return;
            }
            terminal.out().println(json(machine));
        } else if (!human.isEmpty()) {
            terminal.out().print(human.endsWith("\n") ? human : human + "\n");
        }
        terminal.out().flush();
    }

    private static String json(Object machine) {
        try {
            return Json.MAPPER.writeValueAsString(machine);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON: " + machine.getClass(), e);
        }
    }
}
