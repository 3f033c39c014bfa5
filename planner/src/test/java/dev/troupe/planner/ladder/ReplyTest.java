package dev.troupe.planner.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.chat.ChatResponse.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static final List<String> LANGUAGES = List.of("python", "sh");

    private static Reply read(String text) {
        return Reply.read(Worlds.says(text), LANGUAGES, true);
    }

    private static Reply readCut(String text) {
        return Reply.read(Worlds.says(text, FinishReason.LENGTH, 1, 1), LANGUAGES, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "py", "Python", "python3", ""})
    void block_labelledInAnyUsualWay_isPython(String label) {
        assertThat(read("Sure!\n```" + label + "\nprint(1)\n```\nThis prints 1."))
                .isEqualTo(new Reply.Program("python", "print(1)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "shell"})
    void block_ofAShell_isSh(String label) {
        assertThat(read("```" + label + "\nls\n```")).isEqualTo(new Reply.Program("sh", "ls"));
    }

    @Test
    void block_indentedOrWithTildes_isRead() {
        assertThat(read("1. run\n   ```python\n   print(1)\n   ```"))
                .isEqualTo(new Reply.Program("python", "   print(1)"));
        assertThat(read("~~~python\nprint('```')\n~~~")).isEqualTo(new Reply.Program("python", "print('```')"));
    }

    @Test
    void block_unclosedAtItsEnd_isRun_butCutAtTheLimit_isNot() {
        assertThat(read("```python\nprint(1)")).isEqualTo(new Reply.Program("python", "print(1)"));
        assertThat(readCut("```python\nprint(1)\nx = [1,")).isEqualTo(new Reply.Cut());
    }

    @Test
    void block_closedBeforeTheLimitCutTheProse_isRun() {
        assertThat(readCut("```python\nprint(1)\n```\nThis prog")).isEqualTo(new Reply.Program("python", "print(1)"));
    }

    @Test
    void blocks_thatContinueEachOther_areOneProgram() {
        assertThat(read("```python\nimport csv\n```\nthen\n```python\nprint(csv)\n```"))
                .isEqualTo(new Reply.Program("python", "import csv\nprint(csv)"));
    }

    @Test
    void blocks_ofWhichTheLastStartsAnew_areTheLast() {
        assertThat(read("```python\nimport a\n```\nbetter:\n```python\nimport b\nprint(b)\n```"))
                .isEqualTo(new Reply.Program("python", "import b\nprint(b)"));
    }

    @Test
    void block_thatShowsOutput_isNotRun() {
        assertThat(read("```python\nprint(1)\n```\nOutput:\n```text\nANSWER: 1\n```"))
                .isEqualTo(new Reply.Program("python", "print(1)"));
        assertThat(read("```text\nANSWER: 1\n```")).isEqualTo(new Reply.Answer("1"));
        assertThat(read("```\nANSWER: 1\n```")).isEqualTo(new Reply.Answer("1"));
    }

    @Test
    void block_inAnotherLanguage_isForeign() {
        assertThat(read("```java\nclass A {}\n```")).isEqualTo(new Reply.Foreign("java"));
    }

    @Test
    void program_outranksTheAnswerThatTheModelGuessed() {
        assertThat(read("```python\nprint(1)\n```\nANSWER: 7")).isInstanceOf(Reply.Program.class);
    }

    @Test
    void answer_inProse_isReadWithItsDecoration() {
        assertThat(read("I looked.\n**ANSWER:** North\nand South")).isEqualTo(new Reply.Answer("North\nand South"));
        assertThat(read("> ANSWER: 4")).isEqualTo(new Reply.Answer("4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "I cannot do that.", "the ANSWER: 4", "ANSWER:", "```python\n\n```", "```text\nhm\n```"})
    void reply_withoutProgramOrAnswer_isProse(String text) {
        assertThat(read(text)).isEqualTo(new Reply.Prose());
    }

    @Test
    void answer_inOutput_isEverythingAfterTheFirstMarker() {
        assertThat(Answers.inOutput("rows: 3\nANSWER: a\nb\n")).isEqualTo("a\nb");
        assertThat(Answers.inOutput("  ANSWER:4")).isEqualTo("4");
        assertThat(Answers.inOutput("ANSWER: a\nANSWER: b\n")).isEqualTo("a\nb");
        assertThat(Answers.inOutput("the ANSWER: 4")).isNull();
        assertThat(Answers.inOutput("ANSWER:  \n")).isNull();
        assertThat(Answers.inOutput("Answer: 4")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "None", "NaN", "[]", "Empty DataFrame\nColumns: [a]", "Series([], dtype: int64)"})
    void answer_thatMeansNothingWasFound_isHollow(String answer) {
        assertThat(Answers.isHollow(answer)).isTrue();
        assertThat(Answers.isHollow("North")).isFalse();
        assertThat(Answers.isHollow("0")).isFalse();
    }
}
