package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.models.call.Secret;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import dev.troupe.tools.egress.SecretGrant;
import dev.troupe.tools.sandbox.SandboxConfig.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the programs of {@code hostile/} against the sandbox, on both mechanisms that hold limits: with all defences up
 * each is contained and the next program works; with all that it names down its attack succeeds, so that it is one; and
 * with all that it names down but one it is contained again, so that each of them does stop it.
 */
@Execution(ExecutionMode.CONCURRENT)
class HostileTest {
    private static final List<Hostile> ALL = Hostile.all();

    @TempDir
    Path folder;

    /** As many as tests run at the same time, and some. */
    private static final BlockingQueue<Neighbourhood> FREE = new LinkedBlockingQueue<>();

    private static final ReadWriteLock MACHINE = new ReentrantReadWriteLock();

    @BeforeAll
    static void open() throws IOException {
        for (int i = 0; i < 4; i++) {
            FREE.add(new Neighbourhood(i));
        }
    }

    @AfterAll
    static void close() throws IOException {
        for (Neighbourhood around : FREE) {
            around.close();
        }
    }

    @Test
    void suite_isComplete() {
        Set<Defence> named = EnumSet.noneOf(Defence.class);
        ALL.forEach(hostile -> named.addAll(hostile.defences()));

        assertThat(ALL).hasSizeGreaterThanOrEqualTo(40);
        assertThat(named).containsExactlyInAnyOrder(Defence.values());
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("onBothMechanisms")
    void hostile_allDefencesUp_isContained(Hostile hostile, Mechanism mechanism)
            throws IOException, InterruptedException {
        Scene.Outcome outcome = play("up", hostile, mechanism, EnumSet.allOf(Defence.class));

        assertThat(outcome.marks())
                .as("%s%n%s", hostile.tries(), outcome.attack())
                .isEmpty();
        assertThat(outcome.attack().end()).isNotEqualTo(CodeResult.End.UNPARSEABLE);
        assertThat(outcome.next().output()).isEqualTo("region,revenue\nnorth,7\n1\n");
        assertThat(outcome.next().succeeded()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("butForTcp")
    void hostile_whereHostsAreGranted_isContainedToo(Hostile hostile) throws IOException, InterruptedException {
        EgressConfig egress = new EgressConfig(
                List.of(new HostGrant("api.weather.test")),
                List.of(new SecretGrant("API_KEY", new Secret("the-real-key-5f2c9e"), Set.of("api.weather.test"))),
                Map.of(),
                EgressLimits.standard(),
                folder.resolve("egress"));
        Scene.Outcome outcome = play("granted", hostile, mechanisms().getFirst(), EnumSet.allOf(Defence.class), egress);

        assertThat(outcome.marks())
                .as("%s%n%s", hostile.tries(), outcome.attack())
                .isEmpty();
        assertThat(outcome.next().output()).isEqualTo("region,revenue\nnorth,7\n1\n");
    }

    /** TCP sockets are what the filter lets through there; where they lead is the namespace's business. */
    static List<Hostile> butForTcp() {
        return ALL.stream()
                .filter(hostile -> !hostile.toString().equals("socket_inet"))
                .toList();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("onBothMechanismsWhereTheyDiffer")
    void hostile_itsDefencesDown_succeedsAndEachAloneStopsIt(Hostile hostile, Mechanism mechanism)
            throws IOException, InterruptedException {
        assumeTrue(Bubblewrap.isRoot() || !hostile.needs("root"), "only root can take this defence away");
        assumeTrue(
                Bubblewrap.OTHER_ROOTS.stream().anyMatch(Neighbourhood.homes()::startsWith)
                        || !hostile.defences().contains(Defence.OWN_ROOT),
                "this user's home is where the sandbox has a folder of its own");
        Scene.Outcome without =
                play("down", hostile, mechanism, EnumSet.complementOf(EnumSet.copyOf(hostile.defences())));
        assumeTrue(without.breached() || !hostile.needs("kernel"), "this kernel refuses by itself");

        assertThat(without.breached())
                .as("%s%nwithout %s: %s", hostile.tries(), hostile.defences(), without.attack())
                .isTrue();
        if (hostile.defences().size() == 1) {
            return; // With its only defence up, all are, and that has been played.
        }
        for (Defence defence : hostile.defences()) {
            Set<Defence> up = EnumSet.complementOf(EnumSet.copyOf(hostile.defences()));
            up.add(defence);
            assertThat(play("with-" + defence, hostile, mechanism, up).marks())
                    .as("%s%nwith %s of %s", hostile.tries(), defence, hostile.defences())
                    .isEmpty();
        }
    }

    static List<Arguments> onBothMechanisms() {
        return ALL.stream()
                .flatMap(hostile -> mechanisms().stream().map(mechanism -> Arguments.of(hostile, mechanism)))
                .toList();
    }

    static List<Arguments> onBothMechanismsWhereTheyDiffer() {
        Set<Defence> differ = EnumSet.of(Defence.MEMORY_LIMIT, Defence.PROCESS_LIMIT);
        List<Arguments> arguments = new ArrayList<>();
        for (Hostile hostile : ALL) {
            boolean both = hostile.defences().stream().anyMatch(differ::contains);
            mechanisms().stream()
                    .limit(both ? 2 : 1)
                    .forEach(mechanism -> arguments.add(Arguments.of(hostile, mechanism)));
        }
        return arguments;
    }

    /** Both, where this machine lets us write a control group. */
    private static List<Mechanism> mechanisms() {
        return ControlGroups.find().isPresent()
                ? List.of(Mechanism.CONTROL_GROUP, Mechanism.WATCHER)
                : List.of(Mechanism.WATCHER);
    }

    private Scene.Outcome play(String name, Hostile hostile, Mechanism mechanism, Set<Defence> defences)
            throws IOException, InterruptedException {
        return play(name, hostile, mechanism, defences, null);
    }

    private Scene.Outcome play(
            String name, Hostile hostile, Mechanism mechanism, Set<Defence> defences, EgressConfig egress)
            throws IOException, InterruptedException {
        Lock lock = hostile.needsTheMachineAlone() ? MACHINE.writeLock() : MACHINE.readLock();
        lock.lock();
        Neighbourhood around = FREE.take();
        try {
            return new Scene(Files.createDirectory(folder.resolve(name)), around)
                    .play(hostile, mechanism, defences, egress);
        } finally {
            FREE.add(around);
            lock.unlock();
        }
    }
}
