package dev.troupe.knowledge.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Which tasks are the turns of which conversation: those that were answered and not undone. */
final class Turns {
    private static final int VERSION = 1;

    private static final String TABLE = """
            CREATE TABLE turn (
              sequence BIGINT PRIMARY KEY,
              tenant TEXT NOT NULL,
              team TEXT NOT NULL,
              conversation TEXT NOT NULL,
              task TEXT NOT NULL)""";

    static final JournalView VIEW = new JournalView(
            "turn",
            VERSION,
            List.of(
                    TABLE,
                    "CREATE INDEX turn_conversation ON turn (tenant, team, conversation, sequence)",
                    "CREATE INDEX turn_task ON turn (task)"),
            List.of("task-ended", "turn-undone"),
            Turns::add);

    private Turns() {}

    private static void add(Statements statements, long sequence, long micros, Entry entry) throws SQLException {
        if (entry instanceof Entry.TurnUndone undone) {
            PreparedStatement remove = statements.of("DELETE FROM turn WHERE task = ? AND tenant = ?");
            remove.setString(1, undone.task());
            remove.setString(2, undone.tenant());
            remove.executeUpdate();
        } else if (entry instanceof Entry.TaskEnded ended && isTurn(ended.record())) {
            TaskRecord task = ended.record();
            PreparedStatement add = statements.of("INSERT INTO turn VALUES (?, ?, ?, ?, ?)");
            add.setLong(1, sequence);
            add.setString(2, task.tenant());
            add.setString(3, task.team());
            add.setString(4, task.conversation());
            add.setString(5, task.task());
            add.executeUpdate();
        }
    }

    /** A question without an answer would only confuse who is shown it. */
    private static boolean isTurn(TaskRecord task) {
        return task.outcome().equals("solved") && !task.answer().isBlank() && task.parent() == null;
    }
}
