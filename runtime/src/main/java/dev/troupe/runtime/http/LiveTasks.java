package dev.troupe.runtime.http;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tasks that are being worked on, and whose they are; the journal says it of those that are over. Thread-safe. */
final class LiveTasks {
    private final Map<String, Live> tasks = new ConcurrentHashMap<>();

    /**
     * A task that is being worked on.
     *
     * @param conversation the one that it was asked in, or null for one of its own
     */
    record Live(
            String task,
            String tenant,
            String agent,
            @Nullable String conversation,
            String question,
            Instant started) {
        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("task", task);
            object.put("agent", agent);
            object.put("conversation", conversation);
            object.put("question", question);
            object.put("started", started.toString());
            return object;
        }
    }

    void begin(Live task) {
        tasks.put(task.task(), task);
    }

    void end(String task) {
        tasks.remove(task);
    }

    boolean isOf(String task, String tenant) {
        Live live = tasks.get(task);
        return live != null && live.tenant().equals(tenant);
    }

    /** A tenant's own, oldest first. */
    List<Live> of(String tenant) {
        return tasks.values().stream()
                .filter(task -> task.tenant().equals(tenant))
                .sorted(Comparator.comparing(Live::started).thenComparing(Live::task))
                .toList();
    }

    /** Their ids. */
    Set<String> all() {
        return Set.copyOf(tasks.keySet());
    }
}
