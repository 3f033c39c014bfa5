package dev.troupe.runtime.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.runtime.api.Team;
import dev.troupe.testkit.ScriptedCode;
import dev.troupe.testkit.ScriptedModel;
import dev.troupe.testkit.TestTeams;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentChatModelTest {
    private final ScriptedModel small = ScriptedModel.named("small");
    private final ScriptedCode code = ScriptedCode.python();

    @TempDir
    private Path folder;

    private Team team;

    @BeforeEach
    void open() {
        team = Team.builder("desk")
                .folder(folder)
                .model("small", small)
                .python(python -> {})
                .chat("talker", "small", "Talk.")
                .assistant(
                        "adder",
                        adder -> adder.instructions("Add.").tools("python").rung("quick", "small", 1))
                .entry("talker")
                .open(TestTeams.in(folder).code(code).everyAgent());
    }

    @AfterEach
    void close() {
        team.close();
    }

    @Test
    void conversation_ofLangChain4j_goesToTheAgent_andItsReceiptIsFoundByTheResponse() {
        small.answers("South.");
        ChatResponse response = AgentChatModel.of(team)
                .chat(
                        SystemMessage.from("Answer in one word."),
                        UserMessage.from("Which region is best?"),
                        AiMessage.from("North."),
                        UserMessage.from("And the worst?"));
        assertThat(response.aiMessage().text()).isEqualTo("South.");
        assertThat(small.lastPrompt())
                .contains("Answer in one word.", "Which region is best?", "North.", "And the worst?");
        assertThat(team.task(response.id())).hasValueSatisfying(task -> {
            assertThat(task.question()).isEqualTo("And the worst?");
            assertThat(response.tokenUsage().inputTokenCount())
                    .isEqualTo((int) task.receipt().usage().inputTokens());
        });
        assertThat(response.modelName()).isEqualTo("desk/talker");
    }

    @Test
    void assistant_runsItsPrograms_behindTheSameInterface() {
        small.writes("print('ANSWER:', 20 + 30)");
        code.prints("ANSWER: 50\n");
        ChatModel adder = AgentChatModel.of(team, "adder");
        assertThat(adder.chat("What is 20 plus 30?")).isEqualTo("50");
        assertThat(code.programs()).hasSize(1);
    }

    @Test
    void tools_ofLangChain4j_areForModelsWithInstructions() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Convert 3 EUR."))
                .toolSpecifications(ToolSpecification.builder()
                        .name("rate")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("to")
                                .required("to")
                                .build())
                        .build())
                .build();
        small.answers("It is 4.");
        assertThat(AgentChatModel.of(team).chat(request).aiMessage().text()).isEqualTo("It is 4.");
        assertThat(small.requests().getLast().tools().getFirst().parameters().toString())
                .contains("\"to\"", "\"required\"");
        assertThatThrownBy(() -> AgentChatModel.of(team, "adder").chat(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("tools: of the caller's own");
    }

    @Test
    void failures_keepTheirKind() {
        small.fails(ErrorCode.PROVIDER_FAILED);
        assertThatThrownBy(() -> AgentChatModel.of(team).chat("Hello"))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("PROVIDER_FAILED");
        assertThatThrownBy(() -> AgentChatModel.of(team, "nobody").chat("Hello"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> AgentChatModel.of(team).chat(SystemMessage.from("Only this.")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("none of a user");
    }
}
