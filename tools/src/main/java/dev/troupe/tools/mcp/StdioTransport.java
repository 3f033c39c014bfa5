package dev.troupe.tools.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Messages, a line each, to and from a process. The SDK's own reads lines of any length and as many as come; here a line
 * that is too long, or too many messages that nobody asked for, end the process. Writing never blocks a caller.
 */
final class StdioTransport implements McpClientTransport {
    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);
    private static final int LONGEST_LINE = 4 << 20;
    private static final int WAITING = 64;

    private final String name;
    private final Process process;
    private final McpJsonMapper json;
    private final BlockingQueue<byte[]> due = new ArrayBlockingQueue<>(WAITING);
    private final Tail errors = new Tail();
    private final Flood flood = new Flood();
    private final CompletableFuture<String> death = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param process fresh; ended by {@link #closeGracefully}, and by what it does wrong */
    StdioTransport(String name, Process process, McpJsonMapper json) {
        this.name = name;
        this.process = process;
        this.json = json;
        thread("errors", () -> errors.drain(process.getErrorStream()));
    }

    /** Completes with why when the process is no more. */
    CompletableFuture<String> death() {
        return death;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            thread("output", () -> read(handler));
            thread("input", this::write);
        });
    }

    private void read(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        String why = "it ended";
        try (BoundedLines lines = new BoundedLines(process.getInputStream(), LONGEST_LINE)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    take(line, handler);
                }
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            die(why);
        }
    }

    private void take(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) throws IOException {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (IOException | RuntimeException e) {
            // Many print what belongs to their log.
            flood.unasked();
            return;
        }
        if (!(message instanceof McpSchema.JSONRPCResponse)) {
            flood.unasked();
        }
        handler.apply(Mono.just(message))
                .subscribe(handled -> {}, error -> LOG.debug("mcp {}: a message could not be handled", name, error));
    }

    private void write() {
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
            while (!closed.get()) {
                byte[] message = due.take();
                out.write(message);
                out.write('\n');
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("mcp {}: it does not read any more", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (death.isDone()) {
                throw new IllegalStateException("mcp " + name + ": " + death.join());
            }
            try {
                // A message is one line: JSON has no line breaks unless it is made to.
                if (!due.offer(json.writeValueAsString(message).getBytes(StandardCharsets.UTF_8))) {
                    throw new IllegalStateException(
                            "mcp " + name + ": " + WAITING + " messages wait to be read (expected: fewer)");
                }
            } catch (IOException e) {
                throw new IllegalStateException("mcp " + name + ": a message cannot be written", e);
            }
        });
    }

    private void die(String why) {
        process.destroyForcibly();
        String last = errors.text();
        death.complete(why + (last.isEmpty() ? "" : "; its last words: " + last));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Its readers end with it.
            process.destroyForcibly();
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    private void thread(String what, Runnable work) {
        Thread thread =
                Thread.ofPlatform().daemon().name("mcp-" + name + "-" + what).unstarted(work);
        if (what.equals("input")) {
            // It waits for messages, and nothing else would wake it.
            CompletableFuture<String> unused = death.whenComplete((why, nothing) -> thread.interrupt());
        }
        thread.start();
    }
}
