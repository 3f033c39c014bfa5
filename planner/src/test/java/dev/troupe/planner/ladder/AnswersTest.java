package dev.troupe.planner.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final String QUESTION = "Can you suggest laundromats in Denver?";
    private static final String LIST = "Abbott Laundromat 12 Oak St\nSuds & Co 9 Elm St\n";

    /** What small models made of a list: counted wrongly, denied, or told back what they had been told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "There are 6 laundromats in Denver.",
                "No",
                "No laundromats were found.",
                "The program ran. It printed no line that begins with ANSWER:.",
                "Try Denver Clean Wash."
            })
    void words_thatAreNotInTheOutput_giveWayToIt(String words) {
        assertThat(Answers.inWords(words, LIST, QUESTION)).isEqualTo(LIST.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Suds & Co", "I suggest Suds & Co, 9 Elm St.", "The nearest in Denver is Abbott Laundromat."})
    void words_thatChooseFromTheOutput_stand(String words) {
        assertThat(Answers.inWords(words, LIST, QUESTION)).isEqualTo(words);
    }

    @Test
    void oneLine_isTheAnswer_forNothingIsLeftToChoose() {
        assertThat(Answers.inWords("555-0168", "(290) 555-0168\n", "The phone number?"))
                .isEqualTo("(290) 555-0168");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': 1}",
                "Error: no such key",
                "Index(['a', 'b'])",
                "nan",
                "ANSWER: 0.0",
                "x    3 dtype: int64",
            })
    void outputThatIsNoResult_leavesTheWords(String output) {
        assertThat(Answers.inWords("42", output, QUESTION)).isEqualTo("42");
    }

    @Test
    void longOutput_leavesTheWords() {
        assertThat(Answers.inWords("42", "line\n".repeat(20), QUESTION)).isEqualTo("42");
    }

    @Test
    void marked_aProgramWhoseWholeOutputIsTheAnswer_marksIt() {
        assertThat(Answers.marked("x = 4\nprint(x)", "4\n", "4")).isEqualTo("x = 4\nprint(\"ANSWER:\", x)");
        assertThat(Answers.marked("for x in y:\n    print(f'{x} m', x)", "4 m 4\n5 m 5\n", "4 m 4\n5 m 5"))
                .isEqualTo("for x in y:\n    print(\"ANSWER:\", f'{x} m', x)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "print(1); print(2) | 2 | 2", // not the whole output, and two places
                "print('ANSWER: 4') | 4 | 4",
                "pprint(x) | 4 | 4",
                "log.print(x) | 4 | 4",
                "print = show; print(4) | 4 | 4",
                "print() | 4 | 4",
                "print(x) | it is 4 | 4"
            })
    void marked_otherPrograms_stayAsTheyAre(String program, String output, String answer) {
        assertThat(Answers.marked(program, output, answer)).isEqualTo(program);
    }
}
