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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools}. */
final class ToolsSection {
    /** A requirement as pip takes it. No options and no addresses: both would let pip run or fetch anything. */
    static final String REQUIREMENT = "^[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9._,-]+\\])?"
            + "((===?|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+(,(===?|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+)*)?$";

    /** Code tools and the languages that they run. */
    private static final Map<String, String> LANGUAGES =
            Map.of("python", "python", "shell", "sh", "node", "javascript");

    /** What a tool of one's own may be called: models call it so. */
    static final String NAME = "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$";

    /** A Java class. */
    static final String CLASS = "^[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*$";

    private static final String EXPECTED_CLASS = "a Java class such as com.example.Currency";

    private final TeamFolder folder;
    private final Map<String, CodeToolSettings> tools = new LinkedHashMap<>();
    private final Map<String, FunctionSettings> functions = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    ToolsSection(@Nullable Value section, TeamFolder folder) {
        this.folder = folder;
        if (section != null) {
            section.entries("a mapping of names to tools").forEach(this::read);
        }
    }

    Map<String, CodeToolSettings> tools() {
        return tools;
    }

    Map<String, FunctionSettings> functions() {
        return functions;
    }

    /** Of all tools. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(tools.keySet());
        names.addAll(functions.keySet());
        return names;
    }

    /** The secrets that are left out, by their place in the file, and the variable that each would need. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void read(String name, Value value) {
        switch (name) {
            case "python" -> read(name, value, TeamKeys.PYTHON);
            case "shell" -> read(name, value, TeamKeys.SHELL);
            case "node" -> read(name, value, TeamKeys.NODE);
            default -> function(name, value);
        }
    }

    private void function(String name, Value value) {
        if (value.peek("function") == null) {
            value.problemAtStart(
                    value.path(),
                    "unknown tool " + Value.quote(name),
                    "python, shell, node, or a name of yours with `function:`");
            return;
        }
        Fields fields = value.fields(TeamKeys.FUNCTION);
        if (fields == null) {
            return;
        }
        if (!name.matches(NAME)) {
            value.problemAtStart(
                    value.path(), Value.quote(name), "a name of letters, digits, '-' and '_', at most 32 long");
        }
        Value classValue = fields.require("function", EXPECTED_CLASS);
        String className = classValue == null ? null : classValue.text(EXPECTED_CLASS);
        if (classValue != null && className != null && !className.matches(CLASS)) {
            classValue.refuse(EXPECTED_CLASS);
        }
        Value limits = fields.get("limits");
        if (className != null) {
            functions.put(
                    name,
                    new FunctionSettings(
                            name,
                            className,
                            CallLimitsReader.read(limits == null ? null : limits.fields(TeamKeys.FUNCTION_LIMITS))));
        }
    }

    private void read(String name, Value value, Keys keys) {
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
        Fields limits = limitsValue == null ? null : limitsValue.fields(TeamKeys.CODE_LIMITS);
        tools.put(
                name,
                new CodeToolSettings(
                        name,
                        language,
                        sandbox,
                        packages,
                        files(fields.get("files")),
                        prelude,
                        network(fields, limits, sandbox),
                        limits(limits, true)));
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

    static List<String> packages(@Nullable Value value) {
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

    List<FileGrant> files(@Nullable Value value) {
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

    /** @param ends whether what they hold for is a program that ends: it has a time, and an output */
    static Limits limits(@Nullable Fields fields, boolean ends) {
        Limits otherwise = Limits.standard();
        if (fields == null) {
            return otherwise;
        }
        Limits limits = ends
                ? otherwise
                        .withWall(time(fields.get("time"), otherwise.wall()))
                        .withCpu(time(fields.get("cpu"), otherwise.cpu()))
                        .withOutput((int) bytes(fields.get("output"), otherwise.output(), 1L << 10, 16L << 20))
                : otherwise;
        Value processesValue = fields.get("processes");
        Integer processes = processesValue == null ? null : processesValue.integer(1, 4096);
        return limits.withMemory(bytes(fields.get("memory"), otherwise.memory(), 16L << 20, 1L << 40))
                .withProcesses(processes == null ? otherwise.processes() : processes)
                .withDisk(bytes(fields.get("disk"), otherwise.disk(), 1L << 20, 1L << 40));
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
