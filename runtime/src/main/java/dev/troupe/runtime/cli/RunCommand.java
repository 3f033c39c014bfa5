package dev.troupe.runtime.cli;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.store.PullProgress;
import dev.troupe.runtime.api.Team;
import dev.troupe.runtime.api.TeamTask;
import dev.troupe.runtime.host.HostSettings;
import dev.troupe.runtime.host.Preparation;
import dev.troupe.runtime.host.TaskOutcomes;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.receipt.TaskJson;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a team one question: the main job. */
@Command(
        name = "run",
        description = {
            "Asks a team a question and prints its answer.",
            "The answer goes to standard output; the steps on the way and the receipt go to standard error."
        },
        footer = {
            "  troupe run examples/analyst \"Which region had the highest revenue in 2025?\"",
            "  troupe run examples/coder --question-file question.txt",
            "  troupe run examples/newsroom --file receipt.png \"What is the total?\"",
            "  echo \"How many primes are below 1000?\" | troupe run examples/coder - --json"
        })
final class RunCommand implements Callable<Integer> {
    /** Fetching a model over a slow line takes long, but has an end. */
    private static final Duration LONGEST_PREPARATION = Duration.ofHours(24);

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "<team>", description = "A team file, or the folder of its team.yaml.")
    private Path team = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "<question>",
            description = "The question; - reads it from standard input.")
    private @Nullable String question;

    @Option(names = "--question-file", paramLabel = "<file>", description = "Read the question from a file (UTF-8).")
    private @Nullable Path questionFile;

    @Option(
            names = "--file",
            paramLabel = "<file>",
            description = {
                "A picture, sound, text or table that the question is about, for a team whose entry plans tasks.",
                "May be given several times."
            })
    private List<Path> files = List.of();

    @Option(
            names = "--unsafe",
            description = "Obey `sandbox: none`: programs that a model wrote then run with all your rights.")
    private boolean unsafe;

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String asked = Question.read(invocation, question, questionFile);
        TeamFile file = read(invocation, team);
        List<Path> attached = attached(file);
        file.notices().forEach(notice -> invocation.err().println("note: " + notice));
        Agent.Outcome outcome;
        try (Team opened = open(file)) {
            outcome = ask(opened, dev.troupe.runtime.api.Question.of(asked).withFiles(attached));
        }
        return report(outcome);
    }

    private Team open(TeamFile file) {
        try (Progress progress = invocation.progress()) {
            return Team.open(
                    file, settings(invocation, unsafe), shownOn(progress), invocation.call(LONGEST_PREPARATION));
        }
    }

    private Agent.Outcome ask(Team opened, dev.troupe.runtime.api.Question asked) {
        Consumer<TaskEvent> renderer = invocation.json() ? event -> {} : new RunRenderer(invocation);
        TeamTask task = opened.ask(asked, renderer);
        invocation.task(task.id());
        try (Cancellation.Registration ignored = invocation.cancellation().onCancel(() -> task.cancel("interrupted"))) {
            return task.await();
        }
    }

    /** What is wrong with a file is told before anything is fetched or asked. */
    private List<Path> attached(TeamFile team) {
        if (!files.isEmpty() && !(team.entryAgent() instanceof PlannerSettings)) {
            throw new TroupeException(
                    ErrorCode.USAGE,
                    "--file: " + files.getFirst() + " (expected: none; " + team.entry() + " takes no files)",
                    "files are for agents of kind planner; programs of an assistant read what tools.python.files grants");
        }
        Optional<Path> url = files.stream()
                .filter(path -> path.toString().matches("https?:/.*"))
                .findFirst();
        if (url.isPresent()) {
            throw new TroupeException(
                    ErrorCode.USAGE, "--file: a URL (expected: a file of this machine)", "fetch it first: curl -O URL");
        }
        return files.stream()
                .map(path -> GraphFiles.checked(path.toAbsolutePath()).file())
                .toList();
    }

    /** @throws TroupeException {@code TEAM_INVALID} */
    static TeamFile read(Invocation invocation, Path team) {
        return new TeamFileReader(invocation.terminal().environment())
                .read(team)
                .orThrow(invocation.errStyle().colours() && !invocation.json());
    }

    /** Makes a team ready, and shows how far that is. */
    static TeamHost open(Invocation invocation, TeamFile file, HostSettings settings) {
        try (Progress progress = invocation.progress()) {
            return TeamHost.open(file, settings, shownOn(progress), invocation.call(LONGEST_PREPARATION));
        }
    }

    /** This machine's, as the command line has them. */
    static HostSettings settings(Invocation invocation, boolean unsafe) {
        return new HostSettings(
                        invocation.folders().data(),
                        invocation.folders().cache(),
                        invocation.terminal().environment(),
                        unsafe)
                .withMachine(invocation.machine());
    }

    static Preparation shownOn(Progress progress) {
        Consumer<PullProgress> pulls = PullDisplay.on(progress);
        return new Preparation() {
            @Override
            public void pulling(PullProgress pull) {
                pulls.accept(pull);
            }

            @Override
            public void doing(String what) {
                progress.update(what);
            }
        };
    }

    private int report(Agent.Outcome outcome) {
        TaskRecord record = TaskOutcomes.record(outcome);
        if (outcome instanceof Agent.Answered && record != null) {
            invocation.result(TaskJson.of(record), shown(record.answer()));
        }
        receipt(record);
        TaskOutcomes.orThrow(outcome);
        return ExitCodes.OK;
    }

    /** A screen must not obey what a program printed; a file or a pipe gets the answer as it is. */
    private String shown(String answer) {
        return invocation.terminal().outIsTerminal() ? SafeText.of(answer) : answer;
    }

    private void receipt(@Nullable TaskRecord record) {
        if (record == null) {
            return;
        }
        invocation.ended(record);
        if (!invocation.json()) {
            invocation.err().println();
            invocation.err().print(new ReceiptText(invocation.errStyle(), invocation.command()).of(record));
            invocation.err().flush();
        }
    }
}
