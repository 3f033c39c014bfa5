package dev.troupe.models.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A hub with the file on another host, as the real one has it: {@code /owner/name/resolve/main/file} answers with a
 * redirect and the file's checksum; the other server knows ranges. It can misbehave.
 */
final class FileServer implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile byte[] content;
    volatile String sha256 = "";
    volatile String etag = "\"one\"";
    /** The connection breaks after that many bytes of each answer; negative: never. */
    volatile int breakAfter = -1;
    /** The connection goes silent after that many bytes of each answer; negative: never. */
    volatile int silentAfter = -1;

    volatile int status = 200;
    volatile boolean ranges = true;

    private final HttpServer hub;
    private final HttpServer files;

    FileServer(byte[] content) throws IOException {
        this.content = content;
        this.files = start();
        files.createContext("/blob", this::serve);
        this.hub = start();
        hub.createContext("/", this::redirect);
    }

    private static HttpServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    String address() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    /** The file's own address, without the hub in front. */
    String fileAddress() {
        return "http://localhost:" + files.getAddress().getPort() + "/blob";
    }

    private void redirect(HttpExchange exchange) throws IOException {
        requests.add("hub " + exchange.getRequestURI());
        // Another host name, another port.
        exchange.getResponseHeaders().add("Location", fileAddress());
        exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + sha256 + "\"");
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        requests.add("file " + range);
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("ETag", etag);
        int from = 0;
        if (ranges && range != null && etag.equals(condition)) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        send(exchange, Arrays.copyOfRange(content, from, content.length));
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        int limit = Math.max(breakAfter, silentAfter);
        OutputStream out = exchange.getResponseBody();
        if (limit < 0 || limit >= body.length) {
            out.write(body);
            out.close();
            return;
        }
        out.write(body, 0, limit);
        out.flush();
        if (silentAfter >= 0) {
            // Left open: the test's end closes it.
            return;
        }
        // Closing with less than was promised cuts the connection.
        exchange.close();
    }

    @Override
    public void close() {
        hub.stop(0);
        files.stop(0);
    }
}
