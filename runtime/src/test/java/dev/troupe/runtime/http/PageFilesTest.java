package dev.troupe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of the page are what they say they are. */
class PageFilesTest {
    private static byte[] file(String name) throws Exception {
        try (InputStream file = Objects.requireNonNull(Page.class.getResourceAsStream("page/" + name), name)) {
            return file.readAllBytes();
        }
    }

    private static String text(String name) throws Exception {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    @Test
    void libraries_areUnchanged() throws Exception {
        Map<String, String> hashes = Pattern.compile("\\| `([a-z.-]+)` \\|.*\\| `([0-9a-f]{64})` \\|")
                .matcher(text("vendor/README.md"))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(hashes).hasSize(5);
        for (Map.Entry<String, String> library : hashes.entrySet()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file("vendor/" + library.getKey()));
            assertThat(HexFormat.of().formatHex(digest)).as(library.getKey()).isEqualTo(library.getValue());
        }
    }

    @Test
    void page_makesNoMarkupOfText_andNamesNoOtherHost() throws Exception {
        List<String> scripts = List.of(
                "app.js",
                "api.js",
                "answer.js",
                "artifacts.js",
                "conversation.js",
                "dom.js",
                "graph.js",
                "markdown.js",
                "money.js",
                "plots.js",
                "receipt.js",
                "receipts.js",
                "theme.js",
                "trace.js");
        for (String script : scripts) {
            assertThat(text(script))
                    .as(script)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(")
                    .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)[a-z]");
        }
        assertThat(text("index.html"))
                .doesNotContainPattern("https?:")
                .doesNotContainPattern("<script>|\\son[a-z]+=|style=");
        assertThat(text("page.css") + text("trace.css") + text("plots.css")).doesNotContain("url(", "@import");
    }

    @Test
    void eachFileThatIsImported_isServed() throws Exception {
        Page page = Page.load();
        for (String script : List.of("app.js", "answer.js", "markdown.js", "plots.js", "receipts.js", "trace.js")) {
            List<String> imports = Pattern.compile("from '\\./([a-z.-]+)'|import\\('\\./([a-z.-]+)'\\)")
                    .matcher(text(script))
                    .results()
                    .map(PageFilesTest::name)
                    .toList();
            assertThat(imports).as(script).isNotEmpty().allMatch(page::has);
        }
    }

    private static String name(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
