package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceTest {
    /** Says who it is and has a child. */
    private static final String HOLDS_ON =
            "sleep 300 & echo $! > child; echo $$ > own; echo listening, READY now; wait";

    @TempDir
    private Path folder;

    private String in(String command) {
        return "cd '" + folder + "'; " + command;
    }

    private Service start(String command) {
        return Service.start(
                in(command),
                Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"),
                folder.resolve("service.log"),
                CallContext.standalone(Duration.ofSeconds(20)));
    }

    /** One that has ended and that nobody has asked for its exit code runs no more. */
    private boolean runs(String name) {
        try {
            String id = Files.readString(folder.resolve(name)).strip();
            String status = Files.readString(Path.of("/proc", id, "stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("in time").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void service_closed_isGoneWithItsChildren() {
        try (Service service = start("echo $GREETING > greeting; echo to the log >&2; " + HOLDS_ON)) {
            assertThat(runs("own")).isTrue();
            assertThat(runs("child")).isTrue();
            assertThat(service.ended().isCancelled()).isFalse();
        }
        assertThat(runs("own")).isFalse();
        assertThat(runs("child")).isFalse();
        assertThat(folder.resolve("greeting")).hasContent("hello");
        assertThat(folder.resolve("service.log")).hasContent("to the log");
    }

    @Test
    void service_deafToBeingAsked_isMadeToEnd() {
        start("trap '' TERM; " + HOLDS_ON).close();
        assertThat(runs("own")).isFalse();
        assertThat(runs("child")).isFalse();
    }

    @Test
    void service_endsBeforeItIsReady_saysWhatItSaid() {
        assertThatThrownBy(() -> start("echo port 8080 is taken; exit 3"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessage("--service: " + in("echo port 8080 is taken; exit 3")
                        + " has ended (expected: a line with \"ready\" first); it said: port 8080 is taken");
    }

    @Test
    void service_neverReady_isEnded() {
        String command = in(HOLDS_ON.replace("READY", "not"));
        assertThatThrownBy(() -> Service.start(
                        command, System.getenv(), folder.resolve("log"), CallContext.standalone(Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(runs("child")).isFalse();
    }

    @Test
    void service_cancelledWhileItIsWaitedFor_isEnded() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("interrupted");
        CallContext context = new CallContext("-", "local", Deadline.after(Duration.ofSeconds(20)), cancellation);
        assertThatThrownBy(() -> Service.start("sleep 300", System.getenv(), folder.resolve("log"), context))
                .hasMessage("cancelled: interrupted");
    }

    @Test
    void service_endsByItself_isTold() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        try (Service service = start("echo ready; read line < go");
                Cancellation.Registration ignored = service.ended().onCancel(told::countDown)) {
            // There is no such file: it ends at once.
            assertThat(told.await(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void service_whoseOwnerIsKilled_ends() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        in(HOLDS_ON),
                        folder.resolve("log").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(owner.inputReader().readLine()).isEqualTo("started");
        assertThat(runs("child")).isTrue();
        owner.destroyForcibly().waitFor();
        await(() -> !runs("own") && !runs("child"));
    }

    /** Starts a service and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws InterruptedException {
            Service.start(
                    arguments[0],
                    System.getenv(),
                    Path.of(arguments[1]),
                    CallContext.standalone(Duration.ofSeconds(20)));
            System.out.println("started");
            new CountDownLatch(1).await();
        }
    }
}
