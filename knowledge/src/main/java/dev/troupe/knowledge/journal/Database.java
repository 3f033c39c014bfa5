package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file that holds the journal: how it is opened, its schema, and its version. The tables use nothing that
 * PostgreSQL lacks; {@code sequence} would be a {@code BIGINT} there.
 */
final class Database {
    /** "TRUP": marks the file as ours. */
    private static final int APPLICATION_ID = 0x54525550;

    /** 2 since there are conversations: an older Troupe does not know their entries. */
    private static final int VERSION = 2;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE entry (
          sequence INTEGER PRIMARY KEY,
          at BIGINT NOT NULL,
          type TEXT NOT NULL,
          task TEXT,
          tenant TEXT,
          body TEXT NOT NULL,
          checksum BIGINT NOT NULL)""",
        "CREATE INDEX entry_task ON entry (task, type)",
        "CREATE INDEX entry_type ON entry (type, at)",
        "CREATE TABLE view (name TEXT PRIMARY KEY, version INTEGER NOT NULL, sequence BIGINT NOT NULL)",
        "PRAGMA application_id = " + APPLICATION_ID,
        "PRAGMA user_version = " + VERSION,
    };

    /** What is derived from the entries and lies beside them. */
    static final List<JournalView> VIEWS = List.of(Totals.VIEW, Turns.VIEW);

    private Database() {}

    /**
     * Opens the file, makes it if it is missing, and checks that it is one that this version can read.
     *
     * @throws TroupeException {@code STORAGE}
     */
    static Connection open(Path file) {
        Connection connection = null;
        try {
            extractNativeLibraryTo(file.resolveSibling("native"));
            connection = connect(file);
            prepare(connection, file);
            return connection;
        } catch (SQLException e) {
            closeAfterFailure(connection, e);
            throw StorageFailures.of(file, e);
        } catch (TroupeException e) {
            closeAfterFailure(connection, e);
            throw e;
        }
    }

    /** A further connection to a file that {@link #open} has opened; only for reading. */
    static Connection reader(Path file) {
        try {
            Connection connection = connect(file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
            return connection;
        } catch (SQLException e) {
            throw StorageFailures.of(file, e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        // Prepared statements are reused for the life of the connection, so the driver need not parse keys.
        config.setGetGeneratedKeys(false);
        return config.createConnection(JDBC.PREFIX + file);
    }

    private static void prepare(Connection connection, Path file) throws SQLException {
        long version = number(connection, "PRAGMA user_version");
        long application = number(connection, "PRAGMA application_id");
        // A crash between the first page and the schema leaves a file with pages and nothing in it.
        boolean empty = number(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (!empty && application != APPLICATION_ID) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "journal: " + file + " is another program's database (expected: a journal of Troupe)",
                    "it was left as it is; use another folder with --data");
        }
        if (version > VERSION) {
            throw new TroupeException(
                    ErrorCode.STORAGE,
                    "journal: " + file + " has version " + version + " (expected: " + VERSION + " or older)",
                    "it was written by a newer Troupe and left as it is; update Troupe, or use another folder with --data");
        }
        try (Statement statement = connection.createStatement()) {
            // A commit is appended to the write-ahead log and synced there before it returns.
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            if (empty) {
                begin(connection);
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
                commit(connection);
            } else if (version < VERSION) {
                // The tables are the same; views that an older version did not have are made when they are missed.
                statement.execute("PRAGMA user_version = " + VERSION);
            }
        }
    }

    /**
     * Transactions are begun and ended by hand: SQLite ends one by itself when the disk is full, and the driver's own
     * book-keeping then goes wrong.
     */
    static void begin(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    static void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    /** Whether no transaction is open any more. */
    static boolean rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
            return true;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).contains("no transaction is active");
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * The driver unpacks its native library at each start. In the shared temporary folder two users collide, and what a
     * killed process leaves there stays; here the folder's owner clears it away. Only the first journal that a process
     * opens has a say.
     */
    private static void extractNativeLibraryTo(Path folder) {
        if (System.getProperty("org.sqlite.tmpdir") != null || System.getProperty("org.sqlite.lib.path") != null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            try (Stream<Path> leftovers = Files.list(folder)) {
                for (Path leftover : leftovers.toList()) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (IOException e) {
            throw StorageFailures.unusable(folder, e);
        }
        System.setProperty("org.sqlite.tmpdir", folder.toString());
    }

    private static void closeAfterFailure(@Nullable Connection connection, Exception failure) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
