package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.Money;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.MachineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.in(folder)
                .with("TROUPE_CONFIG", folder.resolve("troupe.conf").toString())
                .run(arguments);
    }

    @Test
    void add_printsTheKeyOnce_andKeepsItsHashOnly() throws IOException {
        Path file = Files.writeString(
                folder.resolve("troupe.conf"), "# mine\negress.hosts { \"a.test\" = \"http://127.0.0.1:1\" }");
        CommandLineRun added = run(
                "keys", "add", "reports", "--agent", "analyst", "--per-minute", "60", "--budget", "5 USD", "--json");
        assertThat(added.exitCode()).as(added.err()).isZero();
        String key = added.json().get("key").asText();
        assertThat(key).matches("tr-[A-Za-z0-9_-]{43}");
        assertThat(file).content().startsWith("# mine\negress.hosts").doesNotContain(key);
        assertThat(run("keys", "add", "ops", "--metrics").out()).matches("tr-[A-Za-z0-9_-]{43}\n");

        MachineConfig machine = MachineConfig.read(file, Map.of());
        assertThat(machine.hosts()).containsKey("a.test");
        assertThat(machine.keys())
                .hasSize(2)
                .last()
                .isEqualTo(new AccessKey(
                        "reports", AccessKey.hash(key), List.of("analyst"), 60, Money.parse("5 USD"), false));
        assertThat(run("keys", "list").out())
                .contains("reports", "analyst", "60", "$5.0000", "ops", "yes")
                .doesNotContain("tr-");
        assertThat(run("keys", "list", "--json").json().at("/keys/1/budget_usd").asText())
                .isEqualTo("5.000000000000");
    }

    @Test
    void add_makesAFileThatOnlyItsOwnerReads() throws IOException {
        assertThat(run("keys", "list").err()).contains("does not exist");
        CommandLineRun added = CommandLineRun.in(folder)
                .with("XDG_CONFIG_HOME", folder.toString())
                .run("keys", "add", "a");
        assertThat(added.exitCode()).as(added.err()).isZero();
        Path file = folder.resolve("troupe/troupe.conf");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void add_refusesWhatIsNoName_orThereAlready() throws IOException {
        Files.createFile(folder.resolve("troupe.conf"));
        for (String name : List.of("local", "a b", "../x", "", "x".repeat(41))) {
            CommandLineRun run = run("keys", "add", "--", name);
            assertThat(run.exitCode()).as(name).isEqualTo(4);
            assertThat(run.err()).contains("(expected: up to 40 letters, digits, - and _, not local)");
        }
        assertThat(run("keys", "add", "a").exitCode()).isZero();
        assertThat(run("keys", "add", "a").err()).contains("name: a (expected: one that has no key yet)");
        assertThat(run("keys", "add", "b", "--per-minute", "0").err())
                .contains("--per-minute: 0 (expected: 1 or more)");
        assertThat(run("keys", "add", "b", "--budget", "much").exitCode()).isEqualTo(4);
    }

    @Test
    void keysInTheFile_areReadStrictly() throws IOException {
        Files.writeString(folder.resolve("troupe.conf"), """
                serve.keys {
                  one { hash = xyz }
                  two { hash = "%s", agents = [], rate = 5 }
                  local { hash = "%s", per-minute = 0, budget = lots, metrics = maybe }
                }
                serve.port = 8080
                """.formatted("a".repeat(64), "b".repeat(64)));
        assertThat(run("keys", "list").err())
                .contains(
                        "line 2: serve.keys.one.hash: no hash (expected: 64 hexadecimal digits",
                        "line 3: serve.keys.two.agents: no list of names",
                        "line 3: unknown key serve.keys.two.rate (expected: serve.keys.two.hash,",
                        "line 4: serve.keys.local: no name of a key",
                        "line 4: serve.keys.local.per-minute: 0 (expected: 1 or more)",
                        "line 4: serve.keys.local.budget: lots (expected: an amount such as 5 USD)",
                        "line 4: serve.keys.local.metrics: maybe (expected: true or false)",
                        "line 6: unknown key serve.port (expected: serve.keys, serve.tls, serve.cors)");
    }
}
