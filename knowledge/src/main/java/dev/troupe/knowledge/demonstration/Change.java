package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries that become durable together. */
final class Change {
    final List<Entry> entries = new ArrayList<>();
    final List<String> retired = new ArrayList<>();

    Demonstration store(@Nullable Demonstration before, Demonstration after) {
        entries.add(new Entry.DemonstrationStored(after));
        if (!after.retired()) {
            retired.remove(after.id());
        } else if (before == null || !before.retired()) {
            retired.add(after.id());
        }
        return after;
    }

    List<Demonstration> stored() {
        return entries.stream()
                .filter(Entry.DemonstrationStored.class::isInstance)
                .map(entry -> ((Entry.DemonstrationStored) entry).demonstration())
                .toList();
    }

    boolean stored(String id) {
        return latest(id).isPresent();
    }

    /** The demonstration as this change leaves it. */
    Optional<Demonstration> latest(Optional<Demonstration> before) {
        return before.map(d -> latest(d.id()).orElse(d));
    }

    private Optional<Demonstration> latest(String id) {
        return stored().stream()
                .filter(demonstration -> demonstration.id().equals(id))
                .reduce((earlier, later) -> later);
    }
}
