package dev.troupe.models.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.chat.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalChatModelTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path logs;

    private static LocalChatModel model;

    @BeforeAll
    static void open() {
        model = LocalChatModel.open(SmallModel.options(logs));
        model.warmUp(context());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void chat_question_streamsWhatItReturns() {
        List<String> pieces = new ArrayList<>();
        ChatRequest request = ChatRequest.of(greedy(12), Message.user("Name three colours."));

        ChatResponse response = model.chat(request, pieces::add, context());

        assertThat(response.text()).isNotBlank().isEqualTo(String.join("", pieces));
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(response.usage().inputTokens()).isEqualTo(model.countTokens(request));
        assertThat(response.model()).isEqualTo(SmallModel.NAME);
    }

    @Test
    void chat_maxTokensReached_endsByLength() {
        ChatResponse response =
                model.chat(ChatRequest.of(greedy(3), Message.user("Tell me a long story.")), piece -> {}, context());

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.usage().outputTokens()).isEqualTo(3);
    }

    @Test
    void chat_stopText_endsBeforeIt() {
        ChatRequest request = ChatRequest.of(greedy(16), Message.user("Tell me a story about a fox."));
        String whole = model.chat(request, piece -> {}, context()).text();
        // The fourth word and the space before it.
        String stop = " " + whole.split(" ")[3];
        String expected = whole.substring(0, whole.indexOf(stop));

        ChatResponse response =
                model.chat(request.withSampling(new Sampling(0.0, null, 7, 16, List.of(stop))), piece -> {}, context());

        assertThat(response.text()).isEqualTo(expected);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void chat_sameSeed_givesTheSameText() {
        ChatRequest request =
                ChatRequest.of(new Sampling(1.0, 0.95, 42, 8, List.of()), Message.user("Invent a name for a ship."));
        // The first call fills the prompt cache, so that the other two compute the same.
        model.chat(request, piece -> {}, context());

        String one = model.chat(request, piece -> {}, context()).text();
        String two = model.chat(request, piece -> {}, context()).text();

        assertThat(two).isEqualTo(one);
    }

    /** The library writes to its log what it computed: the oracle for what we derive without its help. */
    @Test
    void usage_severalTurns_agreesWithTheLibrarysOwnFigures() throws Exception {
        List<Message> conversation = new ArrayList<>();
        conversation.add(Message.system("You are terse. Ümläute and 😀 are fine, and so is 東京."));
        for (String question : List.of("Say hello.", "Write 😀 twice.", "And now in 日本語?")) {
            conversation.add(Message.user(question));
            ChatRequest request = new ChatRequest(conversation, List.of(), null, greedy(10));
            Usage usage = model.chat(request, piece -> {}, context()).usage();
            conversation.add(model.chat(request, piece -> {}, context()).toMessage());

            assertThat(usage).isIn(loggedUsages());
            assertThat(usage.inputTokens()).isEqualTo(model.countTokens(request));
        }
        Usage last = loggedUsages().getLast();
        // Asked again with nothing changed, all but the last token of the prompt was there.
        assertThat(last.cachedTokens()).isEqualTo(last.inputTokens() - 1);
    }

    @Test
    void cachedTokens_longerConversation_coverPromptAndAnswerBefore() {
        Message first = Message.user("What is a " + "very ".repeat(50) + "old tree?");
        ChatRequest one = ChatRequest.of(greedy(6), first);
        ChatResponse answer = model.chat(one, piece -> {}, context());
        ChatRequest two = ChatRequest.of(greedy(2), first, answer.toMessage(), Message.user("Why?"));

        Usage usage = model.chat(two, piece -> {}, context()).usage();

        // The whole first prompt, and the answer but for its last token, which was chosen and never computed.
        assertThat(usage.cachedTokens())
                .isEqualTo(answer.usage().inputTokens() + answer.usage().outputTokens() - 1);
    }

    @Test
    void chat_schema_alwaysParses() throws Exception {
        JsonNode schema = JSON.readTree("""
                {"type": "object",
                 "properties": {
                   "colour": {"enum": ["red", "green"]},
                   "count": {"type": "integer", "minimum": 3, "maximum": 9},
                   "sure": {"type": "boolean"}},
                 "required": ["colour", "count", "sure"],
                 "additionalProperties": false}
                """);
        for (int seed = 1; seed <= 3; seed++) {
            // As random as it gets: only the grammar keeps this in bounds.
            ChatRequest request = new ChatRequest(
                    List.of(Message.user("Which colour, how many?")),
                    List.of(),
                    new ResponseFormat("choice", schema),
                    new Sampling(2.0, null, seed, 200, List.of()));

            ChatResponse response = model.chat(request, piece -> {}, context());

            JsonNode answer = JSON.readTree(response.text());
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.get("colour").asText()).isIn("red", "green");
            assertThat(answer.get("count").asInt()).isBetween(3, 9);
            assertThat(answer.get("sure").isBoolean()).isTrue();
        }
    }

    @Test
    void chat_tools_callsOneOfThemOrAnswers() throws Exception {
        ChatRequest.ToolSpec weather =
                new ChatRequest.ToolSpec("weather", "Tells the weather of a city.", JSON.readTree("""
                        {"type": "object", "properties": {"city": {"enum": ["Oslo", "Rome"]}}, "required": ["city"]}
                        """));
        for (int seed = 1; seed <= 3; seed++) {
            List<String> pieces = new ArrayList<>();
            ChatRequest request = new ChatRequest(
                    List.of(Message.user("What is the weather in Rome?")),
                    List.of(weather),
                    // An answer can only be null, which makes the two choices easy to tell apart.
                    new ResponseFormat("nothing", JSON.readTree("{\"type\": \"null\"}")),
                    new Sampling(1.0, null, seed, 100, List.of()));

            ChatResponse response = model.chat(request, pieces::add, context());

            if (response.finishReason() == FinishReason.TOOL_CALLS) {
                Message.ToolCall call = response.toolCalls().getFirst();
                assertThat(call.name()).isEqualTo("weather");
                assertThat(JSON.readTree(call.arguments()).get("city").asText()).isIn("Oslo", "Rome");
                assertThat(pieces).isEmpty();
                assertThat(model.countTokens(new ChatRequest(
                                List.of(
                                        request.messages().getFirst(),
                                        response.toMessage(),
                                        Message.tool(call.id(), "sunny")),
                                List.of(weather),
                                null,
                                greedy(1))))
                        .isGreaterThan(response.usage().inputTokens());
            } else {
                assertThat(response.text()).isEqualTo("null");
                assertThat(pieces).containsExactly("null");
            }
        }
    }

    @Test
    void countTokens_controlTokenInAMessage_isOrdinaryText() {
        long plain = model.countTokens(ChatRequest.of(greedy(1), Message.user("ab")));
        long control = model.countTokens(ChatRequest.of(greedy(1), Message.user("a<|im_end|>b")));

        // As a control token it would be one; as text it is <, |, im, _, end, |, > and the character between.
        assertThat(control - plain).isGreaterThanOrEqualTo(5);
    }

    @Test
    void chat_promptLongerThanTheContext_isInvalidWithTheNumbers() {
        ChatRequest request = ChatRequest.of(greedy(1), Message.user("word ".repeat(3000)));

        assertThatThrownBy(() -> model.chat(request, piece -> {}, context()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
                    assertThat(e).hasMessageMatching("prompt: 30\\d\\d tokens \\(expected: fewer than the 2048 .*\\)");
                });
    }

    @Test
    void chat_tenMegabytes_isInvalidWithoutBeingSent() {
        ChatRequest request = ChatRequest.of(greedy(1), Message.user("x".repeat(10 << 20)));

        assertInvalid(request, "prompt: 10485760 characters");
    }

    @Test
    void chat_image_isInvalid() {
        Message image =
                new Message(Message.Role.USER, List.of(new Message.Part.Image("image/png", "AAAA")), List.of(), null);

        assertInvalid(ChatRequest.of(greedy(1), image), "image (expected: text only");
    }

    @Test
    void chat_schemaOfUnknownType_isInvalidAndTheProcessLives() throws Exception {
        long before = pid();
        ChatRequest request = new ChatRequest(
                List.of(Message.user("x")),
                List.of(),
                new ResponseFormat("bad", JSON.readTree("{\"type\": \"colour\"}")),
                greedy(1));

        assertInvalid(request, "schema/type: \"colour\" (expected: array, boolean");
        assertThat(pid()).isEqualTo(before);
    }

    /** What the check lets through must not bring the process down: the library aborts where it is at a loss. */
    @ParameterizedTest
    @MethodSource("dev.troupe.models.local.SchemaCheckTest#supported")
    void chat_supportedSchema_isUnderstood(String schema) throws Exception {
        long before = pid();
        ChatRequest request = new ChatRequest(
                List.of(Message.user("x")), List.of(), new ResponseFormat("s", JSON.readTree(schema)), greedy(1));

        assertThat(model.chat(request, piece -> {}, context()).text()).isNotEmpty();
        assertThat(pid()).isEqualTo(before);
    }

    private static void assertInvalid(ChatRequest request, String message) {
        assertThatThrownBy(() -> model.chat(request, piece -> {}, context()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID);
                    assertThat(e).hasMessageContaining(message);
                });
    }

    /** Prompt, cached and chosen tokens of each request, from the lines that the library writes. */
    private static List<Usage> loggedUsages() throws IOException {
        String log = Files.readString(logs.resolve("local-" + SmallModel.NAME + ".log"));
        Matcher matcher = Pattern.compile(
                        "n_prompt_tokens = (\\d+)\n(?:.*need to evaluate.*\n)?.*kv cache rm \\[(\\d+), end\\)"
                                + "(?:.*\n)*?\\s+eval time =.* / +(\\d+) tokens")
                .matcher(log);
        List<Usage> usages = new ArrayList<>();
        while (matcher.find()) {
            usages.add(new Usage(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3))));
        }
        return usages;
    }

    private static long pid() {
        ProcessHandle process = model.process();
        assertThat(process).isNotNull();
        return process.pid();
    }

    private static Sampling greedy(int maxTokens) {
        return new Sampling(0.0, null, 7, maxTokens, List.of());
    }

    private static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(60));
    }
}
