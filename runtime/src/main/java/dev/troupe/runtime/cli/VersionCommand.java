package dev.troupe.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

@Command(
        name = "version",
        description = "Prints the versions of Troupe, Java and the system.",
        footer = {"  troupe version", "  troupe version --json"})
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    private final Invocation invocation;

    @Option(names = "--warm-up", hidden = true, description = "Touches what most commands use; the build calls it.")
    private boolean warmUp;

    VersionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (warmUp) {
            WarmUp.run(invocation);
        }
        Map<String, String> versions = versions();
        StringBuilder text = new StringBuilder();
        versions.forEach((name, version) -> text.append("%-8s%s%n".formatted(name, version)));
        invocation.result(versions, text.toString());
        return ExitCodes.OK;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"troupe " + versions().get("troupe")};
    }

    static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("troupe", own());
        versions.put("java", System.getProperty("java.vm.name", "?") + " " + Runtime.version());
        versions.put(
                "system",
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        return versions;
    }

    private static String own() {
        try (InputStream file = VersionCommand.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
