package dev.troupe.runtime.cli;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A person at a keyboard: lines are edited, go on over several ({@code \} or Alt-Enter), and are remembered. */
final class KeyboardInput implements ChatInput {
    private static final int REMEMBERED = 1_000;
    private static final int MOST_FAILURES = 3;
    private static final String ALT_ENTER = "insert-line";

    private final Terminal terminal;
    private final LineReader reader;
    private final PrintStream err;
    private final String prompt;

    private KeyboardInput(Terminal terminal, LineReader reader, PrintStream err, String prompt) {
        this.terminal = terminal;
        this.reader = reader;
        this.err = err;
        this.prompt = prompt;
    }

    /**
     * Takes the process's terminal; signals stay with the process.
     *
     * @param history a file for what was typed, made when it is missing
     * @param commands completed at the beginning of a line
     */
    static KeyboardInput open(Path history, Collection<String> commands, PrintStream err, String prompt) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .nativeSignals(false)
                    .graphemeCluster(false)
                    .build();
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(new Continued())
                    .completer(new ArgumentCompleter(new StringsCompleter(commands)))
                    .variable(LineReader.HISTORY_FILE, history)
                    .variable(LineReader.HISTORY_SIZE, REMEMBERED)
                    .variable(LineReader.HISTORY_FILE_SIZE, REMEMBERED)
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            reader.getWidgets().put(ALT_ENTER, () -> {
                reader.getBuffer().write('\n');
                return true;
            });
            Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
                    .bind(new Reference(ALT_ENTER), KeyMap.alt('\r'), KeyMap.alt('\n'));
            return new KeyboardInput(terminal, reader, err, prompt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable String next() {
        int failures = 0;
        while (true) {
            try {
                return ChatInput.joined(reader.readLine(prompt));
            } catch (UserInterruptException e) {
                failures = 0;
                if (e.getPartialLine().isBlank()) {
                    err.println("Ctrl-D or /quit leaves");
                }
            } catch (EndOfFileException e) {
                return null;
            } catch (IOError e) {
                // Ctrl-C while the terminal was made ready for reading: it ends the command (stty) that does so, too.
                boolean unused = Thread.interrupted();
                if (++failures == MOST_FAILURES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public boolean interrupt() {
        terminal.raise(Terminal.Signal.INT);
        return true;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a line as it is, with its quotes, and asks for more where it goes on. */
    private static final class Continued implements Parser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && ChatInput.unfinished(line)) {
                throw new EOFError(-1, -1, "it goes on");
            }
            return new ArgumentCompleter.ArgumentLine(line, cursor);
        }
    }
}
