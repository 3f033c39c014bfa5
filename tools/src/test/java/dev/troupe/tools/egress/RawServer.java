package dev.troupe.tools.egress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** A server that answers with exactly the bytes that a test wants, piece by piece, and remembers what it was asked. */
final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final ServerSocket socket;
    private final Answering answering;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final boolean tls;

    /** Answers one request. Closing the stream ends the connection. */
    interface Answering {
        void answer(String request, OutputStream out) throws IOException;
    }

    private RawServer(ServerSocket socket, boolean tls, Answering answering) {
        this.socket = socket;
        this.tls = tls;
        this.answering = answering;
        Thread.ofVirtual().start(this::accept);
    }

    static RawServer start(Answering answering) throws IOException {
        return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, answering);
    }

    /** @param names what clients may call it, as a regular expression */
    static RawServer start(SSLContext context, String names, Answering answering) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(names)));
        socket.setSSLParameters(parameters);
        return new RawServer(socket, true, answering);
    }

    /** A whole answer with a plain text. */
    static byte[] ok(String body) {
        return whole("200 OK", "Content-Type: text/plain", body.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] whole(String status, String header, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    URI address() {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + socket.getLocalPort());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Each with its body. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            connection.setTcpNoDelay(true);
            for (String request = read(in); !request.isEmpty(); request = read(in)) {
                requests.add(request);
                answering.answer(request, out);
                out.flush();
            }
        } catch (IOException e) {
            // The other side has gone, or the test wanted it.
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return text + new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
