package dev.troupe.knowledge.journal;

import dev.troupe.models.call.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What leases have spent, as a query on the journal. One that was never settled counts at its maximum. Thread-safe. */
public final class Spending {
    private final Reader reader;

    public Spending(Journal journal) {
        this.reader = journal.reader();
    }

    /** Money and tokens of some leases. */
    public record Sum(Money cost, long tokens) {}

    /** All leases of a task. */
    public Sum ofTask(String task) {
        return sum(reader.entries("WHERE task = ? AND type = 'leased'", task), settled(task));
    }

    /** All leases that a team took on that day (UTC), whenever they were settled. */
    public Sum ofDay(String team, LocalDate day) {
        return ofDay(day, lease -> lease.team().equals(team));
    }

    /** Of these, the leases for one tenant. */
    public Sum ofDay(String team, String tenant, LocalDate day) {
        return ofDay(day, lease -> lease.team().equals(team) && lease.tenant().equals(tenant));
    }

    private Sum ofDay(LocalDate day, Predicate<Entry.Leased> which) {
        long from = micros(day);
        List<Stored> leases =
                reader.entries("WHERE type = 'leased' AND at >= ? AND at < ?", from, micros(day.plusDays(1))).stream()
                        .filter(stored -> which.test((Entry.Leased) stored.entry()))
                        .toList();
        // A lease is settled after it was taken.
        return sum(leases, reader.entries("WHERE type = 'settled' AND at >= ?", from));
    }

    private List<Stored> settled(String task) {
        return reader.entries("WHERE task = ? AND type = 'settled'", task);
    }

    private static Sum sum(List<Stored> leases, List<Stored> settlements) {
        Map<String, Entry.Settled> settled = new HashMap<>();
        settlements.forEach(stored -> {
            Entry.Settled entry = (Entry.Settled) stored.entry();
            settled.put(entry.lease(), entry);
        });
        Money cost = Money.ZERO;
        long tokens = 0;
        for (Stored stored : leases) {
            Entry.Leased lease = (Entry.Leased) stored.entry();
            Entry.Settled end = settled.get(lease.lease());
            cost = cost.plus(end == null ? lease.maximumCost() : end.cost());
            tokens += end == null ? lease.maximumTokens() : end.usage().totalTokens();
        }
        return new Sum(cost, tokens);
    }

    private static long micros(LocalDate day) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
