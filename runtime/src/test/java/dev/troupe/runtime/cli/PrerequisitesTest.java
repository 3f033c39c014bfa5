package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the launcher does where something is missing. */
@Timeout(60)
class PrerequisitesTest extends LauncherFixture {
    @Test
    void newestJdk_isFound_olderOnesAreNot() throws Exception {
        jdk("17.0.15");
        jdk("25.0.1");
        jdk("21.0.9");
        everything();
        assertThat(run("version").output()).contains("jdk: 25.0.1\n");
    }

    @Test
    void javaHome_comesFirst_unlessItIsTooOld() throws Exception {
        Path wanted = jdk("21.0.9");
        Path old = jdk("17.0.15");
        jdk("25.0.1");
        everything();
        ProcessBuilder builder = builder(home.resolve("troupe"), home, "version");
        builder.environment().put("JAVA_HOME", wanted.toString());
        assertThat(ended(builder.start()).output()).contains("jdk: 21.0.9\n");
        builder.environment().put("JAVA_HOME", old.toString());
        assertThat(ended(builder.start()).output()).contains("jdk: 25.0.1\n");
    }

    @Test
    void noJdk_notRoot_getsTheOneCommand() throws Exception {
        jdk("17.0.15");
        maven();
        packages("openjdk-21-jdk-headless");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output())
                .contains("error: no JDK of 21 or newer was found")
                .contains("hint: run: sudo apt-get install -y --no-install-recommends openjdk-21-jdk-headless\n");
        assertThat(calls("apt-get")).isEmpty();
    }

    @Test
    void noJdk_notInTheDistribution_getsTheArchive() throws Exception {
        maven();
        packages("maven");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("hint: run: mkdir -p ~/.local/share/jdk/21 && curl -fsSL https://");
    }

    @Test
    void noMaven_onFedora_getsItsCommand() throws Exception {
        jdk("21.0.9");
        user("dnf", "exit 1");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("error: Maven was not found\nhint: run: sudo dnf install -y maven\n");
    }

    @Test
    void noMaven_noPackageManager_stillEndsPlainly() throws Exception {
        jdk("21.0.9");
        Ended ended = run("version");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.output()).contains("error: Maven was not found\nhint: install Maven\n");
    }

    @Test
    void root_onDebian_installsWhatIsMissing() throws Exception {
        jdk("21.0.9");
        maven();
        Files.move(bin.resolve("mvn"), folder.resolve("packaged-mvn"));
        packages("maven", "bubblewrap", "python3", "python3-pip", "libgomp1");
        user("id", "echo 0");
        user("apt-get", "mv '" + folder.resolve("packaged-mvn") + "' '" + bin.resolve("mvn") + "' 2>/dev/null; exit 0");
        Ended ended = run("version");
        assertThat(ended.output()).contains("Installing maven python3 python3-pip bubblewrap libgomp1", "[version]");
        assertThat(calls("apt-get"))
                .anySatisfy(call -> assertThat(call)
                        .contains("install -y --no-install-recommends maven python3 python3-pip bubblewrap libgomp1"));
    }

    @Test
    void noPythonAndNoSandbox_areWarnedOf_andTheRestWorks() throws Exception {
        jdk("21.0.9");
        maven();
        packages("python3", "python3-pip", "bubblewrap");
        Ended ended = run("version");
        assertThat(ended.output())
                .contains("warning: Python 3 with pip was not found", "--no-install-recommends python3 python3-pip\n")
                .contains("warning: bubblewrap was not found", "[version]");
    }

    @Test
    void noOpenMp_notRoot_isWarnedOf_withTheOneCommand() throws Exception {
        jdk("21.0.9");
        everything();
        packages("libgomp1");
        Files.delete(libraries.resolve("x86_64-linux-gnu/libgomp.so.1"));
        assertThat(run("version").output())
                .contains("warning: libgomp.so.1 was not found; no local model can be run;"
                        + " run: sudo apt-get install -y --no-install-recommends libgomp1\n")
                .contains("[version]");
    }
}
