package dev.troupe.tools.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.sandbox.Sandbox;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageSetTest {
    /** Small, without dependencies, and in no interpreter by itself. */
    private static final String SMALL = "iniconfig==2.0.0";

    @TempDir
    Path cache;

    private final PythonInterpreter python = PythonInterpreter.find("python3");
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private static CallContext context() {
        return CallContext.standalone(Duration.ofMinutes(5));
    }

    private PackageSet set(String... requirements) {
        return new PackageSet(python, List.of(requirements), cache);
    }

    @Test
    void install_aPackage_isThereForProgramsAndOnlyOnce() {
        Path folder = set(SMALL).install(told::add, context());
        int lines = told.size();
        Path again = set(" " + SMALL, SMALL).install(told::add, context());

        assertThat(again).isEqualTo(folder);
        assertThat(told).hasSize(lines).anyMatch(line -> line.contains("iniconfig"));
        assertThat(runWith(folder, "import iniconfig; print(iniconfig.__file__)")
                        .output())
                .isEqualTo("/packages/iniconfig/__init__.py\n");
        assertThat(runWith(folder, "open('/packages/x', 'w')").output()).contains("Read-only file system");
    }

    @Test
    void install_byTwoAtOnce_happensOnce() throws Exception {
        Callable<Path> install = () -> set(SMALL).install(told::add, context());
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Path>> folders = both.invokeAll(List.of(install, install));
            assertThat(folders.get(0).get()).isEqualTo(folders.get(1).get());
        }
        assertThat(told).filteredOn(line -> line.startsWith("installing ")).hasSize(1);
    }

    @Test
    void install_afterABreak_isDoneAgain() throws Exception {
        PackageSet set = set(SMALL);
        Path broken = Files.createDirectories(
                cache.resolve("python").resolve(set.folder().getFileName() + ".part7"));
        Files.writeString(broken.resolve("half.py"), "x = ");

        set.install(told::add, context());

        assertThat(broken).doesNotExist();
        assertThat(set.folder().resolve("iniconfig/__init__.py")).exists();
        assertThat(set.folder().resolve("half.py")).doesNotExist();
    }

    @Test
    void install_whatDoesNotExist_failsWithPipsLastWordsAndLeavesNothing() throws Exception {
        PackageSet set = set("iniconfig==999.0");

        assertThatThrownBy(() -> set.install(told::add, context()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE))
                .hasMessageContaining("tools.python.packages: pip could not install iniconfig==999.0")
                .hasMessageContaining("No matching distribution found");
        assertThat(set.isInstalled()).isFalse();
        try (var left = Files.list(cache.resolve("python"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void install_cancelled_endsPip() {
        CallContext context = context();

        assertThatThrownBy(
                        () -> set(SMALL).install(line -> context.cancellation().cancel("enough"), context))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(set(SMALL).isInstalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--index-url=http://x",
                "-r x",
                "../evil",
                "a @ http://x/a.whl",
                "git+https://x",
                "",
                "a;b",
                "a b"
            })
    void packageSet_whatIsNoRequirement_isRefused(String requirement) {
        assertThatThrownBy(() -> set(requirement))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID))
                .hasMessageStartingWith("tools.python.packages: " + requirement + " (expected: ");
    }

    @Test
    void folder_dependsOnTheSetAlone() {
        assertThat(set("b", "a>=1, <2").folder())
                .isEqualTo(set("a>=1, <2", "b", "b").folder());
        assertThat(set("a").folder()).isNotEqualTo(set("a==1").folder());
        assertThat(set("pandas[excel] ~= 2.1").folder()).isNotNull();
    }

    @Test
    @Tag("long")
    void install_pandasAndMatplotlib_drawAChart() {
        Path folder = set("pandas", "matplotlib").install(told::add, context());
        CodeResult result = runWith(folder, """
                import pandas as pd
                import matplotlib.pyplot as plt
                frame = pd.DataFrame({'a': [1, 2, 3]})
                frame.plot()
                plt.savefig('chart.png')
                print(frame.a.sum())
                """);

        assertThat(result.output()).isEqualTo("6\n");
        assertThat(result.artifacts()).extracting(Path::getFileName).containsExactly(Path.of("chart.png"));
    }

    private CodeResult runWith(Path folder, String source) {
        try (CodeExecutor executor = Sandbox.open(SandboxConfig.standard(cache).withPackages(folder))) {
            return executor.run(new CodeRequest("python", source, cache.resolve("work")), piece -> {}, context());
        }
    }
}
