package dev.troupe.runtime.http;

import static dev.troupe.runtime.http.Visitor.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.troupe.runtime.http.Visitor.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with a real team behind it: what somebody does with it. */
class PageTest {
    private static final String ADDS = Upstream.program("print('ANSWER:', 20 + 22)");

    @TempDir
    static Path folder;

    private static Served served;
    private static House house;
    private Visitor visitor;

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

    @BeforeEach
    void visit() {
        visitor = house.visit(served).arrive();
    }

    @AfterEach
    void leave() {
        try {
            visitor.checkWasWell();
        } finally {
            visitor.close();
        }
    }

    @Test
    void answer_appearsWhileItIsWritten_asMarkdownWithColouredCode() {
        served.model.says("# Sums\n\nTwo **bold** words" + Upstream.PAUSE
                + " and a program:\n\n```python\nprint(1 + 1)\n```\n\n| a | b |\n|---|--:|\n| x | 1 |\n");
        visitor.choose("talker");
        visitor.ask("How does one add?");
        Locator answer = visitor.page.locator(".answer");
        expect(answer.locator("h1")).hasText("Sums");
        expect(answer.locator("strong")).hasText("bold");
        expect(answer.locator("pre")).hasCount(0);
        expect(visitor.button("Stop")).isVisible();
        expect(visitor.button("Ask")).isHidden();
        served.model.release();
        expect(answer.locator("pre .hljs-built_in")).hasText("print");
        expect(answer.locator("td.align-right")).hasText("1");
        expect(answer.locator(".vouched")).hasText("not verified");
        expect(visitor.button("Stop")).isHidden();
        expect(visitor.page.locator("#conversations a[aria-current] .title")).hasText("How does one add?");
        assertThat(visitor.page.title()).isEqualTo("office · Troupe");
    }

    @Test
    void trace_showsWhatIsTriedRunAndPrinted_andWhatItCosts() {
        served.model.says(request -> request.contains("KeyError")
                ? Upstream.program("print('found it')\nprint('ANSWER:', 20 + 22)")
                : Upstream.program("raise KeyError('region')"));
        visitor.choose("adder");
        visitor.askAndWait("How much is twenty and twenty-two?");
        Locator trace = visitor.trace();
        expect(trace.locator(".act h3")).hasText(Pattern.compile("I quick small · turn 2 of 2"));
        expect(trace.locator(".program").first()).containsText("raise KeyError");
        expect(trace.locator(".badge").first()).hasText(Pattern.compile("exit code 1, .*"));
        expect(trace.locator(".note.retried")).containsText("KeyError");
        expect(trace.locator(".output").last()).containsText("found it");
        expect(trace.locator(".badge").last()).hasText(Pattern.compile("exit code 0, .*"));
        expect(trace.locator(".meter dd").nth(1)).hasText("50");
        expect(trace.locator(".ticket")).containsText("2 model calls");
        expect(trace.locator(".ticket")).containsText("solved it on turn 2");
        expect(visitor.page.locator(".answer .words")).hasText("42");
    }

    @Test
    void stop_endsTheTask_andTheNextQuestionWorks() throws Exception {
        served.model.says(ADDS);
        served.model.hold();
        visitor.choose("adder");
        visitor.ask("Take your time");
        served.model.awaitAsked();
        visitor.button("Stop").click();
        assertThat(served.model.wasLeftWithin(5_000)).isTrue();
        expect(visitor.page.locator(".failure h2")).hasText("Stopped");
        served.model.release();
        expect(visitor.askAndWait("And now?").locator(".words")).hasText("42");
    }

    @Test
    void goodAnswer_isADemonstrationThatTheNextQuestionUses() {
        served.model.says(Upstream.program("print('ANSWER:', 9 * 9)"));
        visitor.choose("adder");
        Locator exchange = visitor.askAndWait("How much is nine times nine?");
        exchange.getByText("Good").click();
        expect(exchange.locator(".said")).hasText(Pattern.compile("Learned as d-\\d+\\."));
        expect(exchange.locator(".vouched")).hasText("verified by a person");
        String demonstration = exchange.locator(".said").textContent().replaceAll("[^0-9]", "");

        visitor.begin();
        visitor.choose("adder");
        served.model.says(Upstream.program("print('ANSWER:', 9 * 8)"));
        visitor.askAndWait("How much is nine times eight?");
        expect(visitor.trace().locator(".note.shown").first()).containsText("d-" + demonstration);
        expect(visitor.trace().locator(".note.shown").first()).containsText("verified by a person");
    }

