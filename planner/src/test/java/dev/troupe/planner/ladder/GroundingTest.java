package dev.troupe.planner.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundingTest {
    private static final List<String> EXAMPLE = List.of("""
            chosen = sales[(sales["region"] == "East") & (sales["year"] == 2023) & (sales["units"] > 250)]
            print("ANSWER:", chosen["units"].sum())
            """);
    private static final String DOCUMENTATION = "region (North, South, East), site (Kendal, Lyon), dept (Sales)";

    @Test
    void foreign_isAValueOfTheExampleThatTheQuestionDoesNotName() {
        assertThat(Grounding.foreign(
                        "x = sales[(sales['region'] == 'East') & (sales['year'] == 2024) & (sales['units'] > 250)]",
                        "How many units did we sell in 2024?",
                        EXAMPLE))
                .containsExactly("East", "250");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Named in other words' case, and as a number with a separator.
                "x = sales[(sales['region'] == 'East')]               | What was sold in the EAST?",
                "x = sales[sales['year'].isin([2023, 2024])]          | What was sold from 2023 to 2024?",
                // Not of the example: the model may know of it.
                "x = sales[sales['month'] == 'May']                   | What was sold in spring?",
                // The example's column names are the data's own.
                "x = sales['region'].nunique() > 0                    | In how many regions was anything sold?",
            })
    void foreign_isNothing(String program, String question) {
        assertThat(Grounding.foreign(program, question, EXAMPLE)).isEmpty();
    }

    @Test
    void foreign_isFoundInLists() {
        assertThat(Grounding.foreign(
                        "x = sales[sales['region'].isin(['North', 'East'])]", "What was sold in the North?", EXAMPLE))
                .containsExactly("East");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = sales['units'].sum()                    | What was sold in 2024?                       | 2024",
                "x = people['name'].max()                    | Who was the last to join in Lyon?            | Lyon",
                "s = 'archive'                               | How many vowels has \"the old archive\"?       | the old archive",
                "x = range(100)                              | How many primes are below 1,000,003?         | 1,000,003",
            })
    void missing_isWhatTheQuestionNames(String program, String question, String missing) {
        assertThat(Grounding.missing(program, question, DOCUMENTATION)).containsExactly(missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Other units of ten, separators of the language, small numbers as counts.
                "x = c[c['limit_keur'] < 20.0]               | Who has a limit of less than 20,000 EUR?",
                "x = 1_000_000 / 7                           | What is a 7th of 1,000,000?",
                "x = t.nlargest(3).index                     | Which 3 regions sold the most?",
                "x = people[people['site'] == 'lyon']        | Who works in Lyon?",
                "n = len(range(1950, 2000))                  | How many years are there from 1950 to 1999?",
                // A word with a capital that the documentation does not list is no value.
                "x = sales['units'].sum()                    | How many units did Fell sell?",
                // The beginning of a question is no name.
                "x = sales['units'].sum()                    | Sales of all units together?",
            })
    void missing_isNothing(String program, String question) {
        assertThat(Grounding.missing(program, question, DOCUMENTATION)).isEmpty();
    }
}
