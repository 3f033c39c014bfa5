package dev.troupe.runtime.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whose the tasks are that are being worked on; the journal says it of those that are over. Thread-safe. */
final class LiveTasks {
    private final Map<String, String> tenants = new ConcurrentHashMap<>();

    void begin(String task, String tenant) {
        tenants.put(task, tenant);
    }

    void end(String task) {
        tenants.remove(task);
    }

    boolean isOf(String task, String tenant) {
        return tenant.equals(tenants.get(task));
    }

    /** Their ids. */
    Set<String> all() {
        return Set.copyOf(tenants.keySet());
    }
}
