package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.runtime.bench.BenchCase.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A team that answers by a function, and plans of what it is asked. */
final class Answering implements Asker, Asker.Factory {
    private final Function<String, String> answers;
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
    BiConsumer<String, Cancellation> meanwhile = (question, stop) -> {};
    Function<String, @Nullable ErrorCode> error = question -> null;

    @Nullable
    String shown;

    @Nullable
    Path data;

    boolean closed;

    Answering(Function<String, String> answers) {
        this.answers = answers;
    }

    @Override
    public String model() {
        return "small";
    }

    @Override
    public Asker open(Configuration configuration, Path data) {
        this.data = data;
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    @Override
    public Asked ask(String question, Predicate<String> right, Cancellation cancellation) {
        asked.add(question);
        meanwhile.accept(question, cancellation);
        ErrorCode error = this.error.apply(question);
        Receipt receipt = new Receipt(
                Money.parse("0.001"),
                new Receipt.Baseline("openai/gpt-5", Money.ZERO, Receipt.Basis.ESTIMATED),
                Money.ZERO,
                new Usage(100, 40, 10),
                2,
                2000,
                List.of());
        TaskRecord record = new TaskRecord(
                "t-" + asked.size(),
                "local",
                "news",
                "desk",
                "c",
                question,
                Instant.EPOCH,
                error == null ? "solved" : "failed",
                error == null ? answers.apply(question) : "",
                Judge.NONE,
                0,
                "quick",
                "small",
                "python",
                "print()",
                shown,
                null,
                0,
                receipt,
                List.of(),
                error == null ? null : error.name());
        return new Asked(record, 1500);
    }

    @Override
    public void judge(String task, Verdict verdict) {
        assertThat(Integer.parseInt(task.substring(2))).isBetween(1, asked.size());
        verdicts.add(verdict);
    }

    @Override
    public void close() {
        closed = true;
    }

    static Bench.Plan plan(Set<Split> split, Configuration configuration) {
        return plan(split, 100, 1, configuration);
    }

    /** Six questions a half, two a template, whose right answer is the number that they begin with. */
    static Bench.Plan plan(Set<Split> split, int limit, int repeat, Configuration configuration) {
        List<BenchCase> cases = IntStream.range(0, 12)
                .mapToObj(i -> new BenchCase(
                        "case-" + i,
                        "template-" + i / 2,
                        "sums",
                        i < 6 ? Split.TEST : Split.LEARN,
                        i % 6 + " as a number, question " + i,
                        new Check.Text(List.of("" + i % 6), List.of())))
                .toList();
        return new Bench.Plan("news", cases, split, List.of(configuration), limit, repeat, 7, 1);
    }

    /** The same, so many at a time. */
    static Bench.Plan parallel(int parallel, Bench.Plan plan) {
        return new Bench.Plan(
                plan.team(),
                plan.cases(),
                plan.split(),
                plan.configurations(),
                plan.limit(),
                plan.repeat(),
                plan.seed(),
                parallel);
    }
}
