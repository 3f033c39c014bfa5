package dev.troupe.tools.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks to a run's socket, byte by byte as a test wants it: clients that mind their manners would not. */
final class ProxyClient implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    ProxyClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = Channels.newInputStream(channel);
    }

    record Answer(int status, String reason, Map<String, String> headers, String body) {}

    /** A request for a URL, on a connection that stays open. */
    Answer get(String url) throws IOException {
        return send("GET", url, "", "");
    }

    /** @param headers each with its line end */
    Answer send(String method, String url, String headers, String body) throws IOException {
        String rest = url.substring(url.indexOf("://") + 3);
        int end = rest.indexOf('/');
        String host = end < 0 ? rest : rest.substring(0, end);
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        raw(method + " " + url + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + length + "\r\n" + body);
        return read(method.equals("HEAD"));
    }

    void raw(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    Answer read(boolean bodiless) throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(": *", 2);
            headers.merge(parts[0], parts[1], (one, other) -> one + ", " + other);
        }
        String body = bodiless ? "" : body(headers);
        return new Answer(Integer.parseInt(status[1]), status.length > 2 ? status[2] : "", headers, body);
    }

    private String body(Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) {
            byte[] bytes = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.writeBytes(in.readNBytes(size));
            line();
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            all.writeBytes(("\ntrailer " + line).getBytes(StandardCharsets.ISO_8859_1));
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** @throws IOException when the other side has hung up */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("hung up after: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