    @Test
    void badAnswer_takesAReason_andIsOutOfUse() {
        served.model.says(Upstream.program("print('ANSWER:', 5 * 5 * 5)"));
        visitor.choose("adder");
        Locator exchange = visitor.askAndWait("How much is five by five by five?");
        exchange.getByText("Bad").click();
        visitor.page.getByLabel("What is wrong?").fill("off by one");
        visitor.page.getByLabel("What would have been right?").fill("126");
        visitor.button("Say that it is bad").click();
        expect(exchange.locator(".said")).containsText("Out of use: d-");
        expect(visitor.button("Bad")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void conversation_isThereAfterAReload_withWhatWasSaidOfIt_andGoesOn() {
        served.model.says("I am called Otto.");
        visitor.choose("talker");
        Locator first = visitor.askAndWait("What are you called?");
        first.getByText("Good").click();
        expect(first.locator(".said")).not().isEmpty();
        visitor.page.reload();
        expect(visitor.page.locator(".exchange .words")).hasText("I am called Otto.");
        expect(visitor.button("Good")).hasAttribute("aria-pressed", "true");
        expect(visitor.page.locator("#agent")).hasValue("talker");
        served.model.says("As I said, Otto.");
        visitor.askAndWait("Once more?");
        assertThat(served.model.requests().getLast()).contains("I am called Otto.");
        expect(visitor.page.locator("#conversations a[aria-current] .more")).hasText("2 questions");
    }

    @Test
    void question_thatIsUnderWay_isStillThereAfterAReload() throws Exception {
        served.model.says(ADDS);
        served.model.hold();
        visitor.choose("adder");
        visitor.ask("Who waits for me?");
        served.model.awaitAsked();
        expect(visitor.page.locator("#conversations .more").first()).hasText("at work");
        visitor.page.reload();
        expect(visitor.page.locator(".exchange .question")).hasText("Who waits for me?");
        expect(visitor.trace().locator(".act h3")).containsText("quick");
        expect(visitor.button("Stop")).isVisible();
        served.model.release();
        expect(visitor.page.locator(".exchange .words")).hasText("42");
        expect(visitor.trace().locator(".output")).containsText("ANSWER: 42");
    }

    @Test
    void brokenConnection_isComeBackTo() throws Exception {
        served.model.says(ADDS);
        served.model.hold();
        visitor.choose("adder");
        visitor.page.route("**/v1/chat/completions", route -> {
            // What the browser sees of a connection that breaks after its first bytes.
            var response = route.request();
            route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(200)
                    .setHeaders(java.util.Map.of("X-Troupe-Task", asked(response.postData())))
                    .setContentType("text/event-stream")
                    .setBody(": \n\n"));
        });
        visitor.ask("Do you hear me?");
        served.model.awaitAsked();
        served.model.release();
        expect(visitor.page.locator(".exchange .words")).hasText("42");
    }

    /** Asks in the page's stead, and does not wait. */
    private static String asked(String body) {
        var unused = Served.meanwhile(() -> served.chatWith(body));
        try {
            served.model.awaitAsked();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return served.runningTask();
    }

    @Test
    void questionWithoutAnAnswer_isToldWell_andCanBeAskedAgain() {
        served.model.says("No idea.");
        visitor.choose("writer");
        visitor.ask("Who knows?");
        Locator failure = visitor.page.locator(".failure");
        expect(failure.locator("h2")).hasText("No answer that counts");
        expect(failure).containsText("no program in the reply");
        expect(failure).containsText("spent");
        served.model.says(ADDS);
        visitor.button("Ask again").click();
        expect(visitor.page.locator(".exchange").last().locator(".words")).hasText("42");
    }

    @Test
    void serverThatIsGone_isToldWell() {
        visitor.page.route("**/v1/chat/completions", com.microsoft.playwright.Route::abort);
        visitor.ask("Is anybody there?");
        expect(visitor.page.locator(".failure h2")).hasText("The server cannot be reached");
        visitor.page.unroute("**/v1/chat/completions");
        served.model.says(ADDS);
        visitor.choose("adder");
        visitor.button("Ask again").click();
        expect(visitor.page.locator(".exchange").last().locator(".words")).hasText("42");
    }

    @Test
    void files_areShownWhereTheyCanBe_andSaved() {
        served.model.says(Upstream.program("""
                import base64
                open('dot.png', 'wb').write(base64.b64decode(
                    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))
                open('sums.csv', 'w').write('name;sum\\n"a;b";3\\n')
                open('other.bin', 'wb').write(b'x')
                print('ANSWER: three files')
                """));
        visitor.choose("adder");
        Locator exchange = visitor.askAndWait("Write three files");
        expect(exchange.locator(".artifact img")).hasAttribute("alt", "dot.png");
        expect(exchange.locator(".artifact td").first()).hasText("a;b");
        expect(exchange.locator(".artifact figcaption span"))
                .hasText(new String[] {"dot.png", "other.bin", "sums.csv"});
        var saved = visitor.page.waitForDownload(
                () -> exchange.locator(".artifact button").last().click());
        assertThat(saved.suggestedFilename()).isEqualTo("sums.csv");
        assertThat(visitor.evaluate("() => document.querySelector('.artifact img').naturalWidth"))
                .isEqualTo(1);
    }

    @Test
    void receipts_showWhatWasSpentAndLearned_overQuestionsAndDays() {
        served.model.says(ADDS);
        visitor.choose("adder");
        visitor.askAndWait("How much is 20 and 22?");
        visitor.page.getByText("Receipts").first().click();
        expect(visitor.page.locator(".plot canvas")).hasCount(2);
        expect(visitor.page.locator(".totals dt"))
                .hasText(new String[] {"Spent", "Saved", "Questions", "With a demonstration"});
        expect(visitor.page.locator(".bars").first()).containsText("quick");
        expect(visitor.page.locator(".bars").last()).containsText("adder");
        visitor.button("Days").click();
        expect(visitor.page.locator(".plot canvas")).hasCount(2);
        expect(visitor.button("Days")).hasAttribute("aria-pressed", "true");
        visitor.page.locator(".latest summary").first().click();
        expect(visitor.page.locator(".latest .ticket")).isVisible();
        visitor.page.getByText("Its conversation").click();
        expect(visitor.page.locator(".exchange .words")).hasText("42");
    }

    @Test
    void keyboardAlone_isEnough() {
        served.model.says(ADDS);
        assertThat(visitor.evaluate("() => document.activeElement.id")).isEqualTo("question");
        visitor.page.keyboard().type("How much is it?");
        visitor.page.keyboard().press("Shift+Enter");
        visitor.page.keyboard().type("Quickly.");
        visitor.page.keyboard().press("Enter");
        expect(visitor.page.locator(".vouched")).isVisible();
        expect(visitor.page.locator(".question")).hasText("How much is it?\nQuickly.");
        for (int i = 0; i < 30 && !focused().equals("Good"); i++) {
            visitor.page.keyboard().press("Shift+Tab");
        }
        visitor.page.keyboard().press("Enter");
        expect(visitor.page.locator(".said")).containsText("Learned");
        served.model.hold();
        visitor.page.locator("#question").focus();
        visitor.page.keyboard().type("And again?");
        visitor.page.keyboard().press("Enter");
        expect(visitor.button("Stop")).isVisible();
        visitor.page.keyboard().press("Escape");
        expect(visitor.page.locator(".failure h2")).hasText("Stopped");
        served.model.release();
    }

    private String focused() {
        return String.valueOf(visitor.evaluate("() => document.activeElement.textContent"));
    }
}
