package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Which region had the highest revenue in 2025? | What region had the highest revenue in 2025",
                "Which region had the highest revenue in 2025? | In 2025, which region had the highest revenue?",
                "How many orders are there?                    | Tell me how many orders there were",
                "Sort [3,1,2]                                  | please sort [3,1,2]",
            })
    void same_otherWording_isTheSame(String one, String other) {
        assertThat(Questions.same(one, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Which region had the highest revenue in 2025? | Which region had the highest revenue in 2024?",
                "Which region had the highest revenue in 2025? | Which region had the lowest revenue in 2025?",
                "Fly from Paris to London                      | Fly from London to Paris",
                "Divide 10 by 2                                | Divide 2 by 10",
                "When was Bach born?                           | Where was Bach born?",
                "Which orders were paid?                       | Which orders were not paid?",
                "What is 7 + 5?                                | What is 7 - 5?",
                "Is -5 prime?                                  | Is 5 prime?",
                "Sum of 1,000 and 2                            | Sum of 1.000 and 2",
                "Find the word 'cat'                           | Find the word 'car'",
                "Sort [3,1,2]                                  | Sort [1,3,2]",
            })
    void same_anyOtherSlotOrWord_isNotTheSame(String one, String other) {
        assertThat(Questions.same(one, other)).isFalse();
    }
}
