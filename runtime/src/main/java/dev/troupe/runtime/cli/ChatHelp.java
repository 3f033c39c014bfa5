package dev.troupe.runtime.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a conversation can be told besides questions. */
final class ChatHelp {
    /** By their names, without the slash. */
    static final Map<String, String> COMMANDS = commands();

    private ChatHelp() {}

    private static Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("help", "this list");
        commands.put("undo", "takes the last question and its answer back");
        commands.put("retry", "asks the last question again; its answer is taken back");
        commands.put("good", "the last answer is right");
        commands.put("bad", "[<reason>]  the last answer is wrong");
        commands.put("receipt", "what the last answer cost");
        commands.put("files", "the files of this conversation");
        commands.put("export", "[<file>]  writes the conversation as Markdown; - prints it");
        commands.put("quit", "leaves; so does Ctrl-D");
        return commands;
    }

    static String text(Style style) {
        StringBuilder text = new StringBuilder();
        COMMANDS.forEach((name, what) -> text.append("  ")
                .append(style.cyan("/" + name))
                .append(" ".repeat(10 - name.length()))
                .append(what)
                .append('\n'));
        return text.append("  A line that ends with \\ goes on in the next; so does one after Alt-Enter.\n")
                .append("  Ctrl-C stops an answer.\n")
                .toString();
    }
}
