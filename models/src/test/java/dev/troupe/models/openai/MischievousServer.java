package dev.troupe.models.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An HTTP server on a bare socket, so that it can do what no library would let it: stop in the middle, write nonsense,
 * say nothing. Each request takes the next of the acts that it was given; the last one repeats.
 */
final class MischievousServer implements AutoCloseable {
    private final ServerSocket socket;
    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Act last = out -> {};

    MischievousServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    MischievousServer then(Act act) {
        acts.add(act);
        return this;
    }

    URI endpoint() {
        return URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/v1");
    }

    List<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String head = head(in);
            while (head != null) {
                int length = 0;
                for (String line : head.split("\r\n")) {
                    if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                Act act = acts.poll();
                if (act != null) {
                    last = act;
                }
                requests.add(new Request(head, body, connection, System.nanoTime()));
                last.play(connection.getOutputStream());
                connection.getOutputStream().flush();
                head = head(in);
            }
        } catch (IOException e) {
            // The client went away, or the act was to hang up.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    record Request(String head, String body, Socket connection, long nanoTime) {}

    /** What it does with a request. */
    interface Act {
        void play(OutputStream out) throws IOException;
    }

    /** A well-formed stream of these events. */
    static Act stream(String... data) {
        StringBuilder events = new StringBuilder();
        for (String each : data) {
            events.append("data: ").append(each).append("\n\n");
        }
        return raw("text/event-stream", events.toString());
    }

    /** A stream that says this text, with usage 20 (12 cached) and 5. */
    static Act says(String... pieces) {
        List<String> data = new java.util.ArrayList<>();
        for (String piece : pieces) {
            data.add("{\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece + "\"}}]}");
        }
        data.add("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        data.add("{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":12}}}");
        data.add("[DONE]");
        return stream(data.toArray(String[]::new));
    }

    static Act raw(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n\r\n");
            out.write(bytes);
        };
    }

    static Act status(int status, String body, String... headers) {
        return out -> {
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            write(out, "HTTP/1.1 " + status + " No\r\n" + more + "Content-Length: " + bytes.length + "\r\n\r\n");
            out.write(bytes);
        };
    }

    /** Promises more than it sends, then hangs up. */
    static Act cutAfter(String body) {
        return out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + body);
            out.flush();
            throw new IOException("hang up");
        };
    }

    /** Sends the beginning of a stream and then keeps the connection open. */
    static Act stallAfter(String body) {
        return out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + body);
            out.flush();
        };
    }

    /** Takes the request and never answers. */
    static Act silence() {
        return out -> {};
    }

    static Act hangUp() {
        return out -> {
            throw new IOException("hang up");
        };
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
