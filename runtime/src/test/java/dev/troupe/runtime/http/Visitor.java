package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody with a real browser, who notes whatever the page does that it must not. */
final class Visitor implements AutoCloseable {
    private static final Path SCREENS = Path.of("target/screens");

    /** A browser, for the tests of a class: it takes a second to start. */
    static final class House implements AutoCloseable {
        private final Playwright playwright;
        private final Browser browser;

        private House(Playwright playwright, Browser browser) {
            this.playwright = playwright;
            this.browser = browser;
        }

        static House open() {
            Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of("/usr/bin", name))
                    .filter(Files::isExecutable)
                    .findFirst();
            assumeTrue(chromium.isPresent(), "Chromium is missing; ./check installs it");
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium.orElseThrow())
                            .setArgs(List.of("--disable-dev-shm-usage", "--force-color-profile=srgb")));
            return new House(playwright, browser);
        }

        Visitor visit(Served served) {
            return visit(served, new Browser.NewContextOptions());
        }

        Visitor visit(Served served, Browser.NewContextOptions options) {
            return new Visitor(browser.newContext(options), served.server.url());
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    final BrowserContext context;
    final com.microsoft.playwright.Page page;
    private final String origin;
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    private Visitor(BrowserContext context, String origin) {
        this.context = context;
        this.origin = origin;
        context.setDefaultTimeout(20_000);
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        // Called by what an attacker would have run.
        context.addInitScript("window.pwned = () => { window.wasPwned = true; };"
                + "document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective"
                + " + ' ' + e.blockedURI + ' ' + e.sample));");
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // A refused request is told by the page itself, and logged by the browser on top of that.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                wrong.add(message.text());
            }
        });
        page.onPageError(wrong::add);
        page.onDialog(dialog -> {
            wrong.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(origin) && !request.url().startsWith("blob:")) {
                wrong.add("request: " + request.url());
            }
        });
    }

    /** Goes to the page and waits until it knows the team. */
    Visitor arrive() {
        page.navigate(origin + "/");
        expect(page.locator("#agent option").first()).isAttached();
        return this;
    }

    static LocatorAssertions expect(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    /** Begins a conversation anew, and waits until the one before is gone. */
    void begin() {
        page.locator("#new").click();
        expect(page.locator(".exchange")).hasCount(0);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON,
                new com.microsoft.playwright.Page.GetByRoleOptions()
                        .setName(name)
                        .setExact(true));
    }

    void choose(String agent) {
        page.locator("#agent").selectOption(agent);
    }

    void ask(String question) {
        page.locator("#question").fill(question);
        page.keyboard().press("Enter");
    }

    /** Asks, and waits for the answer. */
    Locator askAndWait(String question) {
        int before = page.locator(".exchange").count();
        ask(question);
        Locator exchange = page.locator(".exchange").nth(before);
        expect(exchange.locator(".vouched")).isVisible();
        return exchange;
    }

    Locator trace() {
        return page.locator("#trace-body .trace");
    }

    void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")));
    }

    boolean pwned() {
        return Boolean.TRUE.equals(page.evaluate("() => window.wasPwned === true"));
    }

    @Nullable
    Object evaluate(String script) {
        return page.evaluate(script);
    }

    /** Fails when the page logged an error, broke its own policy, asked another host or opened a dialog. */
    void checkWasWell() {
        assertThat(wrong).isEmpty();
        assertThat(pwned()).isFalse();
    }

    @Override
    public void close() {
        context.close();
    }
}
