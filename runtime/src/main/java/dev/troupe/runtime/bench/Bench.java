package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Asks cases in configurations, several at a time if so planned, and keeps the results. Each result is on the disk as
 * soon as it is known, and what has a result is not asked again, so that a run can be stopped at any time and started
 * anew.
 */
public final class Bench {
    private static final int MOST_PARALLEL = 64;

    /** Faults of the surroundings or the team file: they say nothing of how well a team answers, and end the run. */
    private static final Set<ErrorCode> SURROUNDINGS = EnumSet.of(
            ErrorCode.TEAM_INVALID,
            ErrorCode.MODEL_UNAVAILABLE,
            ErrorCode.PROVIDER_REFUSED,
            ErrorCode.PROVIDER_FAILED,
            ErrorCode.SANDBOX_UNAVAILABLE,
            ErrorCode.OVERLOADED,
            ErrorCode.DATA_FOLDER_BUSY,
            ErrorCode.STORAGE,
            ErrorCode.CANCELLED,
            ErrorCode.INTERNAL);

    private final Plan plan;
    private final Path folder;
    private final Asker.Factory factory;
    private final Listener listener;
    private final RunFile runs;

    /**
     * @param folder where the run file and what was learned are kept
     */
    public Bench(Plan plan, Path folder, Asker.Factory factory, Listener listener) {
        plan.validate();
        this.plan = plan;
        this.folder = folder;
        this.factory = factory;
        this.listener = listener;
        this.runs = RunFile.open(folder.resolve("runs.jsonl"));
    }

    /**
     * What is asked.
     *
     * @param team the team's name
     * @param cases in the file's order
     * @param split the halves to ask
     * @param limit the most questions of these, counted after shuffling
     * @param repeat how often each is asked
     * @param seed of the order, which all configurations share
     * @param parallel how many questions of a configuration are asked at the same time, 1 to 64; with more than one, a
     *     configuration that learns shows a question what those had taught that were done before it
     */
    public record Plan(
            String team,
            List<BenchCase> cases,
            Set<Split> split,
            List<Configuration> configurations,
            int limit,
            int repeat,
            long seed,
            int parallel) {
        public Plan {
            cases = List.copyOf(cases);
            split = Set.copyOf(split);
            configurations = List.copyOf(configurations);
        }

        private void validate() {
            if (parallel < 1 || parallel > MOST_PARALLEL) {
                throw new TroupeException(
                        ErrorCode.USAGE, "--parallel: " + parallel + " (expected: 1 to " + MOST_PARALLEL + ")", null);
            }
            for (Configuration configuration : configurations) {
                Split only = configuration.demonstrations() == Demonstrations.LEARN ? Split.LEARN : Split.TEST;
                if (configuration.demonstrations() != Demonstrations.OFF && !split.equals(Set.of(only))) {
                    String label = configuration.demonstrations().label();
                    throw new TroupeException(
                            ErrorCode.USAGE,
                            "--demonstrations " + label + " (expected: with --split "
                                    + only.name().toLowerCase(java.util.Locale.ROOT) + ")",
                            "what was learned from a question is not tested on it");
                }
            }
        }

        /** The cases in the order of one repetition. */
        List<BenchCase> order(int repetition) {
            List<BenchCase> asked = new ArrayList<>(
                    cases.stream().filter(one -> split.contains(one.split())).toList());
            Collections.shuffle(asked, new Random(seed));
            List<BenchCase> limited = new ArrayList<>(asked.subList(0, Math.min(limit, asked.size())));
            if (repetition > 0) {
                Collections.shuffle(limited, new Random(seed + repetition));
            }
            return limited;
        }
    }

    /** Learns how the run goes. */
    public interface Listener {
        /**
         * A question was answered now; {@code done} of {@code all} of this configuration have a result. Called by one
         * thread at a time.
         */
        void asked(RunRecord result, int done, int all);

        /** Listens to nothing. */
        Listener NONE = (result, done, all) -> {};
    }

    /**
     * Asks what has no result yet.
     *
     * @throws TroupeException {@code CANCELLED}, or what stops the model, the sandbox or the disk from working; the
     *     results so far are kept
     */
    public Report run(Cancellation cancellation) {
        for (Configuration configuration : plan.configurations()) {
            run(configuration, cancellation);
        }
        return report();
    }

    /** The results of the run file, of these and of earlier runs. */
    public Report report() {
        return Report.of(runs.all());
    }

    private void run(Configuration configuration, Cancellation cancellation) {
        List<Question> questions = questions(configuration);
        List<Question> open =
                questions.stream().filter(question -> !runs.has(question.key())).toList();
        if (open.isEmpty()) {
            return;
        }
        cancellation.throwIfCancelled();
        Progress progress = new Progress(questions.size() - open.size(), questions.size());
        try (Asker asker = factory.open(configuration, data(configuration))) {
            SideBySide.forEach(
                    open,
                    plan.parallel(),
                    cancellation,
                    (question, stop) -> progress.keep(ask(asker, configuration, question, stop)));
        }
    }

    private List<Question> questions(Configuration configuration) {
        List<Question> questions = new ArrayList<>();
        for (int repetition = 0; repetition < plan.repeat(); repetition++) {
            for (BenchCase one : plan.order(repetition)) {
                questions.add(new Question(
                        one,
                        new RunRecord.Key(plan.team(), factory.model(), configuration.name(), one.id(), repetition)));
            }
        }
        return questions;
    }

    private RunRecord ask(Asker asker, Configuration configuration, Question question, Cancellation cancellation) {
        BenchCase asked = question.asked();
        Asker.Asked result = asker.ask(asked.question(), cancellation);
        TaskRecord task = result.record();
        cancellation.throwIfCancelled();
        stopOnFault(task);
        boolean solved = task.outcome().equals("solved");
        boolean right = solved && asked.check().accepts(task.answer(), asked.question());
        if (solved && configuration.demonstrations() == Demonstrations.LEARN) {
            asker.judge(task.task(), new Verdict(Verdict.Judge.RULE, right));
        }
        return RunRecord.of(question.key(), asked, result, right, plan.parallel());
    }

    private static void stopOnFault(TaskRecord task) {
        String error = task.error();
        for (ErrorCode code : SURROUNDINGS) {
            if (code.name().equals(error)) {
                throw new TroupeException(
                        code, "task " + task.task() + " failed: " + error, "the results so far are kept; run it again");
            }
        }
    }

    /** A data folder of this configuration; what is learned is shared between runs, not with the user's own tasks. */
    private Path data(Configuration configuration) {
        if (configuration.demonstrations() == Demonstrations.OFF) {
            return folder.resolve("data").resolve(fileName(configuration));
        }
        Configuration teacher = new Configuration(configuration.ladder(), Demonstrations.LEARN, configuration.bare());
        Path learned = folder.resolve("data").resolve(fileName(teacher));
        if (configuration.demonstrations() == Demonstrations.FROZEN && !Files.isDirectory(learned)) {
            throw new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "learned: " + learned + " (expected: what " + teacher.name() + " has learned)",
                    "run it with --split learn --demonstrations learn first");
        }
        return learned;
    }

    private String fileName(Configuration configuration) {
        return (plan.team() + " " + factory.model() + " " + configuration.name()).replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    /** Keeps the results of one configuration as they come, and tells of each. */
    private final class Progress {
        private final int all;
        private int done;

        Progress(int done, int all) {
            this.done = done;
            this.all = all;
        }

        synchronized void keep(RunRecord result) {
            runs.add(result);
            done++;
            listener.asked(result, done, all);
        }
    }

    private record Question(BenchCase asked, RunRecord.Key key) {}
}
