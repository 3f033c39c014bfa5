package dev.troupe.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A model of three megabytes, a server that has it, and stores to keep it in. */
abstract class ModelStoreFixture {
    static final String NAME = "tiny";
    static final int SIZE = 3 << 20;
    static final Consumer<PullProgress> QUIET = progress -> {};

    @TempDir
    Path folder;

    final byte[] content = new byte[SIZE];
    final Map<String, String> environment = new HashMap<>(System.getenv());
    FileServer server;
    long free = Long.MAX_VALUE;

    @BeforeEach
    void start() throws Exception {
        new Random(11).nextBytes(content);
        server = new FileServer(content);
        server.sha256 = sha256(content);
        environment.put("HF_ENDPOINT", server.address() + "/");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    ModelSource url() {
        return new ModelSource.Url(URI.create(server.fileAddress()));
    }

    ModelStore store(ModelSource... sources) {
        CatalogueModel model = new CatalogueModel(
                NAME,
                List.of("tiny-alias"),
                "a test's",
                "Apache-2.0",
                "https://example.com",
                SIZE,
                sha256(content),
                128,
                CatalogueModel.GGUF,
                List.of(sources));
        return new ModelStore(
                folder.resolve("models"),
                new ModelCatalogue(List.of(model)),
                environment,
                path -> free,
                Duration.ofMillis(500));
    }

    void assertNothingPartial() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".partial") || name.endsWith(".tmp"));
        }
    }

    static void assertUnavailable(ModelStore store, String reason) {
        assertThatThrownBy(() -> store.pull(NAME, QUIET, context()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                    assertThat(e).hasMessageStartingWith("model tiny: no source gave it: ");
                    assertThat(e).hasMessageContaining(reason);
                    assertThat(e.hint()).contains("./troupe models pull tiny");
                });
    }

    static void assertDamaged(ModelStore store) {
        assertThatThrownBy(() -> store.path(NAME, context())).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
            assertThat(e).hasMessageStartingWith("model tiny: its file is damaged: ");
            assertThat(e.hint()).isEqualTo("./troupe models pull tiny");
        });
    }

    static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    static CallContext context() {
        return CallContext.standalone(Duration.ofSeconds(60));
    }
}
