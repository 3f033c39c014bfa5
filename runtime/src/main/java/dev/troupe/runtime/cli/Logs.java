package dev.troupe.runtime.cli;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Where log lines go: one file a day, JSON lines, nothing on the screen. Prompts are logged through the logger
 * {@value #PROMPTS} and nowhere else, so that they are left out unless asked for.
 */
public final class Logs {
    /** The name of the only logger that may be given prompts, answers, code and its output. */
    public static final String PROMPTS = "dev.troupe.prompts";

    static final String FOLDER_PROPERTY = "troupe.log.folder";
    static final String PROMPTS_PROPERTY = "troupe.log.prompts";

    private Logs() {}

    /**
     * Says where the log goes. Costs nothing: the log is opened by the first line.
     *
     * @param prompts whether prompts are written too
     */
    static void configure(Path folder, boolean prompts) {
        System.setProperty(FOLDER_PROPERTY, folder.toString());
        System.setProperty(PROMPTS_PROPERTY, Boolean.toString(prompts));
    }

    /** Today's file in {@code folder}. */
    static Path file(Path folder) {
        return folder.resolve("troupe-" + LocalDate.now(java.time.ZoneId.systemDefault()) + ".log");
    }
}
