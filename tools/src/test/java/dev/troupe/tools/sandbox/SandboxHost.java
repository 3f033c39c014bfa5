package dev.troupe.tools.sandbox;

import dev.troupe.models.call.CallContext;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import java.nio.file.Path;
import java.time.Duration;

/** A process that runs a long program in the sandbox, to be killed while it does. */
public final class SandboxHost {
    private SandboxHost() {}

    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]);
        try (CodeExecutor executor = Sandbox.open(SandboxConfig.standard(work.getParent())
                .withMechanism(SandboxConfig.Mechanism.valueOf(arguments[1])))) {
            String source = """
                    import os, time
                    if os.fork() == 0:
                        os.setsid()
                    else:
                        os.write(1, b'running\\n')
                    time.sleep(25)
                    """;
            executor.run(
                    new CodeRequest("python", source, work),
                    System.out::print,
                    CallContext.standalone(Duration.ofSeconds(30)));
        }
    }
}
