package dev.troupe.knowledge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Stored;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Ledger.Lease;
import dev.troupe.models.call.Ledger.LeaseRequest;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLedgerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final Limits TEN_CENTS_A_DAY = new Limits(null, null, Money.parse("0.10"));

    @TempDir
    Path temp;

    @Test
    void lease_beyondTheTasksMoney_namesTheBudgetItsLimitAndWhatIsLeft() {
        try (Journal journal = Journal.open(temp)) {
            var ledger = new JournalLedger(journal, "analyst", new Limits(Money.parse("0.05"), null, null));
            ledger.lease(request("t", "0.04", 10)).settle(new Usage(5, 0, 5), Money.parse("0.03"), "ok");
            assertExhausted(
                    () -> ledger.lease(request("t", "0.03", 10)),
                    "budget.task: $0.0200 of $0.0500 left (expected: up to $0.0300 for the next call)");
            // Another task has a budget of its own, and what fits still goes through.
            assertThatCode(() -> ledger.lease(request("u", "0.03", 10))).doesNotThrowAnyException();
            assertThatCode(() -> ledger.lease(request("t", "0.02", 10))).doesNotThrowAnyException();
        }
    }

    @Test
    void lease_beyondTheTasksTokens_isRefused() {
        try (Journal journal = Journal.open(temp)) {
            var ledger = new JournalLedger(journal, "analyst", new Limits(null, 1000L, null));
            ledger.lease(request("t", "0", 600)).settle(new Usage(300, 0, 100), Money.ZERO, "ok");
            assertExhausted(
                    () -> ledger.lease(request("t", "0", 601)),
                    "budget.task_tokens: 600 of 1000 tokens left (expected: 601 tokens for the next call)");
            ledger.lease(request("t", "0", 600));
        }
    }

    @Test
    void lease_beyondATenantsDay_isRefusedForThatTenantAlone_afterARestartToo() {
        Limits limits = new Limits(null, null, null, Map.of("ann", Money.parse("0.10")));
        var clock = new SteppedClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (Journal journal = Journal.open(temp, clock)) {
            var ledger = new JournalLedger(journal, "analyst", limits, clock);
            ledger.lease(of("ann", "0.06")).settle(new Usage(5, 0, 5), Money.parse("0.04"), "ok");
            ledger.lease(of("bob", "7"));
            var again = new JournalLedger(journal, "analyst", limits, clock);
            assertExhausted(
                    () -> again.lease(of("ann", "0.07")),
                    "budget.key: $0.0600 of $0.1000 left (expected: up to $0.0700 for the next call)");
            again.lease(of("ann", "0.06"));
            clock.advance(Duration.ofDays(1));
            again.lease(of("ann", "0.10"));
        }
    }

    private static LeaseRequest of(String tenant, String cost) {
        return new LeaseRequest("t-" + tenant, tenant, "openai/m", Money.parse(cost), 10);
    }

    @Test
    void lease_beyondTheDay_isRefusedUntilTheNextDay() {
        var clock = new SteppedClock(Instant.parse("2026-11-22T23:00:00Z"));
        try (Journal journal = Journal.open(temp, clock)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY, clock);
            Lease late = ledger.lease(request("t", "0.06", 10));
            assertExhausted(
                    () -> ledger.lease(request("u", "0.05", 10)),
                    "budget.day: $0.0400 of $0.1000 left (expected: up to $0.0500 for the next call)");
            clock.advance(Duration.ofHours(2));
            ledger.lease(request("u", "0.10", 10));
            // What yesterday's lease frees is yesterday's.
            late.settle(Usage.NONE, Money.ZERO, "cancelled");
            assertExhausted(() -> ledger.lease(request("v", "0.01", 10)), "budget.day: $0.0000 of $0.1000 left");
        }
    }

    @Test
    void settle_twice_countsOnce() {
        try (Journal journal = Journal.open(temp)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY);
            Lease lease = ledger.lease(request("t", "0.10", 10));
            lease.settle(Usage.NONE, Money.parse("0.04"), "ok");
            lease.settle(Usage.NONE, Money.parse("0.04"), "ok");
            ledger.lease(request("t", "0.06", 10));
            assertThat(entries(journal, "settled")).hasSize(1);
        }
    }

    @Test
    void settle_forMoreThanWasSetAside_isWrittenDownAndLeavesLess() {
        try (Journal journal = Journal.open(temp)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY);
            ledger.lease(request("t", "0.05", 10)).settle(Usage.NONE, Money.parse("0.12"), "ok");
            assertExhausted(() -> ledger.lease(request("t", "0.01", 10)), "budget.day: $0.0000 of $0.1000 left");
            // A local model costs nothing, so an overdrawn budget does not stop it.
            ledger.lease(request("t", "0", 10));
        }
    }

    @Test
    void open_afterACrash_countsWhatWasSpentAndUnsettledLeasesAtTheirMaximum() {
        try (Journal journal = Journal.open(temp, NOON)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY, NOON);
            ledger.lease(request("t", "0.05", 100)).settle(new Usage(10, 0, 10), Money.parse("0.01"), "ok");
            ledger.lease(request("t", "0.03", 100));
        }
        try (Journal journal = Journal.open(temp, NOON)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY, NOON);
            assertExhausted(() -> ledger.lease(request("u", "0.07", 1)), "budget.day: $0.0600 of $0.1000 left");
            var another = new JournalLedger(journal, "coder", TEN_CENTS_A_DAY, NOON);
            another.lease(request("v", "0.10", 1));
            Clock tomorrow = Clock.offset(NOON, Duration.ofDays(1));
            new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY, tomorrow).lease(request("w", "0.10", 1));
            var byTask = new JournalLedger(journal, "analyst", new Limits(null, 200L, null), NOON);
            // 20 tokens were spent, 100 set aside and never settled.
            assertExhausted(() -> byTask.lease(request("t", "0", 81)), "budget.task_tokens: 80 of 200 tokens left");
        }
    }

    @Test
    void lease_byManyThreads_neverExceedsTheBudgetTogether() throws Exception {
        try (Journal journal = Journal.open(temp)) {
            var ledger = new JournalLedger(journal, "analyst", TEN_CENTS_A_DAY);
            AtomicInteger granted = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            int threads = 16;
            CountDownLatch done = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                String task = "t-" + i;
                Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < 5; n++) {
                        try {
                            ledger.lease(request(task, "0.003", 1));
                            granted.incrementAndGet();
                        } catch (TroupeException e) {
                            refused.incrementAndGet();
                        }
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            // 33 times 0.003 fit into 0.10, and 80 were asked for.
            assertThat(granted).hasValue(33);
            assertThat(refused).hasValue(47);
            assertThat(entries(journal, "leased")).hasSize(33);
        }
    }

    @Test
    void lease_whenTheJournalFails_setsNothingAside() {
        Journal journal = Journal.open(temp);
        var ledger = new JournalLedger(journal, "analyst", new Limits(null, 100L, null));
        ledger.lease(request("t", "0", 1)).settle(Usage.NONE, Money.ZERO, "ok");
        journal.close();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ledger.lease(request("t", "0", 60)))
                    .isInstanceOfSatisfying(
                            TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
        }
    }

    @Test
    void limits_negative_areRefused() {
        assertThatThrownBy(() -> new Limits(new Money(-1), null, null))
                .hasMessage("budget.task: -$0.000000000001 (expected: 0 or more)");
        assertThatThrownBy(() -> new Limits(null, -1L, null))
                .hasMessage("budget.task_tokens: -1 (expected: 0 or more)");
    }

    private static LeaseRequest request(String task, String dollars, long tokens) {
        return new LeaseRequest(task, "local", "openai/gpt-5", Money.parse(dollars), tokens);
    }

    private static List<Entry> entries(Journal journal, String type) {
        List<Stored> found = new ArrayList<>();
        journal.read(0, List.of(type), found::add);
        return found.stream().map(Stored::entry).toList();
    }

    private static void assertExhausted(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(e).hasMessageStartingWith(message);
            assertThat(e.hint()).startsWith("raise ");
        });
    }

    private static final class SteppedClock extends Clock {
        private Instant now;

        SteppedClock(Instant now) {
            this.now = now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
