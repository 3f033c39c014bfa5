package dev.troupe.runtime.team;

import dev.troupe.runtime.team.CodeToolSettings.FileGrant;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Keys;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.tools.sandbox.Limits;
import dev.troupe.tools.sandbox.Prelude;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools}. */
final class ToolsSection {
    /** A requirement as pip takes it. No options and no addresses: both would let pip run or fetch anything. */
    static final String REQUIREMENT = "^[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9._,-]+\\])?"
            + "((===?|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+(,(===?|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+)*)?$";

    private static final Map<String, String> LANGUAGES = Map.of("python", "python", "shell", "sh");
    private final TeamFolder folder;
    private final Map<String, CodeToolSettings> tools = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    ToolsSection(@Nullable Value section, TeamFolder folder) {
        this.folder = folder;
        Fields fields = section == null ? null : section.fields(keys(section));
        if (fields != null) {
            read("python", fields.get("python"), TeamKeys.PYTHON);
            read("shell", fields.get("shell"), TeamKeys.SHELL);
        }
    }

    private static Keys keys(Value section) {
        return TeamKeys.TOOLS.notYet(section.keyNames().stream()
                .filter(name -> isFunction(section.peek(name)))
                .toArray(String[]::new));
    }

    private static boolean isFunction(@Nullable Value tool) {
        return tool != null && tool.peek("function") != null;
    }

    Map<String, CodeToolSettings> tools() {
        return tools;
    }

    /** The secrets that are left out, by their place in the file, and the variable that each would need. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void read(String name, @Nullable Value value, Keys keys) {
        if (value == null) {
            return;
        }
        String language = LANGUAGES.getOrDefault(name, name);
        Fields fields = value.fields(keys);
        if (fields == null) {
            tools.put(
                    name,
                    new CodeToolSettings(
                            name, language, Kind.BUBBLEWRAP, List.of(), List.of(), null, null, Limits.standard()));
            return;
        }
        List<String> packages = keys.known().contains("packages") ? packages(fields.get("packages")) : List.of();
        Prelude prelude = keys.known().contains("prelude") ? prelude(fields.get("prelude")) : null;
        Kind sandbox = sandbox(fields.get("sandbox"));
        Value limitsValue = fields.get("limits");
        boolean mayReach = keys.known().contains("network");
        Fields limits =
                limitsValue == null ? null : limitsValue.fields(mayReach ? TeamKeys.PYTHON_LIMITS : TeamKeys.LIMITS);
        tools.put(
                name,
                new CodeToolSettings(
                        name,
                        language,
                        sandbox,
                        packages,
                        files(fields.get("files")),
                        prelude,
                        mayReach ? network(fields, limits, sandbox) : null,
                        limits(limits)));
    }

    private @Nullable NetworkSettings network(Fields fields, @Nullable Fields limits, Kind sandbox) {
        Value hosts = fields.get("network");
        Value secrets = fields.get("secrets");
        NetworkSection section = new NetworkSection(hosts, secrets);
        leftOut.putAll(section.leftOut());
        Value first = hosts == null ? secrets : hosts;
        if (sandbox == Kind.NONE && first != null) {
            first.problemAtStart(
                    first.path(), "grants for programs that nothing confines", "sandbox: bubblewrap, or no grants");
            return null;
        }
        return section.settings(NetworkSection.limits(limits));
    }

    private static Kind sandbox(@Nullable Value value) {
        String name = value == null ? null : value.oneOf(List.of("bubblewrap", "none"));
        return "none".equals(name) ? Kind.NONE : Kind.BUBBLEWRAP;
    }

    private static List<String> packages(@Nullable Value value) {
        String expected = "a package such as pandas or pandas==2.3.1";
        List<String> packages = new ArrayList<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of Python packages")) {
            String requirement = item.text(expected);
            if (requirement != null && !requirement.matches(REQUIREMENT)) {
                item.refuse(expected);
            } else if (requirement != null) {
                packages.add(requirement);
            }
        }
        return packages;
    }

    private List<FileGrant> files(@Nullable Value value) {
        List<FileGrant> grants = new ArrayList<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of files and folders")) {
            FileGrant grant = folder.grant(item);
            if (grant != null) {
                grants.add(grant);
            }
        }
        return grants;
    }

    private @Nullable Prelude prelude(@Nullable Value value) {
        String source = value == null ? null : folder.document(value);
        return value == null || source == null ? null : new Prelude(value.raw().strip(), source);
    }

    private static Limits limits(@Nullable Fields fields) {
        Limits otherwise = Limits.standard();
        if (fields == null) {
            return otherwise;
        }
        Value processesValue = fields.get("processes");
        Integer processes = processesValue == null ? null : processesValue.integer(1, 4096);
        return otherwise
                .withWall(time(fields.get("time"), otherwise.wall()))
                .withCpu(time(fields.get("cpu"), otherwise.cpu()))
                .withMemory(bytes(fields.get("memory"), otherwise.memory(), 16L << 20, 1L << 40))
                .withProcesses(processes == null ? otherwise.processes() : processes)
                .withDisk(bytes(fields.get("disk"), otherwise.disk(), 1L << 20, 1L << 40))
                .withOutput((int) bytes(fields.get("output"), otherwise.output(), 1L << 10, 16L << 20));
    }

    private static Duration time(@Nullable Value value, Duration otherwise) {
        Duration duration = value == null ? null : value.duration(Duration.ofMillis(100), Duration.ofHours(1));
        return duration == null ? otherwise : duration;
    }

    private static long bytes(@Nullable Value value, long otherwise, long least, long most) {
        Long bytes = value == null ? null : value.bytes(least, most);
        return bytes == null ? otherwise : bytes;
    }
}
