package dev.troupe.knowledge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.knowledge.journal.Conversations.Summary;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {
    @TempDir
    Path temp;

    @Test
    void turns_ofAConversation_areItsAnsweredTasksOldestFirst() {
        try (Journal journal = Journal.open(temp)) {
            Conversations conversations = new Conversations(journal);
            write(journal, "t1", "local", "news", "c-1", "solved", "one");
            write(journal, "t2", "local", "news", "c-2", "solved", "two");
            write(journal, "t3", "local", "news", "c-1", "unsolved", "");
            write(journal, "t4", "local", "news", "c-1", "solved", "four");
            write(journal, "t5", "other", "news", "c-1", "solved", "another tenant's");
            write(journal, "t6", "local", "desk", "c-1", "solved", "another team's");

            assertThat(conversations.turns("local", "news", "c-1", 10))
                    .extracting(TaskRecord::answer)
                    .containsExactly("one", "four");
            assertThat(conversations.turns("local", "news", "c-1", 1))
                    .extracting(TaskRecord::task)
                    .containsExactly("t4");
            assertThat(conversations.turns("local", "news", "c-9", 10)).isEmpty();
            assertThat(conversations.list("local", "news", 10))
                    .extracting(Summary::id, Summary::title, Summary::turns)
                    .containsExactly(tuple("c-1", "Question t1?", 2), tuple("c-2", "Question t2?", 1));
        }
    }

    @Test
    void find_byIdOrBeginning_findsOneOrSaysWhy() {
        try (Journal journal = Journal.open(temp)) {
            Conversations conversations = new Conversations(journal);
            write(journal, "t1", "local", "news", "0193-a", "solved", "one");
            write(journal, "t2", "local", "news", "0193-ab", "solved", "two");
            assertThat(conversations.find("local", "news", "0193-ab").title()).isEqualTo("Question t2?");
            assertThat(conversations.find("local", "news", "0193-a").title()).isEqualTo("Question t1?");
            assertFails(
                    () -> conversations.find("local", "news", "0193"),
                    ErrorCode.INPUT_INVALID,
                    "conversation: 0193 (expected: the beginning of one conversation's id; several begin so)");
            assertFails(
                    () -> conversations.find("local", "desk", "0193-a"),
                    ErrorCode.NOT_FOUND,
                    "conversation: 0193-a (expected: the id of one with the team desk)");
        }
    }

    @Test
    void undo_takesTheLastTurnBack_andLastsThroughARebuild() {
        try (Journal journal = Journal.open(temp)) {
            write(journal, "t1", "local", "news", "c-1", "solved", "one");
            write(journal, "t2", "local", "news", "c-1", "solved", "two");
            Conversations conversations = new Conversations(journal);
            assertThat(conversations.undo("local", "news", "c-1"))
                    .map(TaskRecord::task)
                    .contains("t2");
            assertThat(conversations.undo("local", "news", "c-9")).isEmpty();
        }
        try (Journal journal = Journal.open(temp)) {
            Conversations conversations = new Conversations(journal);
            assertThat(turns(conversations)).containsExactly("t1");
            journal.rebuild();
            assertThat(turns(conversations)).containsExactly("t1");
            assertThat(new Tasks(journal).find("local", "t2")).isPresent();
        }
    }

    @Test
    void folderOfAnOlderVersion_getsItsConversations() throws Exception {
        try (Journal journal = Journal.open(temp)) {
            write(journal, "t1", "local", "news", "c-1", "solved", "one");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            // As version 1 was: without the table of turns.
            statement.execute("DROP TABLE turn");
            statement.execute("DELETE FROM view WHERE name = 'turn'");
            statement.execute("PRAGMA user_version = 1");
        }
        try (Journal journal = Journal.open(temp)) {
            assertThat(turns(new Conversations(journal))).containsExactly("t1");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA user_version").getInt(1)).isEqualTo(2);
        }
    }

    private static List<String> turns(Conversations conversations) {
        return conversations.turns("local", "news", "c-1", 10).stream()
                .map(TaskRecord::task)
                .toList();
    }

    private static void assertFails(Runnable call, ErrorCode code, String message) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessage(message);
        });
    }

    private static void write(
            Journal journal,
            String task,
            String tenant,
            String team,
            String conversation,
            String outcome,
            String answer) {
        TaskRecord sample = Samples.task(task);
        journal.append(new Entry.TaskEnded(new TaskRecord(
                task,
                tenant,
                team,
                "desk",
                conversation,
                "Question " + task + "?",
                Instant.parse("2026-11-22T10:00:00Z"),
                outcome,
                answer,
                Judge.NONE,
                null,
                "chat",
                "local/small",
                null,
                null,
                null,
                null,
                0,
                sample.receipt(),
                List.of(),
                null)));
    }
}
