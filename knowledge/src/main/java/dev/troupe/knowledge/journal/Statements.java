package dev.troupe.knowledge.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection's prepared statements, the last ones kept, since preparing one costs more than most of them take to run.
 * Whoever runs one closes its result and leaves the statement open. Not thread-safe: it belongs to who has the connection.
 */
final class Statements implements AutoCloseable {
    private static final int KEPT = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** The connection stays its owner's. */
    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    PreparedStatement of(String sql) throws SQLException {
        PreparedStatement known = kept.get(sql);
        if (known != null) {
            return known;
        }
        if (kept.size() >= KEPT) {
            Iterator<PreparedStatement> oldest = kept.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        kept.put(sql, prepared);
        return prepared;
    }

    /** After a failure: the driver finishes the statement that failed, and it cannot be run again. */
    void forget(SQLException failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        List<PreparedStatement> closing = List.copyOf(kept.values());
        kept.clear();
        for (PreparedStatement statement : closing) {
            statement.close();
        }
    }
}
