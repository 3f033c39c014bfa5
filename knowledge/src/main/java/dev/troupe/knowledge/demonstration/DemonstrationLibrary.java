package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.embedding.Embedder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The solved questions of a data folder: what is learned, shown, trusted and given up. Every change is an entry of the
 * journal first; the index that finds them is a view of it, and is made anew when it is missing, torn or of an old
 * version. What one tenant's team has learned is never found by another. Thread-safe; whoever opened it closes it,
 * before the journal and the embedder.
 */
public final class DemonstrationLibrary implements AutoCloseable {
    /** Questions of the same words in another order must be this alike too; two wordings of one question lie closer. */
    private static final double NEARLY_SAME = 0.85;

    /** One is kept of each question, and what was retired before. */
    private static final int MOST_SAME = 50;

    private final Tasks tasks;
    private final IndexedDemonstrations index;
    private final List<Consumer<Demonstration>> listeners = new CopyOnWriteArrayList<>();

    private DemonstrationLibrary(Journal journal, IndexedDemonstrations index) {
        this.tasks = new Tasks(journal);
        this.index = index;
    }

    /**
     * Opens the demonstrations of the journal's data folder.
     *
     * @throws TroupeException {@code STORAGE} when the index cannot be written
     */
    public static DemonstrationLibrary open(Journal journal, Embedder embedder) {
        return new DemonstrationLibrary(journal, IndexedDemonstrations.open(journal, embedder));
    }

    /**
     * Finds solved questions like this one, all that were stored before the call among them. Retired ones are not found.
     *
     * @param limit at most this many
     * @param similarity the least cosine, 0 to 1
     * @return best first: by likeness of meaning and words, and by trust
     */
    public List<Match> search(String tenant, String team, String question, int limit, double similarity) {
        return limit < 1 ? List.of() : index.search(tenant, team, question, limit, similarity);
    }

    /**
     * Keeps what a task has found out: a candidate if only an exit code vouches for it. Nearly the same question is kept
     * once, with the better-verified program, or the newer one of equals.
     *
     * @return what stands for the question from now on; empty when there is nothing to learn: the task was not solved
     *     with a program, its question was asked in the middle of a conversation, or the same answer was contradicted by
     *     someone who outranks its verifier
     */
    public Optional<Demonstration> learn(TaskRecord task) {
        return change(change -> remember(task, task.verified(), null, change));
    }

    /**
     * Writes the end of a task with what comes of it, in one group of entries: what it leaves behind, as {@link #learn}
     * keeps it, and whether the demonstration that it was shown has helped, as {@link #used} counts it.
     *
     * @param shown the demonstration, or null
     * @param helped null where nobody can say
     * @return the task as it is on the disk; it names what it leaves behind
     */
    public TaskRecord end(TaskRecord task, @Nullable String shown, @Nullable Boolean helped) {
        return change(change -> {
            TaskRecord ended = task.withLearned(remember(task, task.verified(), null, change)
                    .map(Demonstration::id)
                    .orElse(null));
            change.entries.add(new Entry.TaskEnded(ended));
            String broken = task.brokenReplay();
            if (broken != null) {
                // Whoever ran it again was misled, whatever became of the task afterwards.
                change.latest(find(task.tenant(), broken))
                        .filter(demonstration -> !demonstration.task().equals(task.task()))
                        .ifPresent(demonstration -> count(demonstration, task.task(), false, change));
            }
            // What misled is gone where the solution has come in its place.
            boolean replaced = Boolean.FALSE.equals(helped) && shown != null && shown.equals(ended.learned());
            if (shown != null && helped != null && !replaced && !shown.equals(broken)) {
                change.latest(find(task.tenant(), shown))
                        .ifPresent(demonstration -> count(demonstration, task.task(), helped, change));
            }
            return ended;
        });
    }

    /**
     * A demonstration was shown; whether the attempt that saw it came out right. Its trust rises or falls, and below
     * {@value Trust#LEAST} it is retired. The last word on a demonstration and a task counts.
     *
     * @throws TroupeException {@code NOT_FOUND}
     */
    public Demonstration used(String tenant, String id, String task, boolean helped) {
        return change(change -> count(require(tenant, id), task, helped, change));
    }

    /**
     * What came of a verdict.
     *
     * @param task what was judged
     * @param demonstration what the task had left behind, as it is now
     * @param retired ids of the demonstrations that are no longer shown because of this
     */
    public record Judged(TaskRecord task, Optional<Demonstration> demonstration, List<String> retired) {}

