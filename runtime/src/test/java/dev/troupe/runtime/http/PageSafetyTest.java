package dev.troupe.runtime.http;

import static dev.troupe.runtime.http.Visitor.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.microsoft.playwright.Locator;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.KeyFile;
import dev.troupe.runtime.http.Visitor.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models, programs and clients write is shown and never run, and nobody sees what is another's. */
class PageSafetyTest {
    /** Each would call {@code pwned()}, or ask another host, if it became part of the page. */
    private static final List<String> PAYLOADS = List.of(
            "<script>pwned()</script>",
            "<img src=x onerror=pwned()>",
            "<svg onload=pwned()>",
            "<svg><script>pwned()</script></svg>",
            "<iframe srcdoc=\"<script>parent.pwned()</script>\"></iframe>",
            "<details open ontoggle=pwned()>",
            "<input autofocus onfocus=pwned()>",
            "<video><source onerror=pwned()></video>",
            "<body onload=pwned()>",
            "<object data=\"javascript:pwned()\"></object>",
            "<math><mtext><table><mglyph><style><img src=x onerror=pwned()></style></mglyph></table></mtext></math>",
            "<noscript><p title=\"</noscript><img src=x onerror=pwned()>\"></p></noscript>",
            "<form action=\"javascript:pwned()\"><button>go</button></form>",
            "<style>@import 'http://127.0.0.2:9/x.css';</style>",
            "<link rel=stylesheet href=http://127.0.0.2:9/x.css>",
            "<meta http-equiv=refresh content=\"0;url=javascript:pwned()\">",
            "<base href=http://127.0.0.2:9/>",
            "<a href=\"javascript:pwned()\">click</a>",
            "[click](javascript:pwned())",
            "[click](JaVaScRiPt:pwned())",
            "[click](&#106;avascript:pwned())",
            "[click](data:text/html,<script>pwned()</script>)",
            "[click](vbscript:pwned())",
            "![picture](http://127.0.0.2:9/spy.png)",
            "![picture](x\" onerror=\"pwned())",
            "<javascript:pwned()>",
            "[a]: javascript:pwned() \"t\"\n\n[a]",
            "```\"><img src=x onerror=pwned()>\nx\n```",
            "```js\n</code></pre><script>pwned()</script>\n```",
            "`<img src=x onerror=pwned()>`",
            "| <img src=x onerror=pwned()> |\n|---|\n| [x](javascript:pwned()) |",
            "<p id=question><form id=composer><input name=submit>",
            "\u202e<img src=x onerror=pwned()>\u202c",
            "\u001b]8;;javascript:pwned()\u0007link\u001b]8;;\u0007",
            "'\"--></style></script><script>pwned()</script>",
            "{{constructor.constructor('pwned()')()}}${pwned()}");

