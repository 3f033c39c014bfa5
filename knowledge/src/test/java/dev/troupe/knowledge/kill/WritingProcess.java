package dev.troupe.knowledge.kill;

import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.demonstration.WordEmbedder;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.ledger.JournalLedger;
import dev.troupe.knowledge.ledger.Limits;
import dev.troupe.models.call.Ledger.LeaseRequest;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes to a data folder from several threads until it is killed, and says on standard output what was acknowledged,
 * one line each: {@code <type> <task>}.
 *
 * <p>Arguments: folder, seed, {@code all} or {@code journal} (without demonstrations), and after how many rounds each
 * thread stops (0: never). When all have stopped the process halts where it stands, closing nothing.
 */
final class WritingProcess {
    private final OutputStream out = System.out;
    private final String run;
    private final long rounds;

    private WritingProcess(String run, long rounds) {
        this.run = run;
        this.rounds = rounds;
    }

    private interface Round {
        void write(String task, Random random) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        WritingProcess process = new WritingProcess(arguments[1], Long.parseLong(arguments[3]));
        Journal journal = Journal.open(folder);
        process.acknowledge("opened", "-");
        Thread[] threads = {
            process.thread("tasks", seed, (task, random) -> process.writeTask(journal, task, random)),
            process.thread("leases", seed + 1, (task, random) -> process.writeLease(journal, task)),
            arguments[2].equals("all")
                    ? process.demonstrations(journal, seed + 2)
                    : process.thread("more", seed + 2, (task, random) -> process.writeTask(journal, task, random)),
        };
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Runtime.getRuntime().halt(0);
    }

    private Thread thread(String name, long seed, Round round) {
        return new Thread(() -> {
            Random random = new Random(seed);
            for (long n = 0; rounds == 0 || n < rounds; n++) {
                try {
                    round.write(run + "-" + name + "-" + n, random);
                } catch (IOException e) {
                    // Nobody listens any more.
                    Runtime.getRuntime().halt(1);
                }
            }
        });
    }

    private void writeTask(Journal journal, String task, Random random) throws IOException {
        String question = "x".repeat(random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(400));
        journal.append(new Entry.TaskStarted(task, "local", "analyst", "analyst", "c", question));
        acknowledge("task-started", task);
        journal.append(new Entry.TaskEnded(Samples.task(task)));
        acknowledge("task-ended", task);
        journal.append(new Entry.TurnUndone(task, "local"));
        acknowledge("turn-undone", task);
        journal.append(new Entry.TaskEnded(Samples.task(task + "-kept")));
        acknowledge("task-ended", task + "-kept");
    }

    private void writeLease(Journal journal, String task) throws IOException {
        var lease = new JournalLedger(journal, "analyst", Limits.NONE)
                .lease(new LeaseRequest(task, "local", "openai/gpt-5", new Money(1000), 10));
        acknowledge("leased", task);
        lease.settle(new Usage(5, 0, 5), new Money(400), "ok");
        acknowledge("settled", task);
    }

    private Thread demonstrations(Journal journal, long seed) {
        DemonstrationLibrary[] library = {DemonstrationLibrary.open(journal, new WordEmbedder())};
        return thread("demonstrations", seed, (task, random) -> {
            Demonstration learned = library[0]
                    .learn(Samples.task(task, "What is " + task + "?", "print(1)", "1", Judge.NONE))
                    .orElseThrow();
            acknowledge("demonstration", task);
            library[0].used("local", learned.id(), task + "-use", random.nextBoolean());
            acknowledge("demonstration-used", task + "-use");
            if (random.nextInt(20) == 0) {
                // Commits the index and reads it again.
                library[0].close();
                library[0] = DemonstrationLibrary.open(journal, new WordEmbedder());
            }
        });
    }

    /** One write for a line, so that a kill leaves whole lines. */
    private synchronized void acknowledge(String type, String task) throws IOException {
        out.write((type + " " + task + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
