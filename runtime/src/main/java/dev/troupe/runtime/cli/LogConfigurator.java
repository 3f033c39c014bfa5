package dev.troupe.runtime.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets Logback up in code, which starts faster than XML. Logback finds it as a service when the first logger is asked
 * for. Several processes may write to one file (prudent mode).
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final int DAYS_KEPT = 7;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileSize MOST = FileSize.valueOf("100MB");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        String folder = System.getProperty(Logs.FOLDER_PROPERTY);
        if (folder == null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        makePrivate(Path.of(folder));
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(file(context, folder));
        // Its warnings quote requests.
        context.getLogger("org.littleshoot").setLevel(Level.ERROR);
        // A proxy that is closed for good does not wait for its last listeners.
        context.getLogger("io.netty.util.concurrent.DefaultPromise.rejectedExecution")
                .setLevel(Level.OFF);
        context.getLogger("dev.troupe").setLevel(Level.INFO);
        context.getLogger(Logs.PROMPTS).setLevel(Boolean.getBoolean(Logs.PROMPTS_PROPERTY) ? Level.DEBUG : Level.OFF);
        // Lucene logs through the JDK's own logger, which would print to the screen.
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Prompts may be in there. Where it cannot be made, there is no log, and the command works all the same. */
    private void makePrivate(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (IOException | UnsupportedOperationException e) {
            addWarn("no log folder " + folder, e);
        }
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, String folder) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setPrudent(true);
        TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(folder + "/troupe-%d{yyyy-MM-dd}.log");
        policy.setMaxHistory(DAYS_KEPT);
        policy.setTotalSizeCap(MOST);
        policy.start();
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.start();
        file.setRollingPolicy(policy);
        file.setEncoder(encoder);
        file.start();
        return file;
    }
}
