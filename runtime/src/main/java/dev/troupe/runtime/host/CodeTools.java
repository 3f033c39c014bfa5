package dev.troupe.runtime.host;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.team.CodeToolSettings;
import dev.troupe.runtime.team.NetworkSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.Sandbox;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The code tools of a team behind one executor: each language has the sandbox of its own tool. */
final class CodeTools implements CodeExecutor {
    private static final String PYTHON = "python3";

    private final Map<String, CodeExecutor> opened = new LinkedHashMap<>();
    /** Of the program that runs the team, which closes it. */
    private final Map<String, CodeExecutor> borrowed = new LinkedHashMap<>();

    private CodeTools() {}

    static CodeTools open(
            TeamFile team, List<String> names, HostSettings host, Preparation preparation, CallContext context) {
        CodeTools tools = new CodeTools();
        try {
            for (String name : names) {
                context.check();
                CodeToolSettings settings = team.tools().get(name);
                if (settings == null) {
                    throw new IllegalArgumentException("tool: " + name + " (expected: one of "
                            + team.tools().keySet() + ")");
                }
                CodeExecutor own = host.plugins().code();
                if (own != null && own.supports(settings.language())) {
                    tools.borrowed.put(settings.language(), own);
                } else {
                    tools.opened.put(
                            settings.language(), Sandbox.open(config(team, settings, host, preparation, context)));
                }
            }
            return tools;
        } catch (RuntimeException e) {
            tools.close();
            throw e;
        }
    }

    private static SandboxConfig config(
            TeamFile team, CodeToolSettings settings, HostSettings host, Preparation preparation, CallContext context) {
        if (settings.sandbox() == SandboxConfig.Kind.NONE && !host.unsafe()) {
            throw new TroupeException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "tools." + settings.name() + ".sandbox: none (expected: the flag --unsafe too)",
                    "programs that a model wrote would run with all your rights; use `sandbox: bubblewrap`, or add"
                            + " --unsafe if that is what you want");
        }
        SandboxConfig config = SandboxConfig.standard(team.folder())
                .withKind(settings.sandbox())
                .withFiles(settings.files().stream()
                        .map(grant -> Path.of(grant.path()))
                        .toList())
                .withPython(PYTHON)
                .withPrelude(settings.prelude())
                .withLimits(settings.limits())
                .withEgress(egress(settings.network(), host));
        if (settings.packages().isEmpty()) {
            return config;
        }
        PackageSet packages = new PackageSet(PythonInterpreter.find(PYTHON), settings.packages(), host.cache());
        return config.withPackages(packages.install(preparation::doing, context));
    }

    private static @Nullable EgressConfig egress(@Nullable NetworkSettings network, HostSettings host) {
        return network == null
                ? null
                : new EgressConfig(
                        network.grants(),
                        network.secrets(),
                        host.machine().hosts(),
                        network.limits(),
                        host.data().resolve("egress"));
    }

    @Override
    public boolean supports(String language) {
        return find(language) != null;
    }

    @Override
    public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
        return executor(request).run(request, onOutput, context);
    }

    private CodeExecutor executor(CodeRequest request) {
        CodeExecutor executor = find(request.language());
        if (executor == null) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "language: " + request.language() + " (expected: one of " + opened.keySet() + borrowed.keySet()
                            + ")",
                    null);
        }
        return executor;
    }

    private @Nullable CodeExecutor find(String language) {
        String name = language.toLowerCase(Locale.ROOT);
        CodeExecutor own = borrowed.get(name);
        return own == null ? opened.get(name) : own;
    }

    @Override
    public void close() {
        opened.values().forEach(CodeExecutor::close);
    }
}
