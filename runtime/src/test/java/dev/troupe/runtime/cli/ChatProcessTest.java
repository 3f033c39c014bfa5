package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations of the real program in a process of its own: signals, its end by force, and a terminal. */
@Timeout(90)
class ChatProcessTest {
    /** A pseudo-terminal around a command, whose exit code it ends with. */
    private static final String IN_A_TERMINAL = """
            import pty, sys
            sized = ['sh', '-c', 'stty rows 24 cols 80; exec "$@"', 'sh']
            sys.exit(pty.spawn(sized + sys.argv[1:]) >> 8)""";

    @TempDir
    private Path folder;

    private final TinyEndpoint endpoint;

    ChatProcessTest() throws IOException {
        endpoint = new TinyEndpoint();
    }

    @BeforeEach
    void team() throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TinyEndpoint.CHAT_TEAM.replace("URL", endpoint.url()));
        endpoint.says("Paris.");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void ctrlC_endsTheAnswer_andTheNextQuestionIsAnswered() throws Exception {
        endpoint.hangs();
        ProgramProcess program = start();
        type(program, "One?\n");
        program.await(() -> endpoint.requests.size() == 1);
        endpoint.answersAgain();
        signal(program, "INT");
        program.awaitSaid("error: cancelled: interrupted");
        type(program, "Two?\n");
        program.process().getOutputStream().close();
        assertThat(program.out()).isEqualTo("Paris.\n");
        assertThat(program.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(endpoint.requests.getLast()).doesNotContain("One?");
    }

    @Test
    void ctrlC_whileNothingIsAnswered_endsThePipedProgram() throws Exception {
        ProgramProcess program = start();
        program.awaitThread("standard-input");
        program.endsBy("INT", 130);
    }

    @Test
    void killed_afterAnAnswer_losesNothingOfTheConversation() throws Exception {
        ProgramProcess program = start();
        type(program, "One?\n");
        program.awaitSaid("tokens in");
        program.process().destroyForcibly().waitFor();
        ProgramProcess again = start("--resume");
        type(again, "Two?\n");
        again.process().getOutputStream().close();
        assertThat(again.out()).isEqualTo("Paris.\n");
        assertThat(endpoint.requests.getLast()).contains("One?", "Paris.", "Two?");
    }

    @Test
    void terminal_editsLines_streamsAndCtrlCKeepsTheProgram() throws Exception {
        ProgramProcess program = ProgramProcess.start(
                List.of("python3", "-c", IN_A_TERMINAL),
                Main.class,
                folder,
                Map.of("JAVA_TOOL_OPTIONS", "-Dtroupe.terminal=out,err,in", "TERM", "xterm"),
                "chat",
                folder.toString());
        Screen screen = new Screen(program);
        screen.awaits("/help lists the commands");
        screen.awaitsPrompt(1);
        // A wrong letter is taken back; Alt-Enter goes on in the next line; Enter asks.
        type(program, "Capitak\u007fl of\u001b\rFrance?\r");
        screen.awaits("tokens in");
        assertThat(endpoint.requests.getLast()).contains("Capital of\\nFrance?");
        endpoint.hangs();
        screen.awaitsPrompt(2);
        type(program, "Slow?\r");
        program.await(() -> endpoint.requests.size() == 2);
        type(program, "\u0003");
        screen.awaits("cancelled: interrupted");
        screen.awaitsPrompt(3);
        type(program, "half a question");
        screen.awaits("half a question");
        type(program, "\u0003");
        screen.awaitsPrompt(4);
        type(program, "\u0003");
        screen.awaits("/quit leaves");
        endpoint.answersAgain();
        screen.awaitsPrompt(5);
        // The line that was typed before comes back from the history.
        type(program, "\u001bOA\r");
        program.await(() -> endpoint.requests.size() == 3);
        assertThat(endpoint.requests.getLast()).contains("Slow?");
        screen.awaitsPrompt(6);
        type(program, "/quit\r");
        assertThat(program.process().waitFor(20, TimeUnit.SECONDS))
                .as(screen.text())
                .isTrue();
        assertThat(folder.resolve(".local/share/troupe/chat-history")).content().contains("Slow?");
    }

    private ProgramProcess start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("chat", folder.toString()));
        arguments.addAll(List.of(more));
        return ProgramProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
    }

    private static void type(ProgramProcess program, String text) throws IOException {
        OutputStream keys = program.process().getOutputStream();
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static void signal(ProgramProcess program, String name) throws Exception {
        long pid = program.process().pid();
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** What a terminal has shown so far; read on a thread of its own. */
    private static final class Screen {
        private final ProgramProcess program;
        private final StringBuffer text = new StringBuffer();

        Screen(ProgramProcess program) {
            this.program = program;
            Thread.ofVirtual().start(() -> {
                try {
                    byte[] buffer = new byte[4_096];
                    int read = program.process().getInputStream().read(buffer);
                    while (read >= 0) {
                        text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                        read = program.process().getInputStream().read(buffer);
                    }
                } catch (IOException e) {
                    text.append("[the terminal is gone: ").append(e).append(']');
                }
            });
        }

        String text() {
            return text.toString();
        }

        /** Waits until it has been asked for a line so often: each time pasting is made safe. */
        void awaitsPrompt(int times) {
            program.await(() -> text.toString().split("\\[\\?2004h", -1).length > times);
        }

        void awaits(String wanted) {
            try {
                program.await(() -> text.indexOf(wanted) >= 0);
            } catch (AssertionError e) {
                throw new AssertionError("not on the screen: " + wanted + "\n" + text, e);
            }
        }
    }
}
