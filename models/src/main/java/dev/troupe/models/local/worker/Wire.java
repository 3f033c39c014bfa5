package dev.troupe.models.local.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON lines over a unix domain socket. Writing is thread-safe; one thread reads. */
public final class Wire implements Closeable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private final SocketChannel channel;
    private final BufferedReader reader;
    private final Writer writer;

    public Wire(SocketChannel channel) {
        this.channel = channel;
        this.reader =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        this.writer =
                new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
    }

    /** Sends one message. */
    public void send(Object message) throws IOException {
        String line = encode(message);
        synchronized (writer) {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        }
    }

    /** The next message, or null when the other side has gone. */
    public <T> @Nullable T receive(Class<T> type) throws IOException {
        String line = reader.readLine();
        return line == null ? null : MAPPER.readValue(line, type);
    }

    private static String encode(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of the protocol can always be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
