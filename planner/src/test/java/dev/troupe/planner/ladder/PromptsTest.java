package dev.troupe.planner.ladder;

import static dev.troupe.planner.ladder.Worlds.python;
import static dev.troupe.planner.ladder.Worlds.rung;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.planner.ladder.Worlds.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsTest {
    private static final Verifier NONE = new Verifier.None();

    @Test
    void prompt_beginsWithWhatStaysTheSame_andEndsWithTheQuestion() {
        Rung documented = new Rung("documented", "small", Worlds.COLD, 1, Docs.of("api docs here"), true, null);
        List<Message> messages =
                new Story(Worlds.plan(NONE, documented)).call().request().messages();
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst().text())
                .startsWith("You analyse tables.")
                .contains("```python\nresult = 6 * 7")
                .contains("- data/sales.csv")
                .contains("region (text)")
                .endsWith("Documentation:\napi docs here");
        assertThat(messages.getLast().text()).isEqualTo("Question: " + Worlds.QUESTION);
    }

    @Test
    void prompt_withAPrelude_showsItInPlaceOfTheExample() {
        LadderPlan plan = Worlds.plan(NONE, rung("quick", 1));
        String with =
                new Story(withPrelude(plan, "import pandas as pd\ndf = pd.read_csv('data/sales.csv')\n")).system();
        assertThat(with)
                .contains("ANSWER:\n\nThis code runs before your program. Use what it defines, and do not repeat it:\n"
                        + "```python\nimport pandas as pd\ndf = pd.read_csv('data/sales.csv')\n```")
                .doesNotContain("Example of a reply");
        assertThat(new Story(plan).system()).contains("Example of a reply").doesNotContain("runs before your program");
    }

    @Test
    void judge_ofAProgramWithAPrelude_isShownIt_beforeWhatChanges() {
        LadderPlan plan = Worlds.plan(new LadderPlan.Verifier.Judge("referee"), rung("quick", 1));
        Story story = new Story(withPrelude(plan, "sales = pd.read_csv('data/sales.csv')\n"))
                .replies(python("print('ANSWER:', sales.region[0])"))
                .prints(0, "ANSWER: North");
        assertThat(story.call().purpose()).isEqualTo(Effect.Purpose.JUDGE);
        assertThat(story.system())
                .startsWith("You check answers.")
                .endsWith("This code runs before each python program, which uses what it defines:\n```python\n"
                        + "sales = pd.read_csv('data/sales.csv')\n```");
        assertThat(story.lastMessage()).startsWith("Question: ").contains("sales.region[0]");

        Story without = new Story(plan).replies(python("a")).prints(0, "ANSWER: North");
        assertThat(without.system()).startsWith("You check answers.").doesNotContain("This code runs before");
    }

    @Test
    void error_insideThePreludeOrEvaluatedText_namesTheProgramsOwnLine() {
        String output = """
                Traceback (most recent call last):
                  File "/program/main.py", line 2, in <module>
                    print(revenue('south'))
                  File "/program/prelude.py", line 3, in revenue
                    return eval('sums[region]')
                  File "<string>", line 1, in <module>
                KeyError: 'south'
                """;
        Story story = new Story(withPrelude(Worlds.plan(NONE, rung("quick", 3)), "def revenue(region): ..."))
                .replies(python("print('before')\nprint(revenue('south'))\nprint('after')"))
                .prints(1, output);
        assertThat(story.lastMessage()).contains("The line that failed: print(revenue('south'))\n");
    }

    @Test
    void files_thatThePreludeOpens_areNeitherNamedNorDescribed() {
        Story story = new Story(withPrelude(Worlds.plan(NONE, rung("quick", 3)), "sales = read('data/sales.csv')"));
        assertThat(story.system()).doesNotContain("Files that the program can open");
        story.replies(python(Worlds.READS_REGION_NAME)).prints(1, Worlds.KEY_ERROR);
        assertThat(story.lastMessage()).doesNotContain("What is in the files").contains("Write the corrected program,");
    }

    @Test
    void files_thatTheProgramDidNotOpen_areNotDescribedAfterItsError() {
        LadderPlan plan = Worlds.plan(NONE, rung("quick", 3));
        Story story = new Story(new LadderPlan(
                plan.instructions(),
                plan.languages(),
                plan.prelude(),
                List.of(Worlds.FILE, new LadderPlan.FileSummary("data/people.csv", "CSV, 1 column: name (text)")),
                plan.rungs(),
                plan.demonstrations(),
                plan.verifier(),
                plan.carryOver()));
        story.replies(python("open('data/people.csv')\nregion_name")).prints(1, Worlds.KEY_ERROR);
        assertThat(story.lastMessage()).contains("name (text)").doesNotContain("region (text)");
        story.replies(python("look(everywhere)")).prints(1, "KeyError: 'other'");
        assertThat(story.lastMessage()).contains("name (text)").contains("region (text)");
    }

    private static LadderPlan withPrelude(LadderPlan plan, String prelude) {
        return new LadderPlan(
                plan.instructions(),
                plan.languages(),
                prelude,
                plan.fileSummaries(),
                plan.rungs(),
                plan.demonstrations(),
                plan.verifier(),
                plan.carryOver());
    }
}
