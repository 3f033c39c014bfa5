package dev.troupe.planner.ladder;

import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a model's reply amounts to. */
sealed interface Reply {
    /** A program to run. */
    record Program(String language, String source) implements Reply {}

    /** Something to call, by its name. */
    record Call(String name, String arguments) implements Reply {}

    /** An answer in words, without a program. */
    record Answer(String text) implements Reply {}

    /** The token limit cut the program: it is not run. */
    record Cut() implements Reply {}

    /** Code in a language that cannot be run here. */
    record Foreign(String language) implements Reply {}

    /** Neither a program nor an answer. */
    record Prose() implements Reply {}

    /** Fences may be indented, as in lists, and longer than three; an info string may follow the language. */
    Pattern FENCE = Pattern.compile("^[ \\t]*(`{3,}|~{3,})[ \\t]*([A-Za-z0-9_+#.-]*)([^`]*)$");

    /** The label of a block that calls something, whose name follows it. */
    String CALL = "call";

    /** Labels of blocks that show something and are not meant to be run. */
    List<String> NOT_CODE =
            List.of("text", "txt", "output", "plaintext", "console", "csv", "json", "markdown", "md", "yaml", "log");

    /**
     * Reads a reply. A program outranks an answer beside it: what a model says its program will print is a guess.
     *
     * @param languages that can be run, as plans name them
     * @param calls whether there is something to call
     */
    static Reply read(ChatResponse response, List<String> languages, boolean calls) {
        List<Block> blocks = blocks(response.text());
        Optional<Call> call =
                calls ? blocks.stream().flatMap(block -> block.call().stream()).findFirst() : Optional.empty();
        if (call.isPresent()) {
            return call.get();
        }
        boolean cutOff = response.finishReason() == FinishReason.LENGTH;
        if (cutOff && !blocks.isEmpty() && !blocks.getLast().closed() && isCode(blocks.getLast())) {
            return new Cut();
        }
        Reply program = program(blocks, languages);
        String answer = Answers.inReply(response.text());
        if (program instanceof Program || answer == null) {
            return program;
        }
        return new Answer(unfenced(answer));
    }

    private static Reply program(List<Block> blocks, List<String> languages) {
        String language = null;
        String foreign = null;
        List<String> sources = new ArrayList<>();
        for (Block block : blocks) {
            String runnable = runnable(block, languages);
            if (runnable == null) {
                foreign = isCode(block) ? block.label() : foreign;
            } else if (!block.source().isBlank()) {
                if (!runnable.equals(language)) {
                    sources.clear();
                }
                language = runnable;
                sources.add(block.source());
            }
        }
        if (language != null) {
            return new Program(language, whole(sources));
        }
        return foreign == null ? new Prose() : new Foreign(foreign);
    }

    /** Several blocks are parts of one program, unless a later one starts anew with its imports. */
    private static String whole(List<String> sources) {
        int start = 0;
        for (int i = 1; i < sources.size(); i++) {
            if (sources.get(i).stripLeading().startsWith("import ")
                    || sources.get(i).stripLeading().startsWith("from ")
                    || sources.get(i).startsWith("#!")) {
                start = i;
            }
        }
        return String.join("\n", sources.subList(start, sources.size()));
    }

    private static @Nullable String runnable(Block block, List<String> languages) {
        if (block.label().isEmpty()) {
            boolean answer = Answers.inReply(block.source()) != null;
            return answer || languages.isEmpty() ? null : languages.getFirst();
        }
        String language = switch (block.label()) {
            case "py", "python3", "python2", "ipython" -> "python";
            case "bash", "shell", "zsh", "shellscript" -> "sh";
            case "js", "node", "nodejs", "mjs", "cjs" -> "javascript";
            default -> block.label();
        };
        return languages.contains(language) ? language : null;
    }

    private static boolean isCode(Block block) {
        return !NOT_CODE.contains(block.label())
                && (!block.label().isEmpty() || Answers.inReply(block.source()) == null);
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        String fence = null;
        String label = "";
        String info = "";
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = FENCE.matcher(line);
            if (fence == null) {
                if (matcher.matches()) {
                    fence = matcher.group(1);
                    label = matcher.group(2).toLowerCase(Locale.ROOT);
                    info = matcher.group(3).strip();
                    lines.clear();
                }
            } else if (line.strip().startsWith(fence) && line.strip().chars().allMatch(c -> c == '`' || c == '~')) {
                blocks.add(new Block(label, info, String.join("\n", lines), true));
                fence = null;
            } else {
                lines.add(line);
            }
        }
        if (fence != null) {
            blocks.add(new Block(label, info, String.join("\n", lines), false));
        }
        return blocks;
    }

    /** An answer inside a fence loses it. */
    private static String unfenced(String answer) {
        return String.join(
                        "\n",
                        answer.lines()
                                .filter(line -> !FENCE.matcher(line).matches())
                                .toList())
                .strip();
    }

    /** A fenced block as it stands in the reply. */
    record Block(String label, String info, String source, boolean closed) {
        /** What it calls; one that was cut calls nothing. */
        Optional<Call> call() {
            return label.equals(CALL) && closed && !info.isEmpty()
                    ? Optional.of(new Call(info.split("\\s", 2)[0], source))
                    : Optional.empty();
        }
    }
}
