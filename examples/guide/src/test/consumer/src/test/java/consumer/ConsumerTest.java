package consumer;

import static dev.troupe.testkit.TroupeAssertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.troupe.models.langchain4j.LangChain4jChatModel;
import dev.troupe.runtime.api.Team;
import dev.troupe.runtime.langchain4j.AgentChatModel;
import dev.troupe.testkit.ScriptedCode;
import dev.troupe.testkit.ScriptedModel;
import dev.troupe.testkit.TestTeams;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerTest {
    @TempDir
    Path folder;

    @Test
    void team_isAsked_andStandsBehindLangChain4j() {
        ScriptedModel small = ScriptedModel.named("small").whenAsked("20 plus 30", "```python\nprint(20 + 30)\n```");
        try (Team team = Team.builder("sums")
                .folder(folder)
                .model("small", small)
                .python(python -> {})
                .assistant("adder", adder -> adder.instructions("Add.")
                        .tools("python")
                        .rung("quick", "small", 1))
                .open(TestTeams.in(folder).code(ScriptedCode.python().whenRun("20 + 30", "ANSWER: 50\n")))) {
            assertThat(team.ask("What is 20 plus 30?").join()).isAnswered("50").wasSolvedBy("quick");
            ChatModel adder = AgentChatModel.of(team);
            Assertions.assertThat(adder.chat("What is 20 plus 30?")).isEqualTo("50");
            Assertions.assertThat(LangChain4jChatModel.of("team/adder", 8_192, adder).name())
                    .isEqualTo("team/adder");
        }
    }
}
