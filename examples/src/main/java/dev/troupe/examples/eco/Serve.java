package dev.troupe.examples.eco;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the stand-ins and serves until it is ended. */
@Command(
        name = "examples/eco/serve",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        description = {
            "Starts stand-ins for WeatherAPI, Alpha Vantage and Google Places on this machine, until Ctrl-C.",
            "When all three answer, one line of JSON on standard output says where; standard error shows it as a block"
                    + " for Troupe's machine configuration. The same seed and clock give the same bytes."
        },
        footer = {
            "Examples:",
            "  examples/eco/serve",
            "  examples/eco/serve --clock 2023-12-01T09:00Z --seed 11",
            "  examples/eco/serve --weather-port 0 --stock-port 0 --places-port 0"
        })
public final class Serve implements Callable<Integer> {
    private static final int PORT_TAKEN = 69;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--clock",
            defaultValue = StandInSettings.DEFAULT_CLOCK,
            paramLabel = "<time>",
            description = "The time it is, with its zone, or now (default: ${DEFAULT-VALUE}).")
    private String clock = StandInSettings.DEFAULT_CLOCK;

    @Option(
            names = "--seed",
            defaultValue = "" + StandInSettings.DEFAULT_SEED,
            paramLabel = "<number>",
            description = "What all data are made from (default: ${DEFAULT-VALUE}).")
    private long seed = StandInSettings.DEFAULT_SEED;

    @Option(
            names = "--weather-port",
            defaultValue = "18080",
            paramLabel = "<port>",
            description = "Of WeatherAPI's stand-in; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int weatherPort;

    @Option(
            names = "--stock-port",
            defaultValue = "18081",
            paramLabel = "<port>",
            description = "Of Alpha Vantage's (default: ${DEFAULT-VALUE}).")
    private int stockPort;

    @Option(
            names = "--places-port",
            defaultValue = "18082",
            paramLabel = "<port>",
            description = "Of Google Places' (default: ${DEFAULT-VALUE}).")
    private int placesPort;

    @Option(
            names = "--weather-key",
            defaultValue = "$" + "{env:WEATHER_KEY:-" + StandInSettings.DEFAULT_WEATHER_KEY + "}",
            paramLabel = "<key>",
            description = "The valid key (default: WEATHER_KEY of the environment, or the one of team.yaml).")
    private String weatherKey = StandInSettings.DEFAULT_WEATHER_KEY;

    @Option(
            names = "--stock-key",
            defaultValue = "$" + "{env:STOCK_KEY:-" + StandInSettings.DEFAULT_STOCK_KEY + "}",
            paramLabel = "<key>",
            description = "Likewise, STOCK_KEY.")
    private String stockKey = StandInSettings.DEFAULT_STOCK_KEY;

    @Option(
            names = "--places-key",
            defaultValue = "$" + "{env:PLACES_KEY:-" + StandInSettings.DEFAULT_PLACES_KEY + "}",
            paramLabel = "<key>",
            description = "Likewise, PLACES_KEY.")
    private String placesKey = StandInSettings.DEFAULT_PLACES_KEY;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch end;

    /** @param end what ends it when it reaches zero */
    Serve(PrintStream out, PrintStream err, CountDownLatch end) {
        this.out = out;
        this.err = err;
        this.end = end;
    }

    /** The command; ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, new CountDownLatch(1), arguments));
    }

    static int run(PrintStream out, PrintStream err, CountDownLatch end, String... arguments) {
        return new CommandLine(new Serve(out, err, end))
                .setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        InstantSource time = time();
        StandInSettings settings =
                new StandInSettings(time, seed, weatherPort, stockPort, placesPort, weatherKey, stockKey, placesKey);
        try (StandIns standIns = StandIns.start(settings)) {
            err.print("The stand-ins answer, and take it to be " + time.instant() + ". For Troupe's configuration:\n\n"
                    + standIns.configuration() + "\n");
            err.flush();
            out.println(ready(standIns, time));
            out.flush();
            end.await();
            return 0;
        } catch (UncheckedIOException e) {
            err.println("error: " + e.getMessage());
            err.println("hint: name other ports, or 0 for free ones");
            return PORT_TAKEN;
        }
    }

    private InstantSource time() {
        try {
            return StandInSettings.clock(clock);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), "clock: " + clock + " (expected: 2023-09-14T13:45Z, or now)", e);
        }
    }

    private String ready(StandIns standIns, InstantSource time) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("ready", true)
                .put("clock", time.instant().toString())
                .put("seed", seed);
        ObjectNode hosts = line.putObject("hosts");
        standIns.hosts().forEach((host, address) -> hosts.put(host, address.toString()));
        return line.toString();
    }
}
