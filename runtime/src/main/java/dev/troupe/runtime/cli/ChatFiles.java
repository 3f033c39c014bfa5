package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TeamHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A conversation's files: those that its programs wrote, and what is written of it. */
final class ChatFiles {
    private final Invocation invocation;
    private final TeamHost host;
    private final String team;
    private final String conversation;

    ChatFiles(Invocation invocation, TeamHost host, String team, String conversation) {
        this.invocation = invocation;
        this.host = host;
        this.team = team;
        this.conversation = conversation;
    }

    /** Prints the files of the work folder with their sizes. Links are named, never followed. */
    void list() {
        Path folder = host.workFolder(conversation);
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                invocation.err().println("no files yet in " + folder);
                return;
            }
            invocation.err().println(folder + ":");
            for (Path file : files) {
                String name = SafeText.firstLine(folder.relativize(file).toString());
                String size = Files.isSymbolicLink(file) ? "link" : Amounts.bytes(Files.size(file));
                invocation.err().println("  " + name + "  " + size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all turns as Markdown into a new file, or on standard output for {@code -}. */
    void export(String named) {
        String text = markdown();
        if (named.equals("-")) {
            invocation.out().print(invocation.terminal().outIsTerminal() ? SafeText.of(text) : text);
            invocation.out().flush();
            return;
        }
        String name = named.isEmpty()
                ? "conversation-" + ReceiptText.shortId(conversation).replace("…", "") + ".md"
                : named;
        try {
            Path file = Path.of(name).toAbsolutePath();
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            invocation.err().println("written: " + file);
        } catch (FileAlreadyExistsException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "file: " + name + " exists (expected: a new one)", "name another", e);
        } catch (InvalidPathException | IOException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "file: " + name + " cannot be written: " + e.getMessage(), null, e);
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Conversation " + conversation + "\n");
        for (TaskRecord turn : host.conversations().turns(CallContext.LOCAL, team, conversation, Integer.MAX_VALUE)) {
            text.append("\n## ").append(turn.question().replace("\n", "\n> ")).append("\n\n");
            if (turn.code() != null) {
                text.append("```").append(turn.language()).append('\n');
                text.append(turn.code().strip()).append("\n```\n\n");
            }
            text.append(turn.answer()).append('\n');
        }
        return text.toString();
    }
}
