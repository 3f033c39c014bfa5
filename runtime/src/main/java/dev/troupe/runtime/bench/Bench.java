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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks cases in configurations, several at a time if so planned, and keeps the results. Each result is on the disk as
 * soon as it is known, and what has a result is not asked again, so that a run can be stopped at any time and started
 * anew.
 */
public final class Bench {
    static final String RUN_AGAIN = "the results so far are kept; run it again";
    private static final int MOST_PARALLEL = 64;

    /** Faults of the surroundings or the team file: they say nothing of how well a team answers, and end the run. */
    private static final Set<ErrorCode> SURROUNDINGS = EnumSet.of(
            ErrorCode.TEAM_INVALID,
            ErrorCode.MODEL_UNAVAILABLE,
            ErrorCode.NOT_FOUND,
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
                if (configuration.learnsOnTheWay()) {
                    requireOnce(configuration);
                    continue;
                }
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

        private void requireOnce(Configuration configuration) {
            if (repeat > 1) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "--repeat: " + repeat + " (expected: 1 with " + configuration.name()
                                + ", which learns on the way)",
                        "what was learned from a question is not tested on it");
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
        plan.configurations().forEach(this::requireTheSame);
        for (Configuration configuration : plan.configurations()) {
            run(configuration, cancellation);
        }
        return report();
    }

    /** Results of one name are results of one thing. */
    private void requireTheSame(Configuration configuration) {
        for (RunRecord before : runs.all()) {
            boolean same = before.team().equals(plan.team())
                    && before.model().equals(factory.model())
                    && before.configuration().equals(configuration.name());
            if (same && before.setting() != null && !before.setting().equals(configuration.setting())) {
                throw new TroupeException(
                        ErrorCode.USAGE,
                        "configuration " + configuration.name() + ": " + configuration.setting() + " (expected: "
                                + before.setting() + ", of which " + folder + " has results)",
                        "give it another name, or take another --run-folder");
            }
        }
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
            if (configuration.demonstrations() == Demonstrations.LEARN) {
                adopt(asker, configuration, open, progress);
            }
            SideBySide.forEach(
                    turn(configuration, open),
                    plan.parallel(),
                    cancellation,
                    (question, stop) -> progress.keep(ask(asker, configuration, question, stop)));
        }
    }

    /**
     * What has no result yet, in the order in which it is asked. Where nothing is learned, questions of a skill follow one
     * another: what their prompts share, such as an API's documentation, then stays in the model's cache.
     */
    private List<Question> turn(Configuration configuration, List<Question> open) {
        Stream<Question> left = open.stream().filter(question -> !runs.has(question.key()));
        return (configuration.demonstrations() == Demonstrations.LEARN
                        ? left
                        : left.sorted(Comparator.comparing(
                                question -> question.asked().skill())))
                .toList();
    }

    /**
     * Takes over tasks that ended just before a run was killed: what they taught is in the data folder already, so to ask
     * their questions again would be to ask what was learned from them.
     */
    private void adopt(Asker asker, Configuration configuration, List<Question> open, Progress progress) {
        Set<String> known = runs.all().stream().map(RunRecord::task).collect(Collectors.toSet());
        for (Asker.Asked ended : asker.ended()) {
            TaskRecord task = ended.record();
            if (!known.contains(task.task()) && !isFault(task)) {
                open.stream()
                        .filter(question -> !runs.has(question.key())
                                && question.asked().question().equals(task.question()))
                        .findFirst()
                        .ifPresent(question -> progress.keep(judge(asker, configuration, question, ended)));
            }
        }
    }

    private List<Question> questions(Configuration configuration) {
        List<Question> questions = new ArrayList<>();
        for (int repetition = 0; repetition < plan.repeat(); repetition++) {
            for (BenchCase one : plan.order(repetition)) {
                questions.add(new Question(
                        one,
                        questions.size(),
                        new RunRecord.Key(plan.team(), factory.model(), configuration.name(), one.id(), repetition)));
            }
        }
        return questions;
    }

    private RunRecord ask(Asker asker, Configuration configuration, Question question, Cancellation cancellation) {
        BenchCase asked = question.asked();
        Asker.Asked result = asker.ask(asked, answer -> asked.check().accepts(answer, asked.question()), cancellation);
        cancellation.throwIfCancelled();
        stopOnFault(result);
        return judge(asker, configuration, question, result);
    }

    private RunRecord judge(Asker asker, Configuration configuration, Question question, Asker.Asked result) {
        BenchCase asked = question.asked();
        TaskRecord task = result.record();
        boolean solved = task.outcome().equals("solved");
        boolean right = solved && asked.check().accepts(task.answer(), asked.question());
        Verdict.Judge judge = toldBy(configuration);
        if (solved && judge != null) {
            asker.judge(task.task(), new Verdict(judge, right));
        }
        return RunRecord.of(
                question.key(), configuration.setting(), asked, question.position(), result, right, plan.parallel());
    }

    /** As whom the right answer speaks after a task; null where it does not. */
    private static Verdict.@Nullable Judge toldBy(Configuration configuration) {
        if (configuration.demonstrations() != Demonstrations.LEARN) {
            return null;
        }
        Feedback feedback = configuration.feedback();
        if (feedback == null) {
            return Verdict.Judge.RULE;
        }
        return feedback == Feedback.AFTER ? Verdict.Judge.PERSON : null;
    }

    /** Whether it ended by something that says nothing of how well a team answers. */
    static boolean isFault(TaskRecord task) {
        return task.error() != null
                && SURROUNDINGS.stream().anyMatch(code -> code.name().equals(task.error()));
    }

    private static void stopOnFault(Asker.Asked result) {
        TaskRecord task = result.record();
        if (isFault(task)) {
            throw new TroupeException(
                    ErrorCode.valueOf(String.valueOf(task.error())),
                    "task " + task.task() + " failed: "
                            + Objects.requireNonNullElse(result.why(), String.valueOf(task.error())),
                    RUN_AGAIN);
        }
    }

    /** A data folder of this configuration; what is learned is shared between runs, not with the user's own tasks. */
    private Path data(Configuration configuration) {
        if (configuration.demonstrations() == Demonstrations.OFF) {
            return folder.resolve("data").resolve(fileName(configuration));
        }
        Configuration teacher = configuration.demonstrations() == Demonstrations.FROZEN
                ? new Configuration(configuration.ladder(), Demonstrations.LEARN, configuration.bare())
                : configuration;
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

    /** @param position in the order, from 0 */
    private record Question(BenchCase asked, int position, RunRecord.Key key) {}
}
