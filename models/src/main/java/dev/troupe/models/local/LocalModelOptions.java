package dev.troupe.models.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a local model is run.
 *
 * @param name as the team file and the catalogue call it
 * @param file the GGUF file
 * @param contextTokens the most tokens that prompt and answer may have together, 16 or more; memory grows with it
 * @param threads of the native library, 1 or more; as many as there are physical cores is best
 * @param batchTokens prompt tokens computed at a stretch: fewer let a cancellation free the model sooner, more are faster
 * @param queue how many requests may wait, 0 or more
 * @param loadTime how long loading may take
 * @param nativeFolder where the native library is unpacked, once per version
 * @param logFolder gets the process's output, which carries no prompts
 * @param keepAlive how long the process outlives its last user, for the next one; zero for a process of one's own
 */
public record LocalModelOptions(
        String name,
        Path file,
        int contextTokens,
        int threads,
        int batchTokens,
        int queue,
        Duration loadTime,
        Path nativeFolder,
        Path logFolder,
        Duration keepAlive) {
    private static final int DEFAULT_CONTEXT = 8192;
    private static final int DEFAULT_BATCH = 256;
    private static final int DEFAULT_QUEUE = 32;
    private static final Duration DEFAULT_LOAD_TIME = Duration.ofMinutes(2);

    public LocalModelOptions {
        require(contextTokens >= 16, "contextTokens", contextTokens, "16 or more");
        require(threads >= 1, "threads", threads, "1 or more");
        require(batchTokens >= 1, "batchTokens", batchTokens, "1 or more");
        require(queue >= 0, "queue", queue, "0 or more");
    }

    /**
     * Sensible values for this machine.
     *
     * @param modelContextTokens what the model was made for; at most 8,192 of it are used
     * @param cacheFolder the user's cache folder
     * @param environment tells the folder of the logs
     */
    public static LocalModelOptions of(
            String name, Path file, int modelContextTokens, Path cacheFolder, Map<String, String> environment) {
        return new LocalModelOptions(
                name,
                file,
                Math.min(modelContextTokens, DEFAULT_CONTEXT),
                PhysicalCores.count(),
                DEFAULT_BATCH,
                DEFAULT_QUEUE,
                DEFAULT_LOAD_TIME,
                cacheFolder.resolve("native"),
                logFolder(environment),
                Duration.ZERO);
    }

    public LocalModelOptions withContextTokens(int other) {
        return new LocalModelOptions(
                name, file, other, threads, batchTokens, queue, loadTime, nativeFolder, logFolder, keepAlive);
    }

    public LocalModelOptions withThreads(int other) {
        return new LocalModelOptions(
                name, file, contextTokens, other, batchTokens, queue, loadTime, nativeFolder, logFolder, keepAlive);
    }

    public LocalModelOptions withBatchTokens(int other) {
        return new LocalModelOptions(
                name, file, contextTokens, threads, other, queue, loadTime, nativeFolder, logFolder, keepAlive);
    }

    public LocalModelOptions withQueue(int other) {
        return new LocalModelOptions(
                name, file, contextTokens, threads, batchTokens, other, loadTime, nativeFolder, logFolder, keepAlive);
    }

    public LocalModelOptions withLogFolder(Path other) {
        return new LocalModelOptions(
                name, file, contextTokens, threads, batchTokens, queue, loadTime, nativeFolder, other, keepAlive);
    }

    public LocalModelOptions withKeepAlive(Duration other) {
        return new LocalModelOptions(
                name, file, contextTokens, threads, batchTokens, queue, loadTime, nativeFolder, logFolder, other);
    }

    private static Path logFolder(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base =
                state.startsWith("/") ? Path.of(state) : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("troupe").resolve("log");
    }

    private static void require(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
        }
    }
}
