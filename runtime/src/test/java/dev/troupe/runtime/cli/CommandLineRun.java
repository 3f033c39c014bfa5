package dev.troupe.runtime.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.TroupeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A command run in this process, in folders of its own, and what came of it. */
record CommandLineRun(int exitCode, String out, String err) {
    JsonNode json() {
        try {
            return Json.MAPPER.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("standard output is no JSON: " + out, e);
        }
    }

    static Setting in(Path folder) {
        return new Setting(folder);
    }

    /** What the command finds around it. */
    static final class Setting {
        private final Map<String, String> environment = new HashMap<>();
        private boolean screen;
        private InputStream input = InputStream.nullInputStream();
        private final Cancellation cancellation = new Cancellation();

        private Setting(Path folder) {
            environment.put("HOME", folder.toString());
        }

        Setting with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Setting onScreen() {
            screen = true;
            return this;
        }

        Setting input(byte[] bytes) {
            input = new ByteArrayInputStream(bytes);
            return this;
        }

        Invocation invocation() {
            return new Invocation(terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream()), cancellation);
        }

        Invocation invocation(InputStream in) {
            input = in;
            return invocation();
        }

        Cancellation cancellation() {
            return cancellation;
        }

        CommandLineRun run(String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(terminal(out, err), cancellation, arguments);
            return new CommandLineRun(
                    exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /** What a command with {@code --json} prints of a failure after its task has ended. */
        CommandLineRun failing(TaskRecord ended, TroupeException failure) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Invocation invocation = new Invocation(terminal(out, err), cancellation);
            invocation.demandJson();
            invocation.ended(ended);
            int exitCode = new Failures(invocation).report(failure);
            return new CommandLineRun(
                    exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        private Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err) {
            return new Terminal(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    input,
                    environment,
                    screen,
                    screen,
                    100);
        }
    }
}
