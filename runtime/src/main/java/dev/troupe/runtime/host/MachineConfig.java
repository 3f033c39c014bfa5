package dev.troupe.runtime.host;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.egress.HostNames;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What holds on this machine for every team, from a file in HOCON that is read strictly:
 *
 * <pre>{@code
 * egress.hosts {
 *   "api.weatherapi.com" = "http://127.0.0.1:18080"
 * }
 * serve.keys {
 *   reports { hash = "…", agents = [analyst], per-minute = 60, budget = "5 USD" }
 * }
 * serve.tls { certificate = server.pem, key = server.key }
 * serve.cors.origins = ["https://app.example.com"]
 * }</pre>
 *
 * @param hosts names of hosts that stand for another address here
 * @param keys whom {@code serve} serves, each name once
 * @param tls what {@code serve} speaks TLS with, or null when it does not
 * @param origins whose pages may use what is served, beside its own
 */
public record MachineConfig(
        Map<String, URI> hosts,
        List<AccessKey> keys,
        @Nullable TlsFiles tls,
        List<String> origins) {
    /** Nothing is special here. */
    public static final MachineConfig NONE = new MachineConfig(Map.of());

    private static final String EXPECTED_ADDRESS = "http://127.0.0.1:18080 or the like: scheme, host and port";

    public MachineConfig {
        hosts = Map.copyOf(hosts);
        keys = List.copyOf(keys);
        origins = List.copyOf(origins);
    }

    /** Without TLS, and for no other pages. */
    public MachineConfig(Map<String, URI> hosts, List<AccessKey> keys) {
        this(hosts, keys, null, List.of());
    }

    public MachineConfig(Map<String, URI> hosts) {
        this(hosts, List.of());
    }

    /** What each key may spend in a day, by its name; nothing for one without a limit of its own. */
    Map<String, Money> dayBudgets() {
        Map<String, Money> budgets = new LinkedHashMap<>();
        for (AccessKey key : keys) {
            if (key.day() != null) {
                budgets.put(key.name(), key.day());
            }
        }
        return budgets;
    }

    /** The file that {@link #read} would read, whether it is there or not. */
    public static Path file(@Nullable Path named, Map<String, String> environment) {
        String variable = environment.getOrDefault("TROUPE_CONFIG", "");
        return named != null ? named : variable.isEmpty() ? usual(environment) : Path.of(variable);
    }

    /**
     * Reads the file that the user named, the one in {@code TROUPE_CONFIG}, or {@code troupe/troupe.conf} below {@code
     * XDG_CONFIG_HOME}; of these only the last may be missing.
     *
     * @param named a file, or null
     * @throws TroupeException {@code NOT_FOUND} for a file that is not there, {@code INPUT_INVALID} with all that is wrong
     *     with it
     */
    public static MachineConfig read(@Nullable Path named, Map<String, String> environment) {
        String variable = environment.getOrDefault("TROUPE_CONFIG", "");
        Path file = file(named, environment);
        if (!Files.exists(file)) {
            if (named == null && variable.isEmpty()) {
                return NONE;
            }
            throw new TroupeException(
                    ErrorCode.NOT_FOUND, "configuration: " + file + " does not exist", "name another, or none");
        }
        return parse(file, environment);
    }

    private static Path usual(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        // The specification says that a relative path in such a variable is to be ignored.
        Path folder = base.startsWith("/") ? Path.of(base) : home.resolve(".config");
        return folder.resolve("troupe/troupe.conf");
    }

    private static MachineConfig parse(Path file, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<String, URI> hosts = new LinkedHashMap<>();
        List<AccessKey> keys = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        TlsFiles tls = null;
        try {
            Config config = ConfigFactory.parseFile(
                            file.toFile(),
                            ConfigParseOptions.defaults()
                                    .setSyntax(ConfigSyntax.CONF)
                                    .setAllowMissing(false))
                    .resolveWith(ConfigFactory.parseMap(environment));
            checkNames(config.root(), "", List.of("egress", "serve"), problems);
            ConfigObject egress = section(config.root(), "", "egress", problems);
            ConfigObject mapped = egress == null ? null : only(egress, "egress.", "hosts", problems);
            if (mapped != null) {
                mapped.forEach((name, value) -> host(name, value, hosts, problems));
            }
            ConfigObject serve = section(config.root(), "", "serve", problems);
            if (serve != null) {
                checkNames(serve, "serve.", List.of("keys", "tls", "cors"), problems);
                ConfigObject named = section(serve, "serve.", "keys", problems);
                if (named != null) {
                    keys.addAll(KeysSection.read(named, problems));
                }
                tls = ServeSection.tls(serve, folder(file), problems);
                origins.addAll(ServeSection.origins(serve, problems));
            }
        } catch (ConfigException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (!problems.isEmpty()) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "configuration " + file + ":\n  "
                            + String.join("\n  ", problems.stream().sorted().toList()),
                    "docs/guide/egress.md and docs/guide/serve.md show whole ones");
        }
        return new MachineConfig(hosts, keys, tls, origins);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** The one key that a section may have, which is a section itself. */
    private static @Nullable ConfigObject only(ConfigObject parent, String path, String only, List<String> problems) {
        checkNames(parent, path, List.of(only), problems);
        return section(parent, path, only, problems);
    }

    static void checkNames(ConfigObject parent, String path, List<String> known, List<String> problems) {
        for (Map.Entry<String, ConfigValue> entry : parent.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String near = Suggestions.nearest(entry.getKey(), known);
                String expected = known.stream().map(path::concat).collect(Collectors.joining(", "));
                problems.add(at(entry.getValue().origin()) + "unknown key " + path + entry.getKey() + " (expected: "
                        + expected + ")" + (near == null ? "" : "; did you mean " + near + "?"));
            }
        }
    }

    static @Nullable ConfigObject section(ConfigObject parent, String path, String name, List<String> problems) {
        ConfigValue value = parent.get(name);
        if (value == null || value instanceof ConfigObject) {
            return (ConfigObject) value;
        }
        problems.add(at(value.origin()) + path + name + ": " + value.valueType() + " (expected: a section)");
        return null;
    }

    private static void host(String name, ConfigValue value, Map<String, URI> hosts, List<String> problems) {
        String place = at(value.origin()) + "egress.hosts." + name + ": ";
        if (value.valueType() == ConfigValueType.OBJECT) {
            problems.add(place + "a section (expected: an address; put a name with dots in quotes)");
            return;
        }
        String host = HostNames.normalised(name);
        if (!HostNames.isName(host)) {
            problems.add(place + "no name of a host (expected: a name such as \"api.weatherapi.com\")");
        }
        URI target = target(String.valueOf(value.unwrapped()));
        if (target == null) {
            problems.add(place + value.unwrapped() + " (expected: " + EXPECTED_ADDRESS + ")");
        } else {
            hosts.put(host, target);
        }
    }

    private static @Nullable URI target(String text) {
        try {
            URI target = URI.create(text);
            return EgressConfig.isTarget(target) ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String at(ConfigOrigin origin) {
        return origin.lineNumber() > 0 ? "line " + origin.lineNumber() + ": " : "";
    }
}