    /**
     * Takes a verdict on a task's answer. A good one vouches for what the task left behind, or brings it back; a bad one
     * retires it, unless someone who outranks this judge vouches for it. A person's bad one also retires what was
     * learned from it and no person vouches for. The demonstration that the task was shown gains or loses trust.
     *
     * @param because a reason, for the record
     * @param answer what would have been right, for the record
     * @throws TroupeException {@code NOT_FOUND} for an unknown task, {@code INPUT_INVALID} when it has no answer that could
     *     be right
     */
    public Judged verdict(
            String tenant, String taskId, Verdict verdict, @Nullable String because, @Nullable String answer) {
        return change(change -> {
            TaskRecord task = tasks.find(tenant, taskId)
                    .orElseThrow(() -> notFound("task", taskId, "./troupe receipts lists the last ones"));
            if (verdict.right() && !task.outcome().equals("solved")) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "task: " + task.task() + " ended " + task.outcome() + " (expected: solved, to call it good)",
                        null);
            }
            change.entries.add(new Entry.VerdictGiven(task.task(), verdict, because, answer));
            Optional<Demonstration> left = leftBehind(task);
            if (task.solvedByReplay()) {
                return judgedReplay(task, verdict.right(), verdict.judge(), change);
            }
            Optional<Demonstration> now = verdict.right()
                    ? remember(task, task.verified().or(verdict.judge()), left.orElse(null), change)
                    : left.map(demonstration -> contradict(demonstration, task, verdict.judge(), change));
            if (task.shown() != null && !task.shown().equals(task.brokenReplay())) {
                // It may have been retired by this very verdict; then only its counters move. One that gave way to this
                // task's solution is gone: to count on it would bring it back.
                change.latest(find(tenant, task.shown()))
                        .filter(shown -> shown.contradictedBy() != null || !change.retired.contains(shown.id()))
                        .ifPresent(shown -> count(shown, task.task(), verdict.right(), change));
            }
            return new Judged(task, change.latest(now), List.copyOf(change.retired));
        });
    }

    /** The program is the demonstration's own: who finds its answer wrong contradicts the demonstration. */
    private Judged judgedReplay(TaskRecord task, boolean right, Judge judge, Change change) {
        Optional<Demonstration> source = find(task.tenant(), Objects.requireNonNull(task.replayed()));
        source.ifPresent(demonstration -> count(demonstration, task.task(), right, change));
        change.latest(source)
                .filter(demonstration -> !right && demonstration.verified().compareTo(judge) <= 0)
                .ifPresent(demonstration -> retireWithDescendants(demonstration, judge, change));
        return new Judged(task, change.latest(source), List.copyOf(change.retired));
    }

    /** Adds a solution by hand; a person vouches for it. */
    public Demonstration add(String tenant, String team, String question, String language, String code, String answer) {
        return change(change -> {
            Demonstration added = new Demonstration(
                    index.nextId(),
                    tenant,
                    team,
                    "-",
                    question,
                    language,
                    code,
                    Literals.of(language, code),
                    answer,
                    "-",
                    "-",
                    0,
                    0,
                    Judge.PERSON,
                    0,
                    0,
                    null,
                    null,
                    false);
            Optional<Demonstration> same = sameQuestion(added).stream()
                    .filter(other -> !other.retired())
                    .findFirst();
            return change.store(
                    same.orElse(null),
                    same.map(other -> Changes.merge(other, added)).orElse(added));
        });
    }

    /**
     * A person vouches for a demonstration; a retired one comes back.
     *
     * @throws TroupeException {@code NOT_FOUND}
     */
    public Demonstration verify(String tenant, String id) {
        return change(change -> {
            Demonstration before = require(tenant, id);
            return change.store(before, Changes.vouched(before, Judge.PERSON));
        });
    }

    /**
     * A person says that a demonstration is wrong: it is retired, with what was learned from it and no person vouches for.
     *
     * @return ids of all that are retired because of this
     * @throws TroupeException {@code NOT_FOUND}
     */
    public List<String> reject(String tenant, String id) {
        return change(change -> {
            retireWithDescendants(require(tenant, id), Judge.PERSON, change);
            return List.copyOf(change.retired);
        });
    }

    /** The tenant's demonstration with that id, a retired one too. */
    public Optional<Demonstration> find(String tenant, String id) {
        return id.matches("d-\\d{1,18}")
                ? index.read(Fields.withId(id), 1).stream()
                        .filter(found -> found.tenant().equals(tenant))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * The tenant's demonstrations, newest first, retired ones too.
     *
     * @param team of this team only, or null for all
     */
    public List<Demonstration> list(String tenant, @Nullable String team, int limit) {
        return index.read(team == null ? Fields.all(tenant) : Fields.all(tenant, team), limit);
    }

    /** Takes over one of another library, for its tenant and team; its id and literals are not looked at. */
    public Merging.Merged merge(Demonstration foreign) {
        return change(change -> Merging.of(foreign, sameQuestion(foreign), index.nextId(), change));
    }

    /** Makes the index from the journal anew. */
    public void rebuild() {
        index.rebuild();
    }

    private Optional<Demonstration> remember(
            TaskRecord task, Judge verified, @Nullable Demonstration left, Change change) {
        if (!task.outcome().equals("solved")
                || task.code() == null
                || task.language() == null
                || task.solvedByReplay()
                // "And in 2024?" means nothing outside of its conversation.
                || task.earlierTurns() > 0) {
            return Optional.empty();
        }
        Demonstration fresh = Changes.learned(task, task.language(), task.code(), verified);
        Optional<Demonstration> broken = broken(task, verified);
        if (broken.isPresent() && left == null) {
            return Optional.of(change.store(broken.get(), Changes.repaired(broken.get(), fresh)));
        }
        // What this task has left behind already takes its place.
        broken.filter(demonstration -> left != null && !demonstration.id().equals(left.id()))
                .ifPresent(demonstration -> change.store(demonstration, Changes.superseded(demonstration)));
        List<Demonstration> same = left == null ? sameQuestion(fresh) : List.of(left);
        if (same.stream().anyMatch(other -> Changes.forbids(other, fresh))) {
            return Optional.empty();
        }
        Optional<Demonstration> kept =
                same.stream().filter(other -> left != null || !other.retired()).findFirst();
        if (kept.isEmpty()) {
            return Optional.of(change.store(null, Changes.withId(fresh, index.nextId())));
        }
        Demonstration merged = Changes.merge(kept.get(), fresh);
        return Optional.of(merged.equals(kept.get()) ? merged : change.store(kept.get(), merged));
    }

    /**
     * The demonstration in whose place the solution comes, where somebody vouches for that: its program was run again and
     * no longer works, or it was imitated in vain for a question that differs in slots only.
     */
    private Optional<Demonstration> broken(TaskRecord task, Judge verified) {
        String replayed = task.brokenReplay();
        String misled = task.escalations() > 0 ? task.shown() : null;
        String broken = replayed == null ? misled : replayed;
        return broken == null || verified == Judge.NONE
                ? Optional.empty()
                : find(task.tenant(), broken)
                        .filter(demonstration -> !demonstration.retired())
                        .filter(demonstration -> replayed != null
                                || (verified.compareTo(demonstration.verified()) >= 0
                                        && Questions.sameTemplate(demonstration.question(), task.question())));
    }

    private List<Demonstration> sameQuestion(Demonstration fresh) {
        return index.same(fresh.tenant(), fresh.team(), fresh.question(), MOST_SAME, NEARLY_SAME);
    }

    private Optional<Demonstration> leftBehind(TaskRecord task) {
        return task.learned() == null ? Optional.empty() : find(task.tenant(), task.learned());
    }

    private Demonstration contradict(Demonstration left, TaskRecord task, Judge judge, Change change) {
        boolean itsOwn = left.task().equals(task.task()) || Questions.sameAnswer(left.answer(), task.answer());
        boolean outranked = left.verified().compareTo(judge) > 0;
        return itsOwn && !outranked ? retireWithDescendants(left, judge, change) : left;
    }

    private Demonstration retireWithDescendants(Demonstration wrong, Judge judge, Change change) {
        Demonstration retired = change.store(wrong, Changes.contradicted(wrong, judge));
        Deque<String> parents = new ArrayDeque<>(List.of(wrong.id()));
        while (judge == Judge.PERSON && !parents.isEmpty()) {
            for (Demonstration child : index.read(Fields.learnedFrom(parents.pop()), Integer.MAX_VALUE)) {
                if (!child.retired() && child.verified() != Judge.PERSON && !change.stored(child.id())) {
                    change.store(child, Changes.contradicted(child, judge));
                    parents.push(child.id());
                }
            }
        }
        return retired;
    }

    private Demonstration count(Demonstration shown, String task, boolean helped, Change change) {
        Optional<Boolean> before = lastWord(shown.id(), task);
        if (before.isPresent() && before.get() == helped) {
            return shown;
        }
        change.entries.add(new Entry.DemonstrationUsed(shown.id(), task, helped));
        return change.store(shown, Changes.counted(shown, before, helped));
    }

    private Optional<Boolean> lastWord(String id, String task) {
        return tasks.uses(task).stream()
                .filter(use -> use.demonstration().equals(id))
                .map(Entry.DemonstrationUsed::helped)
                .reduce((earlier, later) -> later);
    }

    private Demonstration require(String tenant, String id) {
        return find(tenant, id)
                .orElseThrow(() -> notFound("demonstration", id, "./troupe demos list shows the ones there are"));
    }

    private static TroupeException notFound(String kind, String id, String hint) {
        return new TroupeException(
                ErrorCode.NOT_FOUND, kind + ": " + id + " (expected: the id of one that exists)", hint);
    }

    /** Tells of every demonstration as it is from now on, after it is on the disk; on the thread that changed it. */
    public void onChange(Consumer<Demonstration> listener) {
        listeners.add(listener);
    }

    /** Does what belongs together, and writes it. */
    private <T> T change(Function<Change, T> work) {
        return index.change(() -> {
            Change change = new Change();
            T result = work.apply(change);
            index.write(change.entries);
            change.stored().forEach(stored -> listeners.forEach(listener -> listener.accept(stored)));
            return result;
        });
    }

    @Override
    public void close() {
        index.close();
    }
}
