package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens what runs programs. */
public final class Sandbox {
    private Sandbox() {}

    /**
     * Opens an executor; whoever does closes it. Programs see their granted files in their work folder, under the paths
     * that they have in the team's folder.
     *
     * @throws TroupeException {@code SANDBOX_UNAVAILABLE} with the mend where programs cannot be confined as configured,
     *     {@code TEAM_INVALID} for a grant outside of the team's folder
     */
    public static CodeExecutor open(SandboxConfig config) {
        return open(config, EnumSet.allOf(Defence.class));
    }

    static CodeExecutor open(SandboxConfig config, Set<Defence> defences) {
        return open(config, defences, config.kind() == Kind.BUBBLEWRAP ? SandboxProbe.bubblewrap() : "");
    }

    static CodeExecutor open(SandboxConfig config, Set<Defence> defences, String bubblewrap) {
        List<Grants.Grant> grants = Grants.check(config.teamFolder(), config.files());
        PythonInterpreter python = PythonInterpreter.find(config.python());
        ControlGroups groups = groups(config.mechanism());
        EgressConfig way = config.egress();
        try {
            RuntimeFolder runtime = RuntimeFolder.open();
            boolean confined = config.kind() == Kind.BUBBLEWRAP;
            WayOut out = way == null ? null : new WayOut(way, runtime.path());
            Launch launch = confined
                    ? new Bubblewrap(bubblewrap, config, grants, python, out, defences, runtime.path())
                    : new Unconfined(grants, config.packages());
            List<Grants.Grant> mounted = confined ? grants : List.of();
            return new SandboxExecutor(config, mounted, python, launch, out, defences, groups, runtime);
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE, "the sandbox cannot write its own files: " + e.getMessage(), null, e);
        }
    }

    /** Whether an environment variable is the sandbox's own, so that no secret can have its name. */
    public static boolean isReserved(String variable) {
        return variable.startsWith("LD_")
                || variable.startsWith("PYTHON")
                || variable.equalsIgnoreCase("NO_PROXY")
                || Bubblewrap.environment("", "").containsKey(variable)
                || WayOut.environment().containsKey(variable);
    }

    private static @Nullable ControlGroups groups(Mechanism mechanism) {
        if (mechanism == Mechanism.WATCHER) {
            return null;
        }
        Optional<ControlGroups> found = ControlGroups.find();
        if (found.isEmpty() && mechanism == Mechanism.CONTROL_GROUP) {
            throw new TroupeException(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "sandbox: no control group can be written here",
                    "without one, a watcher holds the limits");
        }
        return found.orElse(null);
    }
}
