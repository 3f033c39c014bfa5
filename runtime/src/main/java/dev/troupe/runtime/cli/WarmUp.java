package dev.troupe.runtime.cli;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.runtime.api.Question;
import dev.troupe.runtime.api.Team;
import dev.troupe.runtime.api.TeamOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in small what most commands do, so that the archive of classes that the build leaves has what they load: help, and
 * a question to a team, with a model of its own. What cannot be done here is left out.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String OWN = "dev/troupe/";

    private WarmUp() {}

    static void run(Invocation invocation) {
        LOG.info("warming up");
        Terminal nowhere = nowhere(invocation.terminal().environment());
        int unused = Main.run(nowhere, new Cancellation(), "--help")
                + Main.run(nowhere, new Cancellation(), "run", "--help");
        try {
            Path folder = Files.createTempDirectory("troupe-warm-up");
            try {
                ask(new Invocation(nowhere, new Cancellation()), folder);
            } finally {
                delete(folder);
            }
            loadOwn();
        } catch (IOException | TroupeException e) {
            LOG.info("not all could be warmed up: {}", e.getMessage());
        }
    }

    private static Terminal nowhere(Map<String, String> environment) {
        PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(out, out, InputStream.nullInputStream(), environment, false, false, 80);
    }

    private static void ask(Invocation invocation, Path folder) {
        try (Team team = Team.builder("warm-up")
                .folder(folder)
                .model("small", new OneProgram())
                .python(python -> {})
                .assistant(
                        "adder",
                        adder -> adder.instructions("You add.")
                                .tools("python")
                                .replay()
                                .rung("quick", "small", 1)
                                .demonstrations(1, 0.5))
                .open(TeamOptions.usual()
                        .data(folder.resolve("data"))
                        .variable("TROUPE_CONFIG", "")
                        .variable("XDG_CONFIG_HOME", folder.toString()))) {
            RunRenderer renderer = new RunRenderer(invocation);
            String receipt = new ReceiptText(invocation.errStyle(), invocation.command())
                    .of(team.ask(Question.of("What is 20 plus 30?"), renderer)
                            .join()
                            .record());
            LOG.debug("warmed up with a receipt of {} characters", receipt.length());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** All classes of ours: a command may need any, and there are few beside those of others. */
    private static void loadOwn() throws IOException {
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && Path.of(entry).toFile().getName().startsWith("troupe-")) {
                try (JarFile jar = new JarFile(entry)) {
                    jar.stream().map(JarEntry::getName).forEach(WarmUp::load);
                }
            }
        }
    }

    private static void load(String name) {
        if (name.startsWith(OWN) && name.endsWith(".class") && !name.endsWith("-info.class")) {
            String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
            try {
                Class<?> unused = Class.forName(type, false, WarmUp.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.info("{} cannot be loaded: {}", type, e.toString());
            }
        }
    }

    /** A model that always writes the same program. */
    private static final class OneProgram implements ChatModel {
        @Override
        public String name() {
            return "own/warm-up";
        }

        @Override
        public int contextTokens() {
            return 8_192;
        }

        @Override
        public long countTokens(ChatRequest request) {
            return 100;
        }

        @Override
        public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
            String text = "```python\nprint('ANSWER:', 20 + 30)\n```";
            onText.accept(text);
            return new ChatResponse(
                    text, List.of(), ChatResponse.FinishReason.STOP, new Usage(100, 0, 10), name(), Money.ZERO);
        }

        @Override
        public void close() {}
    }
}
