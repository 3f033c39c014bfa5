package dev.troupe.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The page that talks to the team, and its files. They hold nothing of anybody's, so no key is needed for them: what the
 * page shows it fetches with the key that it is given. The files are named here, so that nothing else is served.
 */
final class Page {
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of(
            INDEX,
            "page.css",
            "plots.css",
            "trace.css",
            "theme.js",
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
            "trace.js",
            "icon.svg");
    /** What others wrote; where it is from stands in that folder. */
    private static final List<String> VENDORED =
            List.of("markdown-it.mjs", "purify.mjs", "highlight.mjs", "uplot.mjs", "uplot.css");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=UTF-8",
            "css", "text/css; charset=UTF-8",
            "js", "text/javascript; charset=UTF-8",
            "mjs", "text/javascript; charset=UTF-8",
            "svg", "image/svg+xml");

    /**
     * Nothing but this server's own files, no script in the page itself, and no text that becomes markup but through the
     * sanitiser's policy. Pictures that tasks made come as blobs, since they are fetched with a key.
     */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types dompurify",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "X-DNS-Prefetch-Control",
            "off",
            "Cache-Control",
            "no-cache");

    private record File(HttpEntity.Strict content, String tag) {}

    private final Map<String, File> files;

    private Page(Map<String, File> files) {
        this.files = files;
    }

    static Page load() {
        Map<String, File> files = new LinkedHashMap<>();
        FILES.forEach(name -> files.put(name, file(name, name)));
        VENDORED.forEach(name -> files.put(name, file(name, "vendor/" + name)));
        return new Page(files);
    }

    private static File file(String name, String path) {
        byte[] bytes = bytes(path);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return new File(
                HttpEntities.create(ContentTypes.parse(TYPES.getOrDefault(ending, "text/plain; charset=UTF-8")), bytes),
                tag(bytes));
    }

    private static byte[] bytes(String name) {
        try (InputStream file = Page.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("page: " + name + " is missing (expected: beside this class)");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    HttpResponse index(Exchange exchange) {
        return serve(exchange, INDEX);
    }

    /** @throws ApiException 404 */
    HttpResponse file(Exchange exchange) {
        return serve(exchange, exchange.part("file"));
    }

    private HttpResponse serve(Exchange exchange, String name) {
        File file = files.get(name);
        if (file == null) {
            throw ApiException.notFound("page: it has no such file (expected: one that it names itself)");
        }
        HttpResponse response = file.tag().equals(exchange.header("If-None-Match"))
                ? HttpResponse.create().withStatus(304)
                : HttpResponse.create().withEntity(file.content());
        return Replies.with(response.addHeader(RawHeader.create("ETag", file.tag())), HEADERS);
    }
}
