package dev.troupe.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The store itself: what it holds, what it finds damaged, and several that want the same. */
class ModelStoreTest extends ModelStoreFixture {
    @Test
    void pull_diskTooSmall_isAStorageErrorBeforeAByteIsFetched() {
        free = 1 << 20;

        assertThatThrownBy(() -> store(url()).pull(NAME, QUIET, context()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
                    assertThat(e).hasMessageMatching("disk of .*: 1.0 MiB free \\(expected: at least 67.0 MiB\\)");
                });
        assertThat(server.requests).isEmpty();
    }

    @Test
    void path_notInstalled_isUnavailableWithTheMend() {
        assertThatThrownBy(() -> store(url()).path(NAME, context()))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                    assertThat(e).hasMessage("model tiny: not installed");
                    assertThat(e.hint()).isEqualTo("./troupe models pull tiny");
                });
    }

    @Test
    void path_truncatedFile_isUnavailableAndPullMendsIt() throws Exception {
        ModelStore store = store(url());
        Path file = store.pull(NAME, QUIET, context());
        Files.write(file, Arrays.copyOf(content, 99));

        assertThat(store.look(NAME).state()).isEqualTo(StoredModel.State.DAMAGED);
        assertDamaged(store);
        store.pull(NAME, QUIET, context());
        assertThat(store.path(NAME, context())).hasBinaryContent(content);
    }

    @Test
    void path_oneBitChanged_isUnavailableAndPullMendsIt() throws Exception {
        ModelStore store = store(url());
        Path file = store.pull(NAME, QUIET, context());
        byte[] damaged = content.clone();
        damaged[SIZE / 2] ^= 1;
        Files.write(file, damaged, StandardOpenOption.TRUNCATE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(store.verify(NAME, QUIET, context()).state()).isEqualTo(StoredModel.State.DAMAGED);
        assertDamaged(store);
        store.pull(NAME, QUIET, context());
        assertThat(store.verify(NAME, QUIET, context()).state()).isEqualTo(StoredModel.State.INSTALLED);
    }

    @Test
    void remove_installed_leavesNothing() {
        ModelStore store = store(url());
        store.pull(NAME, QUIET, context());

        assertThat(store.remove(NAME, context())).isTrue();
        assertThat(store.remove(NAME, context())).isFalse();
        assertThat(store.list()).extracting(StoredModel::state).containsExactly(StoredModel.State.ABSENT);
    }

    @Test
    void find_unknownName_saysWhatWasProbablyMeant() {
        assertThatThrownBy(() -> ModelCatalogue.builtIn().find("qwen2.5-code-1.5b"))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e.hint()).isEqualTo("did you mean qwen2.5-coder-1.5b-instruct?");
                });
    }

    @Test
    void builtIn_everyModel_isWholeByItsParts() {
        for (CatalogueModel model : ModelCatalogue.builtIn().models()) {
            for (ModelSource source : model.sources()) {
                if (source instanceof ModelSource.PythonPackage packages) {
                    assertThat(packages.parts().stream()
                                    .mapToLong(ModelSource.Part::size)
                                    .sum())
                            .isEqualTo(model.size());
                }
            }
        }
    }

    @Test
    void pull_anotherProcessPullsTheSame_waitsAndTakesItsResult() throws Exception {
        ModelStore store = store(url());
        Files.createDirectories(folder.resolve("models"));
        Process holder = LockHolder.start(folder.resolve("models/.tiny.lock"));
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("locked");
            CompletableFuture<PullProgress> waiting = new CompletableFuture<>();
            CompletableFuture<Path> pulled = CompletableFuture.supplyAsync(
                    () -> store.pull(NAME, waiting::complete, context()), Thread::startVirtualThread);
            assertThat(waiting.get(20, TimeUnit.SECONDS).stage()).isEqualTo(PullProgress.Stage.WAITING);
            assertThat(server.requests).isEmpty();
            // What the other process would have left behind when it gives the lock back.
            Files.write(store.look(NAME).path(), content);

            holder.outputWriter().close();

            assertThat(pulled.get(20, TimeUnit.SECONDS)).hasBinaryContent(content);
            assertThat(server.requests).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void pull_twoThreadsAtOnce_fetchOnce() throws Exception {
        ModelStore store = store(url());
        CompletableFuture<Path> one =
                CompletableFuture.supplyAsync(() -> store.pull(NAME, QUIET, context()), Thread::startVirtualThread);

        Path two = store.pull(NAME, QUIET, context());

        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(two).hasBinaryContent(content);
        assertThat(server.requests).containsExactly("file null");
    }
}
