package dev.troupe.agents.graph;

import dev.troupe.models.task.Handle;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Findings;
import dev.troupe.planner.graph.Item;
import dev.troupe.planner.graph.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a planned task into words for an agent. Texts are cut to a budget; tables go as files, never through a prompt.
 */
final class AgentWords {
    /** About two thousand tokens. */
    private static final int LETTERS = 6_000;

    private AgentWords() {}

    /** What is asked, and the files that go with it. */
    record Told(String text, List<Handle> files) {}

    /** @param values by the parameters' names; a table's is a handle, the others' are values */
    static Told of(PlannedTask task, Map<String, List<Loaded>> values) {
        StringBuilder text = new StringBuilder();
        List<Handle> files = new ArrayList<>();
        switch (task.capability().name()) {
            case "summarization" -> text.append("Say in two or three sentences what this text says.");
            case "table-question-answering", "question-answering" -> text.append(words(values, "question"));
            default -> text.append(words(values, "instruction"));
        }
        List<Loaded> shown = values.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("question") && !entry.getKey().equals("instruction"))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        int letters = LETTERS / Math.max(1, shown.size());
        for (Loaded loaded : shown) {
            switch (loaded) {
                case Loaded.File file -> {
                    files.add(file.handle());
                    text.append("\n\nThe table is the file ")
                            .append(file.handle().name())
                            .append(" in the current folder.");
                }
                case Loaded.There there -> {
                    Item item = there.item();
                    text.append("\n\n")
                            .append(shown.size() == 1 ? "Text" : item.name())
                            .append(":\n");
                    text.append(Findings.cut(Findings.tell(item.value()), letters));
                }
            }
        }
        if (task.capability().name().equals("question-answering")) {
            text.append("\n\nAnswer from this text alone, in as few words as possible.");
        }
        return new Told(text.toString(), files);
    }

    private static String words(Map<String, List<Loaded>> values, String parameter) {
        return values.getOrDefault(parameter, List.of()).stream()
                .filter(Loaded.There.class::isInstance)
                .map(loaded -> Findings.cut(
                        Findings.tell(((Loaded.There) loaded).item().value()), LETTERS))
                .reduce("", (one, other) -> one.isEmpty() ? other : one + "\n" + other);
    }

    /** Something that a task is given. */
    sealed interface Loaded permits Loaded.There, Loaded.File {
        /** A value. */
        record There(Item item) implements Loaded {}

        /** A file that is passed on as it is. */
        record File(Handle handle) implements Loaded {}
    }

    /** Whether a file goes to an agent as it is. */
    static boolean goesAsFile(Handle handle) {
        return handle.type() == ValueType.TABLE;
    }
}
