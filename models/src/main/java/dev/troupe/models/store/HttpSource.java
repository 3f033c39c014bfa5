package dev.troupe.models.store;

import dev.troupe.models.call.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fetches one file over HTTP, following redirects, and goes on where it stopped: a broken connection is taken up again
 * with a {@code Range}, guarded by {@code If-Range} so that a file that changed meanwhile is begun anew.
 */
final class HttpSource {
    /** An unreachable hub must not keep an offline machine from its next source. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final Duration HEADERS = Duration.ofSeconds(30);
    private static final int FRUITLESS_ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 250;

    private final Duration silence;

    /** @param silence how long a connection may bring nothing before it is given up */
    HttpSource(Duration silence) {
        this.silence = silence;
    }

    void fetch(URI address, Pull pull) throws IOException {
        Files.createDirectories(pull.folder());
        pull.requireSpace(pull.model().size() - present(pull));
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            int fruitless = 0;
            while (present(pull) < pull.model().size()) {
                long before = present(pull);
                try {
                    request(client, address, pull);
                } catch (BrokenOff e) {
                    fruitless = present(pull) > before ? 0 : fruitless + 1;
                    if (fruitless >= FRUITLESS_ATTEMPTS || e.lasting) {
                        throw e;
                    }
                    long pause = FIRST_PAUSE_MILLIS << fruitless;
                    pull.pause(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
                }
            }
        }
    }

    private void request(HttpClient client, URI address, Pull pull) throws IOException {
        long have = present(pull);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(HEADERS).header("User-Agent", "troupe");
        Optional<String> validator = validator(pull);
        if (have > 0 && validator.isPresent()) {
            request.header("Range", "bytes=" + have + "-").header("If-Range", validator.get());
        }
        HttpResponse<InputStream> response = send(client, request.build());
        try (InputStream body = response.body()) {
            boolean goesOn = response.statusCode() == 206 && startsAt(response, have);
            if (response.statusCode() != 200 && !goesOn) {
                throw refused(response, pull);
            }
            checkLength(response, goesOn ? have : 0, pull);
            response.headers()
                    .firstValue("ETag")
                    .filter(tag -> !tag.startsWith("W/"))
                    .ifPresentOrElse(tag -> remember(pull, tag), () -> forget(pull));
            receive(body, pull, goesOn);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (java.net.http.HttpConnectTimeoutException | java.net.ConnectException e) {
            throw new BrokenOff("no connection to " + request.uri().getHost(), true, e);
        } catch (IOException e) {
            throw new BrokenOff(String.valueOf(e.getMessage()), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenOff("interrupted", true, e);
        }
    }

    private void receive(InputStream body, Pull pull, boolean append) throws IOException {
        long[] done = {append ? present(pull) : 0};
        try (Watch watch = new Watch(body, silence);
                Cancellation.Registration ignored =
                        pull.context().cancellation().onCancel(watch::close);
                OutputStream out = append
                        ? Files.newOutputStream(pull.whole(), StandardOpenOption.APPEND)
                        : Files.newOutputStream(pull.whole())) {
            byte[] buffer = new byte[1 << 16];
            while (true) {
                int read = readOrBreak(body, buffer, pull);
                if (read < 0) {
                    break;
                }
                watch.alive();
                out.write(buffer, 0, read);
                done[0] += read;
                if (done[0] > pull.model().size()) {
                    throw new BrokenOff("longer than the " + pull.model().size() + " bytes expected", true, null);
                }
                pull.report(
                        PullProgress.Stage.DOWNLOADING, done[0], pull.model().size());
            }
        }
        if (done[0] < pull.model().size()) {
            throw new BrokenOff("ended at " + done[0] + " of " + pull.model().size() + " bytes", false, null);
        }
    }

    /** Reading errors come from the connection and are worth another attempt; writing errors are the disk's. */
    private static int readOrBreak(InputStream body, byte[] buffer, Pull pull) throws BrokenOff {
        try {
            int read = body.read(buffer);
            pull.context().check();
            return read;
        } catch (IOException e) {
            pull.context().check();
            throw new BrokenOff("connection broken: " + e.getMessage(), false, e);
        }
    }

    /** The hub tells the length, and the SHA-256 of large files, before a byte is sent: a wrong file ends here. */
    private static void checkLength(HttpResponse<?> response, long offset, Pull pull) throws BrokenOff {
        CatalogueModel model = pull.model();
        String linked = response.previousResponse()
                .flatMap(earlier -> earlier.headers().firstValue("X-Linked-Etag"))
                .orElse("")
                .replace("\"", "");
        if (linked.matches("[0-9a-f]{64}") && !linked.equals(model.sha256())) {
            throw new BrokenOff("another file: SHA-256 " + linked + " (expected: " + model.sha256() + ")", true, null);
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(model.size() - offset);
        if (offset + length != model.size()) {
            throw new BrokenOff(
                    "another file: %d bytes (expected: %d)".formatted(offset + length, model.size()), true, null);
        }
    }

    private static BrokenOff refused(HttpResponse<?> response, Pull pull) throws IOException {
        int status = response.statusCode();
        if (status == 206 || status == 416) {
            // What is here does not fit what the server has: begin anew.
            Files.deleteIfExists(pull.whole());
            forget(pull);
            return new BrokenOff("HTTP " + status + " for a range", false, null);
        }
        boolean passing = status == 408 || status == 429 || status >= 500;
        return new BrokenOff("HTTP " + status + " from " + response.uri().getHost(), !passing, null);
    }

    private static boolean startsAt(HttpResponse<?> response, long offset) {
        return response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
    }

    private static long present(Pull pull) throws IOException {
        return Files.exists(pull.whole()) ? Files.size(pull.whole()) : 0;
    }

    private static Path validatorFile(Pull pull) {
        return pull.folder().resolve("etag");
    }

    private static Optional<String> validator(Pull pull) throws IOException {
        return Files.exists(validatorFile(pull))
                ? Optional.of(Files.readString(validatorFile(pull)))
                : Optional.empty();
    }

    private static void remember(Pull pull, String tag) {
        try {
            Files.writeString(validatorFile(pull), tag);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void forget(Pull pull) {
        try {
            Files.deleteIfExists(validatorFile(pull));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** An attempt that brought no whole file. */
    static final class BrokenOff extends IOException {
        private final boolean lasting;

        BrokenOff(String message, boolean lasting, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
            this.lasting = lasting;
        }
    }

    /** Closes a body that has been silent for too long, since a blocked read has no time-out of its own. */
    private static final class Watch implements AutoCloseable {
        private final InputStream body;
        private final Thread thread;
        private volatile long lastNanos = System.nanoTime();

        Watch(InputStream body, Duration silence) {
            this.body = body;
            this.thread = Thread.ofVirtual().start(() -> watch(silence.toNanos()));
        }

        void alive() {
            lastNanos = System.nanoTime();
        }

        private void watch(long silenceNanos) {
            long left = silenceNanos;
            while (left > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                left = silenceNanos - (System.nanoTime() - lastNanos);
            }
            closeBody();
        }

        private void closeBody() {
            try {
                body.close();
            } catch (IOException e) {
                // Closing only serves to wake the reader.
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            closeBody();
        }
    }
}
