package dev.troupe.knowledge.ledger;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Spending;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Ledger;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One team's ledger, on the journal. What is set aside counts as spent until it is settled, so that calls side by side
 * never exceed a budget together. A call that really cost more than it set aside is written down as it was, and leaves
 * less for the next one.
 *
 * <p>A lease that its process never settled, because it was killed, counts as spent at its maximum until its day is
 * over: the provider may have charged for it, and nobody can say. A day is one of UTC, and belongs to the lease.
 */
public final class JournalLedger implements Ledger {
    /** Tasks whose spending is kept at hand; an older one is read from the journal again when it goes on. */
    private static final int MAX_TASKS = 10_000;

    private final Journal journal;
    private final Spending spending;
    private final String team;
    private final Limits limits;
    private final Clock clock;
    private final Object lock = new Object();
    private final Map<String, Account> tasks = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MAX_TASKS;
        }
    };
    /** Of tenants that have a limit of their own. */
    private final Map<String, Account> tenants = new HashMap<>();

    private LocalDate day;
    private Account today;

    /** As the other constructor, by the system's clock. */
    public JournalLedger(Journal journal, String team, Limits limits) {
        this(journal, team, limits, Clock.systemUTC());
    }

    /** Takes up what the journal says was spent today. Use one instance for a team. */
    public JournalLedger(Journal journal, String team, Limits limits, Clock clock) {
        this.journal = journal;
        this.spending = new Spending(journal);
        this.team = team;
        this.limits = limits;
        this.clock = clock;
        this.day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        this.today = restoredDay(day);
    }

    private Account restoredDay(LocalDate of) {
        Account account = new Account();
        account.add(spending.ofDay(team, of).cost(), 0);
        return account;
    }

    @Override
    public Lease lease(LeaseRequest request) {
        if (request.maximumCost().isNegative() || request.maximumTokens() < 0) {
            throw new IllegalArgumentException("lease: " + request + " (expected: nothing negative)");
        }
        Open lease;
        synchronized (lock) {
            Account task = tasks.computeIfAbsent(request.task(), this::restoredTask);
            checkBudgets(request, task, currentDay());
            Account tenant = checkTenant(request);
            task.add(request.maximumCost(), request.maximumTokens());
            today.add(request.maximumCost(), 0);
            tenant.add(request.maximumCost(), 0);
            lease = new Open(request, task, today, tenant);
        }
        try {
            journal.append(new Entry.Leased(
                    lease.id,
                    request.task(),
                    request.tenant(),
                    team,
                    request.model(),
                    request.maximumCost(),
                    request.maximumTokens()));
        } catch (RuntimeException e) {
            lease.release(Money.ZERO, 0);
            throw e;
        }
        return lease;
    }

    private Account restoredTask(String task) {
        Spending.Sum sum = spending.ofTask(task);
        Account account = new Account();
        account.add(sum.cost(), sum.tokens());
        return account;
    }

    private Account currentDay() {
        LocalDate now = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        // A clock that was set back does not open a day again that is over.
        if (now.isAfter(day)) {
            day = now;
            today = new Account();
            tenants.clear();
        }
        return today;
    }

    /** The tenant's account of today; one that nobody looks at where it has no limit. */
    private Account checkTenant(LeaseRequest request) {
        Money limit = limits.tenantDays().get(request.tenant());
        if (limit == null) {
            return new Account();
        }
        Account account = tenants.computeIfAbsent(request.tenant(), tenant -> {
            Account restored = new Account();
            restored.add(spending.ofDay(team, tenant, day).cost(), 0);
            return restored;
        });
        checkMoney("key", limit, account.money(), request.maximumCost());
        return account;
    }

    private void checkBudgets(LeaseRequest request, Account task, Account ofDay) {
        if (limits.taskTokens() != null) {
            long left = limits.taskTokens() - task.tokens();
            if (request.maximumTokens() > left) {
                throw exhausted(
                        "task_tokens",
                        Math.max(0, left) + " of " + limits.taskTokens() + " tokens left",
                        request.maximumTokens() + " tokens");
            }
        }
        if (limits.task() != null) {
            checkMoney("task", limits.task(), task.money(), request.maximumCost());
        }
        if (limits.day() != null) {
            checkMoney("day", limits.day(), ofDay.money(), request.maximumCost());
        }
    }

    private static void checkMoney(String name, Money limit, Money used, Money wanted) {
        // What costs nothing is let through even where a dearer call has overdrawn the budget.
        Money left = limit.minus(used);
        if (wanted.picodollars() > 0 && wanted.compareTo(left) > 0) {
            throw exhausted(
                    name, (left.isNegative() ? Money.ZERO : left) + " of " + limit + " left", "up to " + wanted);
        }
    }

    private static TroupeException exhausted(String name, String left, String wanted) {
        return new TroupeException(
                ErrorCode.BUDGET_EXHAUSTED,
                "budget." + name + ": " + left + " (expected: " + wanted + " for the next call)",
                hint(name));
    }

    private static String hint(String budget) {
        return switch (budget) {
            case "key" -> "raise the key's budget in this machine's configuration, or go on tomorrow (UTC)";
            case "day" -> "raise budget.day in the team file, or go on tomorrow (UTC)";
            default -> "raise budget." + budget + " in the team file";
        };
    }

    private final class Open implements Lease {
        private final String id = UUID.randomUUID().toString();
        private final LeaseRequest request;
        private final Account task;
        private final Account ofDay;
        private final Account ofTenant;
        private final AtomicBoolean settled = new AtomicBoolean();

        Open(LeaseRequest request, Account task, Account ofDay, Account ofTenant) {
            this.request = request;
            this.task = task;
            this.ofDay = ofDay;
            this.ofTenant = ofTenant;
        }

        @Override
        public void settle(Usage usage, Money cost, String outcome) {
            if (settled.compareAndSet(false, true)) {
                // If this fails, all that was set aside stays so: better too little left than too much.
                journal.append(new Entry.Settled(id, request.task(), usage, cost, outcome));
                release(cost, usage.totalTokens());
            }
        }

        private void release(Money spent, long tokens) {
            synchronized (lock) {
                task.settle(request.maximumCost(), request.maximumTokens(), spent, tokens);
                ofDay.settle(request.maximumCost(), 0, spent, 0);
                ofTenant.settle(request.maximumCost(), 0, spent, 0);
            }
        }
    }
}