    private static final String ALL = String.join("\n\n", PAYLOADS);

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
        visitor.close();
    }

    /** The suite would notice: elsewhere than on our page, many of them run. */
    @Test
    void payloads_runWhereNothingKeepsThem() {
        visitor.page.navigate("about:blank");
        visitor.page.setContent(ALL);
        visitor.page.waitForFunction("() => window.wasPwned === true");
    }

    @Test
    void answer_isText() {
        served.model.says(ALL);
        visitor.choose("talker");
        Locator exchange = visitor.askAndWait("What is safe?");
        expect(exchange.locator(".words")).containsText("<script>pwned()</script>");
        checkHarmless();
    }

    @Test
    void answer_isTextWhileItIsWritten() {
        for (String payload : List.of(PAYLOADS.get(0), PAYLOADS.get(1), PAYLOADS.get(18), PAYLOADS.get(27))) {
            int middle = payload.length() / 2;
            served.model.says("Here: " + payload.substring(0, middle) + Upstream.PAUSE + payload.substring(middle));
            visitor.choose("talker");
            int before = visitor.page.locator(".exchange").count();
            visitor.ask("What is half?");
            expect(visitor.page.locator(".exchange").nth(before).locator(".words"))
                    .containsText("Here:");
            served.model.release();
            expect(visitor.page.locator(".exchange").nth(before).locator(".vouched"))
                    .isVisible();
        }
        checkHarmless();
    }

    @Test
    void outputOfPrograms_andWhatTheyRaise_isText() throws JsonProcessingException {
        String text = Served.JSON.writeValueAsString(ALL);
        served.model.says(request -> request.contains("ValueError")
                ? "Look: " + ALL.replace("```", "") + "\n"
                        + Upstream.program("print(" + text + ")\nprint('ANSWER:', " + text + ")")
                : Upstream.program("print(" + text + ")\nraise ValueError(" + text + ")"));
        visitor.choose("adder");
        visitor.ask("What does it print?");
        expect(visitor.trace().locator(".ticket")).isVisible();
        expect(visitor.trace().locator(".output").first()).containsText("<script>pwned()</script>");
        expect(visitor.trace().locator(".writing pre").last()).containsText("<script>pwned()</script>");
        checkHarmless();
    }

    @Test
    void question_andTheTitleInTheList_areText() {
        served.model.says("Well.");
        for (String payload : List.of(PAYLOADS.get(0), PAYLOADS.get(1), PAYLOADS.get(2))) {
            visitor.begin();
            visitor.choose("talker");
            visitor.askAndWait(payload);
            expect(visitor.page.locator("#conversations a[aria-current] .title"))
                    .hasText(payload);
        }
        visitor.page.reload();
        expect(visitor.page.locator(".question")).hasText(PAYLOADS.get(2));
        visitor.page.getByText("Receipts").first().click();
        expect(visitor.page.locator(".latest .what").first()).hasText(PAYLOADS.get(2));
        checkHarmless();
    }

    @Test
    void namesAndContentsOfFiles_areHarmless() {
        served.model.says(Upstream.program("""
                names = ['<img src=x onerror=pwned()>.png', '"><svg onload=pwned()>.csv', "x' onerror='pwned().txt", 'a.html']
                for name in names:
                    open(name, 'w').write('<script>parent.pwned()</script>,<img src=x onerror=pwned()>\\n1,2\\n')
                open('b.svg', 'w').write(
                    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="parent.pwned()">'
                    '<script>parent.pwned()</script><image href="http://127.0.0.2:9/x.png"/></svg>')
                print('ANSWER: written')
                """));
        visitor.choose("adder");
        Locator exchange = visitor.askAndWait("Write files");
        expect(exchange.locator(".artifact")).hasCount(5);
        expect(exchange.locator(".artifact .preview > *")).hasCount(4);
        expect(exchange.locator("figcaption").getByText("<img src=x onerror=pwned()>.png"))
                .isVisible();
        checkHarmless(".artifact img");
    }

    @Test
    void eventsAndErrors_thatAServerWouldTell_areText() throws JsonProcessingException {
        String text = Served.JSON.writeValueAsString(PAYLOADS.get(1) + PAYLOADS.get(3));
        String events = """
                {"type": "demonstration-shown", "id": X, "question": X, "verified": X, "similarity": 0.5}
                {"type": "rung-started", "rung": X, "model": X, "turns": 2}
                {"type": "code", "rung": X, "language": X, "source": X}
                {"type": "output-chunk", "text": X}
                {"type": "code-ended", "exit_code": 1, "end": X, "wall_millis": 5}
                {"type": "replay", "rung": X, "demonstration": X, "text": X}
                {"type": "verifying", "model": X, "answer": X}
                {"type": "judgement", "reply": X}
                {"type": "model-failed", "model": X, "code": X, "message": X}
                {"type": "tool-called", "rung": X, "tool": X, "arguments": X}
                {"type": "tool-ended", "tool": X, "problem": X, "text": X, "wall_millis": 5}
                {"type": "agent-asked", "agent": X, "to": X, "question": X, "part": X}
                {"type": "agent-ended", "agent": X, "part": X, "answered": false, "text": X, "wall_millis": 5}
                {"type": "something-new", "text": X}
                {"type": "plan-drawn", "tasks": [{"id": "a", "task": X, "inputs": {"text": [X]}, "after": []},
                 {"id": "b", "task": X, "inputs": {"text": ["a"]}, "after": ["a"]}]}
                {"type": "plan-task", "id": "a", "state": "skipped", "expert": null, "wall_millis": 5, "why": X}
                {"type": "plan-task", "id": "b", "state": "running", "expert": X, "wall_millis": 5, "why": X}
                {"type": "finished", "outcome": X, "answer": X, "verified": X, "why": X}
                """.replace(",\n", ",").replace("X", text);
        String body = events.lines().map(line -> ": " + line + "\n\n").reduce("", String::concat)
                + "data: {\"error\": {\"code\": " + text + ", \"message\": " + text + "}, \"troupe\": {\"best_guess\": "
                + text + "}}\n\n";
        visitor.page.route(
                "**/v1/chat/completions",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(200)
                        .setContentType("text/event-stream")
                        .setBody(body)));
        visitor.ask("What happens?");
        expect(visitor.page.locator(".failure")).containsText("<img src=x onerror=pwned()>");
        expect(visitor.page.locator(".guess")).containsText("<img src=x onerror=pwned()>");
        expect(visitor.trace().locator(".plan .node")).hasCount(2);
        expect(visitor.trace().locator(".plan .node.running")).hasCount(1);
        expect(visitor.trace().locator(".plan .edge")).hasCount(1);
        checkHarmless(".trace svg", ".trace svg *");
    }

    /** @param allowed selectors of what the page itself makes of kinds that are forbidden otherwise */
    private void checkHarmless(String... allowed) {
        Object found = visitor.page.evaluate("""
                allowed => [...document.querySelectorAll('#turns *, #trace *, #conversations *, #receipts *')].filter(e => {
                  if (allowed.some(a => e.matches(a))) return [...e.attributes].some(b => b.name.startsWith('on'));
                  if ('SCRIPT IMG IFRAME SVG OBJECT EMBED VIDEO AUDIO STYLE LINK META BASE MATH FORM INPUT'
                    .split(' ').includes(e.tagName.toUpperCase())) return true;
                  if ([...e.attributes].some(a => a.name.startsWith('on') || a.name === 'srcdoc')) return true;
                  return e.tagName === 'A' && !/^(https?:|mailto:|#)/.test(e.getAttribute('href') ?? '#');
                }).map(e => e.outerHTML)
                """, List.of(allowed));
        assertThat(found).isEqualTo(List.of());
        visitor.checkWasWell();
    }

    @Test
    void policy_letsNothingBeRunThatIsNotAFileOfThePage() throws Exception {
        String policy =
                served.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(served.get("/page/Api.class").status()).isEqualTo(404);
        assertThat(served.get("/page/..%2fopenapi.json").status()).isEqualTo(404);
        Object ran = visitor.evaluate("""
                () => {
                  const script = document.createElement('script');
                  try { script.textContent = 'pwned()'; document.body.append(script); } catch { return 'refused'; }
                  return 'appended';
                }""");
        assertThat(ran).isEqualTo("refused");
        assertThat(visitor.pwned()).isFalse();
    }

    @Test
    void page_isFetchedOnce_andAskedForAgain() throws Exception {
        String tag = served.get("/page/app.js").headers().firstValue("ETag").orElseThrow();
        assertThat(served.get("/page/app.js", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(served.get("/").headers().firstValue("Content-Type")).contains("text/html; charset=UTF-8");
    }

    @Test
    void key_isAskedFor_andOpensWhatIsItsOwn(@TempDir Path other) throws IOException {
        String ann = KeyFile.newKey();
        String bob = KeyFile.newKey();
        List<AccessKey> keys = List.of(
                new AccessKey("ann", AccessKey.hash(ann), List.of(), null, null, false),
                new AccessKey("bob", AccessKey.hash(bob), List.of("talker"), null, null, false));
        try (Served guarded = Served.open(other, keys, UnaryOperator.identity());
                Visitor annsTab = house.visit(guarded);
                Visitor bobsTab = house.visit(guarded)) {
            guarded.model.says("For Ann only.");
            annsTab.page.navigate(guarded.server.url() + "/");
            giveKey(annsTab, "tr-wrong");
            expect(annsTab.page.getByText("The server does not know that key.")).isVisible();
            giveKey(annsTab, ann);
            expect(annsTab.page.locator("#agent option")).hasCount(3);
            annsTab.choose("talker");
            annsTab.askAndWait("What is mine?");
            String address = annsTab.page.url();

            bobsTab.page.navigate(address);
            giveKey(bobsTab, bob);
            expect(bobsTab.page.locator("#agent option")).hasCount(1);
            expect(bobsTab.page.locator("#no-conversations")).isVisible();
            expect(bobsTab.page.locator(".exchange")).hasCount(0);
            annsTab.checkWasWell();
            bobsTab.checkWasWell();
        }
    }

    private static void giveKey(Visitor visitor, String key) {
        visitor.page
                .getByLabel("Key", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill(key);
        visitor.button("Go on").click();
    }
}
