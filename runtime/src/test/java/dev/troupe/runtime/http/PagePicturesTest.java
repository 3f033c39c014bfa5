package dev.troupe.runtime.http;

import static dev.troupe.runtime.http.Visitor.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.troupe.runtime.http.Visitor.House;
import dev.troupe.runtime.telemetry.Tracing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of the guide, {@code target/screens/guide-*.png}, with a model that says what it is told. */
@Tag("long")
class PagePicturesTest {
    private static final String TEAM = """
            team: analyst
            models:
              small: { provider: openai, model: gpt-5-nano, url: "URL" }
              large: { provider: openai, model: gpt-5-mini, url: "URL" }
            tools:
              python: {}
            agents:
              analyst:
                kind: assistant
                instructions: You answer with Python programs.
                tools: [python]
                ladder:
                  - { name: quick, model: small, turns: 2 }
                  - { name: large, model: large, turns: 2 }
                demonstrations: { show: 1, similarity: 0.5 }
              reviewer: { kind: chat, model: large, instructions: You review. }
            entry: analyst
            baseline: openai/gpt-5
            """;

    private static final String DRAWS = """
            revenue = {"North": 412_300, "South": 398_150, "West": 276_900, "East": 231_480}

            # Bars, the longest first.
            bars = ""
            for place, (region, amount) in enumerate(revenue.items()):
                y, width = 18 + 40 * place, amount / 1_000
                bars += (f'<text x="10" y="{y + 17}">{region}</text><rect x="80" y="{y}" width="{width:.0f}" height="24" '
                         f'fill="#94202f"/><text x="{width + 90:.0f}" y="{y + 17}">{amount:,}</text>')
            with open("revenue.svg", "w") as file:
                file.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="190" '
                           f'font-family="serif" font-size="15">{bars}</svg>')

            best = max(revenue, key=revenue.get)
            print("regions:", len(revenue))
            print("ANSWER:", best, "with", f"{revenue[best]:,}", "EUR")
            """;

    @TempDir
    Path folder;

    private static String says(String request) {
        if (request.contains("as a chart")) {
            return request.contains("KeyError")
                    ? Upstream.program(DRAWS)
                    : Upstream.program("revenue = {\"North\": 412_300}\nprint(revenue[\"north\"])");
        }
        return Upstream.program("print('ANSWER:', " + Math.abs(request.hashCode() % 900) + ")");
    }

    @Test
    void pictures() throws Exception {
        ServeSettings settings = new ServeSettings("127.0.0.1", 0, List.of(), ServeSettings.Limits.USUAL);
        NewContextOptions size = new NewContextOptions()
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1360, 850);
        try (Served served = Served.open(folder, settings, Tracing.NONE, TEAM);
                House house = House.open();
                Visitor visitor = house.visit(served, size).arrive()) {
            served.model.says(PagePicturesTest::says);
            List<String> questions = List.of(
                    "How many products cost more than 200 EUR?",
                    "Who sold most in March 2025?",
                    "How many tents were sold in 2024?",
                    "How many tents were sold in 2023?",
                    "How many stoves were sold in 2024?",
                    "What was the revenue of stoves in 2024?",
                    "What was the revenue of tents in 2024?",
                    "How many employees joined in 2023?",
                    "How many employees joined in 2024?");
            for (String question : questions) {
                visitor.begin();
                Locator exchange = visitor.askAndWait(question);
                if (question.hashCode() % 3 != 0) {
                    exchange.getByText("Good").click();
                    expect(exchange.locator(".said")).not().isEmpty();
                }
            }
            visitor.begin();
            Locator chart = visitor.askAndWait("Draw the revenue of the regions as a chart. Which is the best?");
            chart.getByText("Good").click();
            expect(chart.locator(".said")).containsText("Learned");
            expect(chart.locator("img")).isVisible();
            visitor.page.mouse().move(700, 30);
            visitor.screenshot("guide-page");
            visitor.page.getByText("Receipts").first().click();
            expect(visitor.page.locator(".plot canvas")).hasCount(2);
            visitor.page.mouse().move(700, 30);
            visitor.screenshot("guide-receipts");
            visitor.checkWasWell();
        }
        assertThat(Path.of("target/screens/guide-page.png"))
                .satisfies(file -> assertThat(Files.size(file)).isPositive());
    }
}
