package dev.troupe.runtime.host;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code serve.keys} of the machine's configuration: keys of clients by their names. */
final class KeysSection {
    /** What a name may be: it is a tenant, a folder and a label of metrics. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> FIELDS = List.of("hash", "agents", "per-minute", "budget", "metrics");

    private KeysSection() {}

    /** Whether a key may be called so. The name of those without a key is taken. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.toLowerCase(Locale.ROOT).equals(CallContext.LOCAL);
    }

    static List<AccessKey> read(ConfigObject keys, List<String> problems) {
        List<AccessKey> read = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> entry : keys.entrySet()) {
            String path = "serve.keys." + entry.getKey();
            String place = MachineConfig.at(entry.getValue().origin()) + path;
            if (!isName(entry.getKey())) {
                problems.add(place + ": no name of a key (expected: up to 40 letters, digits, - and _, not local)");
            }
            ConfigObject section = MachineConfig.section(keys, "serve.keys.", entry.getKey(), problems);
            if (section != null) {
                MachineConfig.checkNames(section, path + ".", FIELDS, problems);
                AccessKey key = key(entry.getKey(), section, place, problems);
                if (key != null) {
                    read.add(key);
                }
            }
        }
        return read.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    private static @Nullable AccessKey key(String name, ConfigObject section, String place, List<String> problems) {
        int before = problems.size();
        String hash = String.valueOf(plain(section, "hash"));
        if (!HASH.matcher(hash).matches()) {
            problems.add(place + ".hash: no hash (expected: 64 hexadecimal digits, as `troupe keys add` writes them)");
        }
        Integer perMinute = perMinute(section, place, problems);
        Money budget = budget(section, place, problems);
        Object metrics = plain(section, "metrics");
        if (metrics != null && !(metrics instanceof Boolean)) {
            problems.add(place + ".metrics: " + metrics + " (expected: true or false)");
        }
        List<String> agents = agents(section, place, problems);
        return problems.size() > before
                ? null
                : new AccessKey(name, hash, agents, perMinute, budget, Boolean.TRUE.equals(metrics));
    }

    private static List<String> agents(ConfigObject section, String place, List<String> problems) {
        if (section.get("agents") == null) {
            return List.of();
        }
        try {
            List<String> agents = section.toConfig().getStringList("agents");
            if (!agents.isEmpty()) {
                return agents;
            }
        } catch (ConfigException e) {
            // Told below.
        }
        problems.add(place + ".agents: no list of names (expected: [analyst], or left out for all)");
        return List.of();
    }

    private static @Nullable Integer perMinute(ConfigObject section, String place, List<String> problems) {
        Object value = plain(section, "per-minute");
        if (value == null || (value instanceof Integer number && number >= 1)) {
            return (Integer) value;
        }
        problems.add(place + ".per-minute: " + value + " (expected: 1 or more)");
        return null;
    }

    private static @Nullable Money budget(ConfigObject section, String place, List<String> problems) {
        Object value = plain(section, "budget");
        if (value == null) {
            return null;
        }
        try {
            Money money = Money.parse(value.toString());
            if (!money.isNegative()) {
                return money;
            }
        } catch (TroupeException e) {
            // Told below.
        }
        problems.add(place + ".budget: " + value + " (expected: an amount such as 5 USD)");
        return null;
    }

    private static @Nullable Object plain(ConfigObject section, String name) {
        ConfigValue value = section.get(name);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value.unwrapped();
    }
}
