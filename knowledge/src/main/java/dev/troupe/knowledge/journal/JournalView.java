package dev.troupe.knowledge.journal;

import dev.troupe.models.call.TroupeException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * A table that is derived from entries and lies in the journal's own file. It is written in the transaction of the entry
 * that it is derived from, so it can neither lag nor tear; it is made anew when its version is an old one or somebody
 * asks.
 *
 * @param name of its table
 * @param version of its contents; another one on the disk has it made anew
 * @param schema statements that make the table and its indexes
 * @param types names of the entries that it is derived from
 */
record JournalView(String name, int version, List<String> schema, List<String> types, Adder adder) {
    JournalView {
        schema = List.copyOf(schema);
        types = List.copyOf(types);
    }

    /** What an entry of one of the view's types does to its table. */
    interface Adder {
        void add(Statements statements, long sequence, long micros, Entry entry) throws SQLException;
    }

    /** Adds an entry if it is one that counts. */
    void add(Statements statements, long sequence, long micros, Entry entry) throws SQLException {
        if (!types.contains(EntryFormat.type(entry))) {
            return;
        }
        adder.add(statements, sequence, micros, entry);
        PreparedStatement mark = statements.of("UPDATE view SET sequence = ? WHERE name = ?");
        mark.setLong(1, sequence);
        mark.setString(2, name);
        mark.executeUpdate();
    }

    /** Whether the table is there, of this version, and holds every entry that counts. */
    boolean current(Connection connection) throws SQLException {
        String sql = """
                SELECT (SELECT COUNT(*) FROM sqlite_schema WHERE name = '%1$s'),
                  COALESCE((SELECT version FROM view WHERE name = '%1$s'), 0),
                  COALESCE((SELECT sequence FROM view WHERE name = '%1$s'), 0) = %2$s""".formatted(name, last());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getInt(1) == 1 && rows.getInt(2) == version && rows.getInt(3) == 1;
        }
    }

    private String last() {
        return "COALESCE((SELECT MAX(sequence) FROM entry WHERE type IN ('" + String.join("', '", types) + "')), 0)";
    }

    void rebuild(Connection connection, Reader reader, Consumer<TroupeException> damaged) throws SQLException {
        try (Statement statement = connection.createStatement();
                Statements statements = new Statements(connection)) {
            Database.begin(connection);
            statement.execute("DROP TABLE IF EXISTS " + name);
            for (String sql : schema) {
                statement.execute(sql);
            }
            statement.execute("INSERT OR REPLACE INTO view VALUES ('%s', %d, %s)".formatted(name, version, last()));
            // Nobody writes meanwhile: the caller holds the writing connection.
            reader.read(0, types, stored -> addAgain(statements, stored), damaged);
            Database.commit(connection);
        } catch (Unwritable e) {
            Database.rollBack(connection);
            throw e.cause;
        } catch (SQLException e) {
            Database.rollBack(connection);
            throw e;
        }
    }

    private void addAgain(Statements statements, Stored stored) {
        try {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, stored.at());
            adder.add(statements, stored.sequence(), micros, stored.entry());
        } catch (SQLException e) {
            throw new Unwritable(e);
        }
    }

    private static final class Unwritable extends RuntimeException {
        private final SQLException cause;

        Unwritable(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
