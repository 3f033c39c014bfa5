package dev.troupe.runtime.cli;

import dev.troupe.models.call.Cancellation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What Ctrl-C (or SIGTERM, SIGHUP) does: it cancels the command, leaves it a moment to end what it started, and ends the
 * process in any case. The exit code is 128 plus the signal, as shells expect: 130 for Ctrl-C.
 *
 * <p>Signals are taken before the JVM does. Its own way is to run all shutdown hooks at once while the command still
 * works, and one of them is ONNX Runtime's, which frees what the command is using.
 */
final class Interrupts {
    /** Under the two seconds that a person is asked to wait. */
    private static final Duration GRACE = Duration.ofMillis(1200);

    /** 128 plus the signal. */
    private static final int CTRL_C = 130;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Runnable lastWord = () -> {};
    private volatile BooleanSupplier taker = () -> false;
    /** 0 while there was none. */
    private volatile int signalled;

    private Interrupts() {}

    static Interrupts install() {
        Interrupts interrupts = new Interrupts();
        interrupts.handle("INT", CTRL_C);
        interrupts.handle("TERM", 143);
        interrupts.handle("HUP", 129);
        return interrupts;
    }

    /** The process's own; every call of a model or a tool gets it. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** What to do before the process is ended although its command has not come to its end. */
    void whenStuck(Runnable action) {
        lastWord = action;
    }

    /** Ctrl-C is this one's first: when it says that it has taken it, nothing ends. */
    void offeredTo(BooleanSupplier other) {
        taker = other;
    }

    /** Ends the process; with the signal's code when one came. */
    void exit(int code) {
        ended.countDown();
        System.exit(signalled == 0 ? code : signalled);
    }

    /**
     * By reflection: the class is in every JDK (module {@code jdk.unsupported}), but the compiler's warning of it cannot
     * be silenced. A signal that the parent had this process ignore stays ignored; the class sees to that.
     */
    private void handle(String signal, int exitCode) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> answer(method, proxy, arguments, exitCode));
            type.getMethod("handle", type, handlerType)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
        } catch (InvocationTargetException e) {
            // Signals are left to the JVM (-Xrs): it ends the process, only less tidily.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every JDK has sun.misc.Signal", e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // that is what equals of a proxy without a state means
    private Object answer(Method method, Object proxy, Object[] arguments, int exitCode) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "interrupt";
            default -> {
                interrupt(exitCode);
                yield Void.TYPE;
            }
        };
    }

    /** On the JVM's thread for signals, a new one for each. */
    private void interrupt(int exitCode) {
        if (signalled != 0 || (exitCode == CTRL_C && taker.getAsBoolean())) {
            return;
        }
        signalled = exitCode;
        Thread.ofPlatform().daemon().name("interrupt").start(() -> endInTime(exitCode));
        cancellation.cancel("interrupted");
    }

    private void endInTime(int exitCode) {
        long end = System.nanoTime() + GRACE.toNanos();
        boolean inTime = false;
        try {
            inTime = ended.await(GRACE.toNanos(), TimeUnit.NANOSECONDS);
            // What follows the command's end, the JVM's shutdown hooks, has what is left of the time.
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            lastWord.run();
        }
        // What the command could not end any more must not outlive it.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(exitCode);
    }
}
