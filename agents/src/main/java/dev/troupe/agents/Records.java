package dev.troupe.agents;

import dev.troupe.knowledge.journal.PlanStep;
import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.Receipt.Basis;
import dev.troupe.knowledge.journal.Receipt.Step;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Happened;
import dev.troupe.tools.code.HostCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the record of a task that is over, with its receipt. */
final class Records {
    private Records() {}

    /**
     * What a task has gone through.
     *
     * @param walls how long each event of the history took, in milliseconds
     * @param calls what its programs had to do with hosts, run by run
     * @param wallMillis from question to answer
     */
    record Course(
            List<Happened> history, List<Long> walls, List<String> artifacts, List<HostCalls> calls, long wallMillis) {
        static final Course NONE = new Course(List.of(), List.of(), List.of(), List.of(), 0);
    }

    static TaskRecord of(TeamSetup setup, Job job, Course course, Outcome outcome) {
        List<Account> accounts = job.plan().accounts(job.question(), course.history());
        Optional<Account> solving = accounts.stream().filter(Account::solved).findFirst();
        Outcome.Solved solved = outcome instanceof Outcome.Solved answer ? answer : null;
        return new TaskRecord(
                job.task(),
                job.ask().tenant(),
                setup.team(),
                job.agent(),
                job.ask().conversation(),
                job.question(),
                job.arrived(),
                label(outcome),
                solved == null ? "" : solved.answer(),
                solved == null ? Judge.NONE : solved.verified(),
                solved == null ? lastExitCode(course.history()) : solved.exitCode(),
                solved == null ? null : solved.rung(),
                solving.filter(account -> !account.model().isEmpty())
                        .map(account -> modelName(setup, account.model()))
                        .orElse(null),
                solved == null ? null : solved.language(),
                solved == null ? null : solved.code(),
                solved == null ? null : solved.demonstration(),
                null,
                job.plan().escalations(job.question(), course.history()),
                receipt(setup.prices(), setup.baseline(), accounts, course),
                course.artifacts(),
                error(outcome),
                job.plan().replayed(job.question(), course.history()).orElse(null),
                job.plan().earlier().of(),
                job.plan().planned(job.question(), course.history()).stream()
                        .map(Records::step)
                        .toList());
    }

    private static PlanStep step(TaskResult result) {
        return new PlanStep(
                result.task().id(),
                result.task().capability().name(),
                result.task().inputs(),
                result.candidate(),
                result.state().label(),
                result.wallMillis(),
                result.cost(),
                result.tried(),
                result.isDone() ? null : result.why());
    }

    private static String label(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> "solved";
            case Outcome.Unsolved unsolved -> "unsolved";
            case Outcome.Failed failed -> failed.code() == ErrorCode.CANCELLED ? "cancelled" : "failed";
        };
    }

    private static @Nullable String error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> null;
            case Outcome.Unsolved unsolved ->
                unsolved.ranOut() == null ? null : unsolved.ranOut().name();
            case Outcome.Failed failed -> failed.code().name();
        };
    }

    private static @Nullable Integer lastExitCode(List<Happened> history) {
        Integer exitCode = null;
        for (Happened happened : history) {
            if (happened instanceof Happened.CodeRan ran) {
                exitCode = ran.exitCode();
            }
        }
        return exitCode;
    }

    private static String modelName(TeamSetup setup, String model) {
        return Optional.ofNullable(setup.models().get(model))
                .map(known -> known.name())
                .orElse(model);
    }

    /**
     * The receipt. The baseline is the same task on the baseline model alone: the tokens that the solving rung really
     * used, all of its prompts at the full list price (cached ones too: one model alone would have had to read them), or
     * those that the solution took that was run again.
     * A task that was not solved saves nothing: there is no answer to pay for.
     */
    static Receipt receipt(PriceTable prices, String baseline, List<Account> accounts, Course course) {
        Money baselineCost = accounts.stream()
                .filter(Account::solved)
                .findFirst()
                .flatMap(solving -> prices.cost(
                        baseline,
                        new Usage(
                                solving.worth().inputTokens(),
                                0,
                                solving.worth().outputTokens())))
                .orElse(Money.ZERO);
        Usage usage = Usage.NONE;
        Money cost = Money.ZERO;
        List<Step> steps = new ArrayList<>();
        for (Account account : accounts) {
            usage = usage.plus(account.usage());
            cost = cost.plus(account.cost());
            long wall = account.events().stream().mapToLong(course.walls()::get).sum();
            if (account.stage().startsWith(Account.AGENT)) {
                steps.addAll(
                        Parts.steps(account, wall, account.solved() ? baselineCost : Money.ZERO, course.history()));
                continue;
            }
            Money saved = (account.solved() ? baselineCost : Money.ZERO).minus(account.cost());
            steps.add(new Step(
                    account.stage(),
                    account.outcome() + (recorded(account, course) ? ", recorded" : ""),
                    wall,
                    account.usage(),
                    account.cost(),
                    saved,
                    account.solved() ? Basis.ESTIMATED : Basis.MEASURED));
        }
        EgressStep.of(course.calls()).ifPresent(steps::add);
        int calls = (int) course.history().stream()
                .filter(happened ->
                        happened instanceof Happened.ModelAnswered || happened instanceof Happened.ModelFailed)
                .count();
        return new Receipt(
                cost,
                new Receipt.Baseline(baseline, baselineCost, Basis.ESTIMATED),
                baselineCost.minus(cost),
                usage,
                calls + Parts.sum(course.history(), Receipt::modelCalls),
                course.wallMillis(),
                steps,
                (int) course.history().stream().filter(Records::recorded).count()
                        + Parts.sum(course.history(), Receipt::recordedCalls));
    }

    private static boolean recorded(Account account, Course course) {
        return account.events().stream().map(course.history()::get).anyMatch(Records::recorded);
    }

    private static boolean recorded(Happened happened) {
        return happened instanceof Happened.ModelAnswered answered
                && answered.response().recorded();
    }
}
