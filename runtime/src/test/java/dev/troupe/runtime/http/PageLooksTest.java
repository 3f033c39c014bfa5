package dev.troupe.runtime.http;

import static dev.troupe.runtime.http.Visitor.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.troupe.runtime.http.Visitor.House;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the page looks: by day and by night, on a phone, and to those who cannot see it. */
class PageLooksTest {
    @TempDir
    static Path folder;

    private static Served served;
    private static House house;

    @BeforeAll
    static void open() throws IOException {
        house = House.open();
        served = Served.open(folder);
    }

    @AfterAll
    static void close() {
        served.close();
        house.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void page_hasNoFlawForAssistiveTechnology(ColorScheme scheme) throws Exception {
        try (Visitor visitor = house.visit(
                        served,
                        new NewContextOptions()
                                .setColorScheme(scheme)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setViewportSize(1440, 900))
                .arrive()) {
            String name = scheme.name().toLowerCase(java.util.Locale.ROOT);
            visitor.screenshot("empty-" + name);
            checkAccessible(visitor, "empty");
            answerThreeQuestions(visitor);
            visitor.screenshot("conversation-" + name);
            checkAccessible(visitor, "conversation");
            visitor.page.getByText("Receipts").first().click();
            expect(visitor.page.locator(".plot canvas")).hasCount(2);
            visitor.page.locator(".latest summary").first().click();
            visitor.screenshot("receipts-" + name);
            checkAccessible(visitor, "receipts");
            visitor.checkWasWell();
        }
    }

    private static void answerThreeQuestions(Visitor visitor) {
        served.model.says(Upstream.program("""
                import csv
                rows = [("North", 412_300), ("South", 398_150), ("West", 276_900)]
                with open("revenue.csv", "w") as file:
                    csv.writer(file).writerows([("region", "revenue"), *rows])
                # The first of them is the answer.
                best = max(rows, key=lambda row: row[1])
                print("regions:", len(rows))
                print("ANSWER:", best[0])
                """));
        visitor.choose("adder");
        visitor.askAndWait("Which region had the highest revenue?");
        served.model.says("No idea.");
        visitor.choose("writer");
        visitor.ask("Which one will have it next year?");
        expect(visitor.page.locator(".failure")).isVisible();
        served.model.says("""
                **North** had the highest revenue, ahead of South by 14,150 EUR:

                | region | revenue |
                |---|--:|
                | North | 412,300 |
                | South | 398,150 |

                ```python
                max(rows, key=lambda row: row[1])
                ```
                """);
        visitor.choose("talker");
        visitor.askAndWait("Put it into a table, please.");
        visitor.page.locator(".exchange").first().getByText("Good").click();
        expect(visitor.page.locator(".exchange").first().locator(".said")).containsText("Learned");
    }

    private static void checkAccessible(Visitor visitor, String state) throws IOException {
        try (InputStream rules = Objects.requireNonNull(PageLooksTest.class.getResourceAsStream("/axe.min.js"))) {
            visitor.evaluate(new String(rules.readAllBytes(), StandardCharsets.UTF_8) + "\n;undefined");
        }
        Object violations = visitor.evaluate(
                "async () => JSON.stringify((await axe.run({ resultTypes: ['violations'] })).violations.map("
                        + "v => [v.id, v.nodes.map(n => [n.target.join(' '), n.failureSummary])]))");
        assertThat(violations).as(state).isEqualTo("[]");
    }

    @Test
    void theme_isTheSystems_untilOneIsChosen_whichStays() {
        try (Visitor visitor = house.visit(served, new NewContextOptions().setColorScheme(ColorScheme.DARK))
                .arrive()) {
            assertThat(brightness(visitor)).isLessThan(60);
            visitor.button("Theme: system").click();
            assertThat(brightness(visitor)).isGreaterThan(200);
            visitor.page.reload();
            expect(visitor.button("Theme: light")).isVisible();
            assertThat(brightness(visitor)).isGreaterThan(200);
            visitor.checkWasWell();
        }
    }

    private static int brightness(Visitor visitor) {
        Object red = visitor.evaluate("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        return ((Number) Objects.requireNonNull(red)).intValue();
    }

    @Test
    void phone_hasAllOfIt() throws Exception {
        try (Visitor visitor = house.visit(
                        served,
                        new NewContextOptions()
                                .setViewportSize(390, 844)
                                .setHasTouch(true)
                                .setReducedMotion(ReducedMotion.REDUCE))
                .arrive()) {
            visitor.screenshot("phone-empty");
            served.model.says(Upstream.program("print('a' * 300)\nprint('ANSWER:', 'w' * 200)"));
            visitor.choose("adder");
            visitor.askAndWait("What is wide?");
            assertThat(tooWide(visitor)).isEqualTo(false);
            visitor.screenshot("phone-conversation");
            checkAccessible(visitor, "phone");
            visitor.page.locator("#open-trace").tap();
            expect(visitor.trace().locator(".output")).isVisible();
            visitor.screenshot("phone-trace");
            checkAccessible(visitor, "phone, trace");
            visitor.button("Close").tap();
            expect(visitor.trace().locator(".output")).isHidden();
            visitor.button("Menu").tap();
            visitor.screenshot("phone-menu");
            checkAccessible(visitor, "phone, menu");
            visitor.page.getByText("Receipts").first().tap();
            expect(visitor.page.locator(".plot canvas")).hasCount(2);
            assertThat(tooWide(visitor)).isEqualTo(false);
            visitor.screenshot("phone-receipts");
            visitor.checkWasWell();
        }
    }

    private static Object tooWide(Visitor visitor) {
        return visitor.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }
}
