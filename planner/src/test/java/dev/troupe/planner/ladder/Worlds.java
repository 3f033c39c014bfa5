package dev.troupe.planner.ladder;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.knowledge.replay.Solution;
import dev.troupe.knowledge.replay.Swap;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.FileSummary;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans, replies and events for the tests of the ladder. */
final class Worlds {
    static final Sampling COLD = new Sampling(0.0, null, 7, 400, List.of());
    static final Duration HOUR = Duration.ofHours(1);
    static final String QUESTION = "Which region had the highest revenue?";
    static final FileSummary FILE =
            new FileSummary("data/sales.csv", "CSV, 3 columns: region (text), year (int64), revenue (float64)");

    static final String KEY_ERROR = """
            Traceback (most recent call last):
              File "/work/program.py", line 3, in <module>
                print(df['region_name'].max())
              File "/usr/lib/python3/dist-packages/pandas/core/frame.py", line 3505, in __getitem__
                indexer = self.columns.get_loc(key)
            KeyError: 'region_name'
            """;
    static final String READS_REGION_NAME =
            "import pandas as pd\ndf = pd.read_csv('data/sales.csv')\nprint(df['region_name'].max())";

    private Worlds() {}

    static Rung rung(String name, int turns) {
        return new Rung(name, "small", COLD, turns, null, false, null);
    }

    static LadderPlan plan(Verifier verifier, Rung... rungs) {
        return plan(verifier, new Demonstrations(0, 0.6), rungs);
    }

    static LadderPlan plan(Verifier verifier, Demonstrations demonstrations, Rung... rungs) {
        return new LadderPlan(
                "You analyse tables.",
                List.of("python", "sh"),
                "",
                List.of(FILE),
                List.of(rungs),
                demonstrations,
                verifier,
                true);
    }

    static ChatResponse says(String text) {
        return says(text, FinishReason.STOP, 10, 5);
    }

    static ChatResponse says(String text, FinishReason finish, long in, long out) {
        return new ChatResponse(text, List.of(), finish, new Usage(in, 0, out), "small", Money.ZERO);
    }

    static String python(String source) {
        return "```python\n" + source + "\n```";
    }

    static Demonstration demonstration(String id, Judge verified) {
        return new Demonstration(
                id,
                "local",
                "newsroom",
                "t-1",
                "Which region had the lowest revenue in 2024?",
                "python",
                "print('ANSWER:', lowest(2024))",
                List.of(),
                "South",
                "quick",
                "local/small",
                900,
                60,
                verified,
                0,
                0,
                null,
                null,
                false);
    }

    /** A program to run again, of a demonstration that somebody vouches for. */
    static Happened.ReplayFound replay(Effect.FindReplay search, Judge verified) {
        Demonstration source = demonstration("d-9", verified);
        Solution solution = new Solution(source.id(), source.question(), source.language(), source.code(), null);
        List<Swap> swaps = List.of(new Swap("date", "2024", "2025", "2024", "2025"));
        String code = "print('ANSWER:', lowest(2025))";
        return new Happened.ReplayFound(search, new Replay.Ready(solution, code, swaps), source);
    }

    /** A task's history with the decision that follows it, to be driven by hand. */
    static final class Story {
        final LadderPlan plan;
        final List<Happened> history = new ArrayList<>();
        Allowance lease = Allowance.UNLIMITED;
        Duration timeLeft = HOUR;

        Story(LadderPlan plan) {
            this.plan = plan;
        }

        Decision next() {
            return Ladder.next(plan, QUESTION, history, lease, timeLeft);
        }

        Effect.CallModel call() {
            return (Effect.CallModel) next().effect();
        }

        Effect.RunCode run() {
            return (Effect.RunCode) next().effect();
        }

        Effect.Outcome outcome() {
            return ((Effect.Finish) next().effect()).outcome();
        }

        /** The text of the next call's last message. */
        String lastMessage() {
            return call().request().messages().getLast().text();
        }

        String system() {
            return call().request().messages().getFirst().text();
        }

        Story replies(String text) {
            return replies(says(text));
        }

        Story replies(ChatResponse response) {
            history.add(new Happened.ModelAnswered(call(), response));
            return this;
        }

        Story prints(int exitCode, String output) {
            history.add(new Happened.CodeRan(run(), exitCode, output, Happened.CodeRan.EXITED));
            return this;
        }

        Story happens(Happened happened) {
            history.add(happened);
            return this;
        }

        List<String> outcomes() {
            return Ladder.accounts(plan, QUESTION, history).stream()
                    .map(account -> account.stage() + ": " + account.outcome())
                    .toList();
        }
    }
}
