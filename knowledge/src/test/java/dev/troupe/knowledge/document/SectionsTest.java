package dev.troupe.knowledge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.embedding.MiniLmEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the weights that it has in life. */
class SectionsTest {
    private static final String WEATHER = """
            # Weather
            `temp_c` is the temperature in degrees Celsius, `humidity` in percent.

            ```python
            # No heading: a comment.
            print(answer["temp_c"])
            ```
            """;
    private static final String STOCKS = """
            # Stocks
            Closing prices and trading volumes of companies by day.

            ## Errors
            A company that is not known has no prices.
            """;
    private static final String OPENING = "All keys are in environment variables.\n\n";

    private static MiniLmEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = MiniLmEmbedder.open();
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void aQuestion_isGivenTheSectionsAboutIt_andTheOpening() {
        Sections sections = new Sections(embedder, OPENING + WEATHER + STOCKS, 1);
        assertThat(sections.about("How humid is it in Rome?")).isEqualTo(OPENING + WEATHER);
        assertThat(sections.about("What did Apple close at?")).isEqualTo(OPENING + STOCKS);
        assertThat(sections.about("How humid is it in Rome?")).isEqualTo(OPENING + WEATHER);
    }

    @Test
    void several_standInTheDocumentsOrder() {
        String places = "# Places\nTelephone numbers of restaurants.\n";
        Sections sections = new Sections(embedder, WEATHER + places + STOCKS, 2);
        assertThat(sections.about("Which company's trading volume is highest when it is warm?"))
                .isEqualTo(WEATHER + STOCKS);
    }

    @Test
    void fewerSectionsThanWanted_areAllGiven() {
        assertThat(new Sections(embedder, OPENING + WEATHER, 1).about("x")).isEqualTo(OPENING + WEATHER);
        assertThat(new Sections(embedder, OPENING, 3).about("x")).isEqualTo(OPENING);
        assertThat(new Sections(embedder, "", 1).about("x")).isEmpty();
    }

    @Test
    void aLongSection_isFoundByAnyOfItsPassages() {
        String filler = "Nothing of interest stands in this paragraph, nor in the next one.\n\n".repeat(40);
        Sections sections = new Sections(embedder, "# A\n" + filler + "The zoo opens at nine.\n" + WEATHER + STOCKS, 1);
        assertThat(sections.about("When does the zoo open?"))
                .startsWith("# A\n")
                .endsWith("nine.\n");
    }
}
