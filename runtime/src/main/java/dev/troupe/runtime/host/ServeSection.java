package dev.troupe.runtime.host;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code serve} of the machine's configuration says beside its keys. */
final class ServeSection {
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-fA-F:]+](:[0-9]{1,5})?");

    private ServeSection() {}

    /** @param folder what relative paths start at: that of the configuration */
    static @Nullable TlsFiles tls(ConfigObject serve, Path folder, List<String> problems) {
        ConfigObject tls = MachineConfig.section(serve, "serve.", "tls", problems);
        if (tls == null) {
            return null;
        }
        MachineConfig.checkNames(tls, "serve.tls.", List.of("certificate", "key"), problems);
        Path certificate = path(tls, "certificate", folder, problems);
        Path key = path(tls, "key", folder, problems);
        return certificate == null || key == null ? null : new TlsFiles(certificate, key);
    }

    private static @Nullable Path path(ConfigObject tls, String name, Path folder, List<String> problems) {
        ConfigValue value = tls.get(name);
        String place = MachineConfig.at(tls.origin()) + "serve.tls." + name + ": ";
        if (value == null || value.valueType() != ConfigValueType.STRING) {
            problems.add(
                    place + (value == null ? "missing" : value.valueType()) + " (expected: the path of a file in PEM)");
            return null;
        }
        try {
            return folder.resolve(String.valueOf(value.unwrapped()));
        } catch (InvalidPathException e) {
            problems.add(place + "no path (expected: the path of a file in PEM)");
            return null;
        }
    }

    /** Whose pages may use the server, as browsers name them. */
    static List<String> origins(ConfigObject serve, List<String> problems) {
        ConfigObject cors = MachineConfig.section(serve, "serve.", "cors", problems);
        if (cors == null) {
            return List.of();
        }
        MachineConfig.checkNames(cors, "serve.cors.", List.of("origins"), problems);
        String place = MachineConfig.at(cors.origin()) + "serve.cors.origins: ";
        List<String> origins = new ArrayList<>();
        try {
            origins.addAll(cors.toConfig().getStringList("origins"));
        } catch (ConfigException e) {
            problems.add(place + "no list (expected: [\"https://app.example.com\"])");
        }
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                problems.add(place + origin
                        + " (expected: an origin such as https://app.example.com, without a path; each by its name)");
            }
        }
        return List.copyOf(origins);
    }
}
