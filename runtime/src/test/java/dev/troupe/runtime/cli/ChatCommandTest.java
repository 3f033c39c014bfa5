package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.store.CacheFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations by way of a pipe, with a real server as the model. */
class ChatCommandTest {
    @TempDir
    private Path folder;

    private final TinyEndpoint endpoint;

    ChatCommandTest() throws IOException {
        endpoint = new TinyEndpoint();
    }

    @BeforeEach
    void chatTeam() throws IOException {
        team(TinyEndpoint.CHAT_TEAM);
        endpoint.says("Paris.");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void team(String yaml) throws IOException {
        Files.writeString(folder.resolve("team.yaml"), yaml.replace("URL", endpoint.url()));
    }

    private CommandLineRun chat(String input, String... more) {
        return chat(input.getBytes(StandardCharsets.UTF_8), more);
    }

    private CommandLineRun chat(byte[] input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("chat", folder.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.in(folder)
                .with("TROUPE_CACHE", CacheFolder.of(System.getenv()).toString())
                .input(input)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void lines_areQuestionsOfOneConversation_andAnswersGoToStandardOutput() {
        CommandLineRun run = chat("What is the capital of France?\n\nHow big\\\nis it?\n");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Paris.\nParis.\n");
        assertThat(run.err()).contains(" s · 20 tokens in, 5 out · $0.0000");
        assertThat(endpoint.requests).hasSize(2);
        assertThat(endpoint.requests.getFirst()).contains("You are brief.").doesNotContain("How big");
        assertThat(endpoint.requests.getLast())
                .containsSubsequence("You are brief.", "capital of France", "Paris.", "How big\\nis it?");
    }

    @Test
    void json_isOneObject_withAllTasks() {
        CommandLineRun run = chat("One?\nTwo?\n", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.get("tasks")).hasSize(2);
        assertThat(json.at("/tasks/1/answer").asText()).isEqualTo("Paris.");
        assertThat(json.at("/tasks/1/receipt/steps/0/outcome").asText()).isEqualTo("answered, told of 1 earlier turn");
        assertThat(json.get("conversation").asText()).isNotBlank();
    }

    @Test
    void resume_goesOnWithTheLastOrTheNamedConversation_andListShowsThem() {
        chat("First of one?\n");
        JsonNode other = chat("First of two?\n", "--json").json();
        String id = other.get("conversation").asText();
        chat("Second of two?\n", "--resume");
        assertThat(endpoint.requests.getLast()).contains("First of two?").doesNotContain("First of one?");
        JsonNode listed = chat("", "--list", "--json").json().get("conversations");
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).get("id").asText()).isEqualTo(id);
        assertThat(listed.get(0).get("turns").asInt()).isEqualTo(2);
        assertThat(listed.get(0).get("title").asText()).isEqualTo("First of two?");
        String first = listed.get(1).get("id").asText();
        chat("Second of one?\n", "--resume=" + first.substring(0, 13));
        assertThat(endpoint.requests.getLast()).contains("First of one?").doesNotContain("First of two?");
        assertThat(chat("", "--list").out()).contains("First of one?").contains(id.substring(0, 13));
    }

    @Test
    void resume_ofNothing_saysSo() {
        CommandLineRun last = chat("x\n", "--resume");
        assertThat(last.exitCode()).isEqualTo(4);
        assertThat(last.err()).contains("error: conversation: none (expected: one with the team t to resume)");
        CommandLineRun named = chat("x\n", "--resume=abc");
        assertThat(named.exitCode()).isEqualTo(4);
        assertThat(named.err()).contains("error: conversation: abc (expected: the id of one with the team t)");
        assertThat(chat("", "--list").out()).isEqualTo("no conversation with the team t yet\n");
        assertThat(endpoint.requests).isEmpty();
    }

    @Test
    void undoAndRetry_takeTheLastTurnBack() {
        CommandLineRun run = chat("One?\nTwo?\n/undo\nThree?\n/retry\n");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("taken back: Two?", "again: Three?");
        assertThat(endpoint.requests).hasSize(4);
        assertThat(endpoint.requests.get(2)).contains("One?", "Three?").doesNotContain("Two?");
        assertThat(endpoint.requests.get(3)).contains("One?").containsOnlyOnce("Three?");
        assertThat(endpoint.requests.get(3)).contains("\"temperature\":0.8", "\"seed\":1");
        assertThat(chat("/undo\n/undo\n/undo\n", "--resume").err())
                .containsSubsequence(
                        "taken back: Three?", "taken back: One?", "error: turn: none (expected: one to take back)");
    }

    @Test
    void receiptAndExport_tellOfTheConversation() throws IOException {
        Path file = folder.resolve("talk.md");
        CommandLineRun run = chat("One?\n/receipt\n/export " + file + "\n/export " + file + "\n/export -\n");
        assertThat(run.err()).contains("Receipt  task ", "chat  answered", "written: " + file);
        assertThat(run.err()).contains("error: file: " + file + " exists (expected: a new one)");
        assertThat(file).content().startsWith("# Conversation ").endsWith("\n\n## One?\n\nParis.\n");
        assertThat(run.out()).isEqualTo("Paris.\n" + Files.readString(file));
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @Test
    void unknownCommand_andACommandWithNothingToDo_areTold_andTheConversationGoesOn() {
        CommandLineRun run = chat("/undoo\n/receipt\n//etc/passwd is what?\n/usr/bin is what?\n/quit\nnever\n");
        assertThat(run.err())
                .contains("error: command: /undoo (expected: one of /help, /undo,")
                .contains("error: task: none (expected: one that has ended in this conversation)");
        assertThat(endpoint.requests).hasSize(2);
        assertThat(endpoint.requests.getFirst()).contains("\"/etc/passwd is what?");
        assertThat(endpoint.requests.getLast()).contains("\"/usr/bin is what?");
        assertThat(chat("/help\n").err()).contains("/retry", "asks the last question again");
    }

    @Test
    void questionThatFails_isTold_theNextOneIsAnswered_andTheExitCodeSaysSo() {
        endpoint.says("");
        endpoint.first(() -> {
            if (endpoint.requests.size() > 1) {
                endpoint.says("Paris.");
            }
        });
        CommandLineRun run = chat("One?\nTwo?\n");
        assertThat(run.err()).contains("error: the model wrote nothing (STOP)");
        assertThat(run.out()).isEqualTo("Paris.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(endpoint.requests.getLast()).doesNotContain("One?");
    }

    @Test
    void input_thatIsNoUtf8_orTooLong_isRefused() {
        CommandLineRun bytes = chat(new byte[] {'a', (byte) 0xff, '\n'});
        assertThat(bytes.exitCode()).isEqualTo(4);
        assertThat(bytes.err()).contains("error: standard input: not valid UTF-8 (expected: text in UTF-8)");
        CommandLineRun huge = chat("x".repeat(Question.MAX_BYTES + 2));
        assertThat(huge.exitCode()).isEqualTo(4);
        assertThat(huge.err()).contains("error: question: more than 1048576 bytes (expected: at most 1048576)");
    }

    @Test
    void filesAndVerdicts_ofAnAssistant_stayFromTurnToTurn() throws IOException {
        team(TinyEndpoint.TEAM);
        endpoint.first(() -> endpoint.says(
                endpoint.requests.size() == 1
                        ? "```python\\nopen('notes.txt', 'w').write('blue')\\nprint('ANSWER: written')\\n```"
                        : "```python\\nprint('ANSWER:', open('notes.txt').read())\\n```"));
        CommandLineRun run = chat("Write a note.\n/files\n/good\nWhat does it say?\n/bad it is red\n");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("written\nblue\n");
        assertThat(run.err())
                .contains("notes.txt  4 B")
                .contains("demonstration d-1 is verified")
                .contains("bad  task ");
        assertThat(endpoint.requests.getLast()).contains("Question: Write a note.", "(Its answer was: written)");
    }
}
