package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The verified demonstrations of a data folder as replay needs them: read once, found by their wording, and what they
 * teach together. A view in memory, for each tenant and team by itself; made when it is first asked, and kept up to date
 * as the library changes. Thread-safe.
 */
public final class ReplayView {
    private static final int MOST_READ = 20_000;
    private static final int MOST_TRIED = 8;

    private final DemonstrationLibrary library;
    private final Tasks tasks;
    private final Map<Scope, Learned> scopes = new ConcurrentHashMap<>();

    /** A view of the library, whose tasks the journal holds. */
    public ReplayView(DemonstrationLibrary library, Journal journal) {
        this.library = library;
        this.tasks = new Tasks(journal);
        library.onChange(this::changed);
    }

    /**
     * What was found.
     *
     * @param source the demonstration whose program is run, or null
     */
    public record Found(Replay replay, @Nullable Demonstration source) {}

    private record Scope(String tenant, String team) {}

    /**
     * Whether it may be replayed: somebody vouches for it, it is not retired, and its program prints the answer by itself
     * ("ANSWER:", as all are asked to); where a model put the output into words, there is nobody to do it again.
     */
    private static boolean isTrusted(Demonstration demonstration) {
        return demonstration.verified() != Judge.NONE
                && !demonstration.retired()
                && demonstration.code().contains("ANSWER:");
    }

    /**
     * A replay that answers the question, from the best-verified demonstration first, or the reason why there is none.
     *
     * @param now the task's clock; relative dates of demonstrations are told in its zone too
     * @param alike demonstrations that a search found, which are tried too
     */
    public Found find(String tenant, String team, String question, ZonedDateTime now, List<Demonstration> alike) {
        Learned learned = scopes.computeIfAbsent(new Scope(tenant, team), scope -> new Learned());
        learned.load(tenant, team);
        Lessons lessons = learned.lessons(now.getZone());
        Wording wording = Wording.of(question, now.toLocalDate(), lessons.names());
        Set<Demonstration> candidates = new HashSet<>();
        for (Known known : lessons.worded(wording)) {
            learned.find(known.solution().id()).ifPresent(candidates::add);
        }
        alike.forEach(demonstration -> learned.find(demonstration.id()).ifPresent(candidates::add));
        String reason = "no verified solution of a question that is worded so";
        List<Demonstration> order = candidates.stream()
                .sorted(Comparator.comparing(Demonstration::verified)
                        .thenComparingInt(demonstration -> demonstration.helped() - demonstration.misled())
                        .thenComparing(Demonstration::id)
                        .reversed())
                .limit(MOST_TRIED)
                .toList();
        for (Demonstration demonstration : order) {
            Solution solution = learned.solution(demonstration, now.getZone());
            Replay replay = Replays.of(solution, question, now, lessons);
            if (replay instanceof Replay.Ready) {
                return new Found(replay, demonstration);
            }
            reason = ((Replay.Abstained) replay).reason();
        }
        return new Found(new Replay.Abstained(reason), null);
    }

    private void changed(Demonstration demonstration) {
        Learned learned = scopes.get(new Scope(demonstration.tenant(), demonstration.team()));
        if (learned != null) {
            learned.changed(demonstration);
        }
    }

    /** One team's demonstrations of one tenant. */
    private final class Learned {
        private final Map<String, Demonstration> trusted = new HashMap<>();
        private final Map<String, Known> read = new HashMap<>();
        private final Set<String> newer = new HashSet<>();
        private final Lock loading = new ReentrantLock();
        private boolean loaded;
        private @Nullable Lessons lessons;

        /** Once; what changes meanwhile is newer than what is read. */
        private void load(String tenant, String team) {
            loading.lock();
            try {
                if (!loaded) {
                    List<Demonstration> all = library.list(tenant, team, MOST_READ);
                    synchronized (this) {
                        all.stream()
                                .filter(demonstration -> !newer.contains(demonstration.id()))
                                .forEach(this::put);
                        newer.clear();
                        loaded = true;
                    }
                }
            } finally {
                loading.unlock();
            }
        }

        private synchronized void changed(Demonstration demonstration) {
            if (!loaded) {
                newer.add(demonstration.id());
            }
            put(demonstration);
        }

        private synchronized void put(Demonstration demonstration) {
            Demonstration before = trusted.get(demonstration.id());
            if (isTrusted(demonstration)) {
                trusted.put(demonstration.id(), demonstration);
            } else {
                trusted.remove(demonstration.id());
            }
            boolean same = before != null
                    && isTrusted(demonstration)
                    && before.code().equals(demonstration.code())
                    && before.question().equals(demonstration.question());
            if (!same) {
                read.remove(demonstration.id());
                lessons = null;
            }
        }

        private synchronized java.util.Optional<Demonstration> find(String id) {
            return java.util.Optional.ofNullable(trusted.get(id));
        }

        private synchronized Lessons lessons(ZoneId zone) {
            Lessons known = lessons;
            if (known == null) {
                List<Known> all = new ArrayList<>();
                for (Demonstration demonstration : trusted.values()) {
                    all.add(read.computeIfAbsent(demonstration.id(), id -> Known.of(asked(demonstration, zone))));
                }
                known = Lessons.ofKnown(all);
                lessons = known;
            }
            return known;
        }

        private synchronized Solution solution(Demonstration demonstration, ZoneId zone) {
            Known known = read.get(demonstration.id());
            return known == null ? asked(demonstration, zone) : known.solution();
        }

        /** With the time at which its question was asked; of what a person added nobody knows it. */
        private Solution asked(Demonstration demonstration, ZoneId zone) {
            ZonedDateTime asked = demonstration.task().equals("-")
                    ? null
                    : tasks.find(demonstration.tenant(), demonstration.task())
                            .map(TaskRecord::started)
                            .map(Objects::requireNonNull)
                            .map(started -> started.atZone(zone))
                            .orElse(null);
            return new Solution(
                    demonstration.id(),
                    demonstration.question(),
                    demonstration.language(),
                    demonstration.code(),
                    asked);
        }
    }
}
