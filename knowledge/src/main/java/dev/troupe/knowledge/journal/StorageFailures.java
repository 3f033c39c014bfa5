package dev.troupe.knowledge.journal;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is said when the journal cannot be written or read: where, why, and the mend. */
final class StorageFailures {
    private StorageFailures() {}

    static TroupeException unusable(Path folder, IOException cause) {
        // Java has no exception of its own for it; these are the words of Linux.
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
            return new TroupeException(
                    ErrorCode.STORAGE,
                    "data folder: " + folder + " cannot be used: the disk is full (expected: free space)",
                    "free some space there, or use another folder with --data; nothing that was acknowledged is lost",
                    cause);
        }
        return new TroupeException(
                ErrorCode.STORAGE,
                "data folder: " + folder + " cannot be used: " + cause + " (expected: a folder this user may write)",
                "give this user permission to write it, or use another folder with --data",
                cause);
    }

    static TroupeException of(Path file, SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_FULL ->
                new TroupeException(
                        ErrorCode.STORAGE,
                        "journal: " + file + " cannot grow: the disk is full (expected: free space)",
                        "free some space there and try again; nothing that was acknowledged is lost",
                        cause);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                new TroupeException(
                        ErrorCode.STORAGE,
                        "journal: " + file + " cannot be written: " + cause.getMessage()
                                + " (expected: a file this user may write)",
                        "give this user permission to write the file and its folder, or use another folder with --data",
                        cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new TroupeException(
                        ErrorCode.STORAGE,
                        "journal: " + file + " is damaged: " + cause.getMessage() + " (expected: a journal of Troupe)",
                        "it was left as it is; restore it from a backup, or start afresh with another folder by --data",
                        cause);
            default ->
                new TroupeException(
                        ErrorCode.STORAGE,
                        "journal: " + file + ": " + cause.getMessage() + " (expected: to read and write it)",
                        "check the disk, then start again; nothing that was acknowledged is lost",
                        cause);
        };
    }

    /** Whether the next attempt may succeed on the same connection. */
    static boolean passing(SQLException cause) {
        SQLiteErrorCode code = primaryCode(cause);
        return code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_BUSY;
    }

    static TroupeException damaged(Path file, long sequence, String why) {
        return new TroupeException(
                ErrorCode.STORAGE,
                "journal: " + file + ", entry " + sequence + " is damaged: " + why + " (expected: what was written)",
                "it was left as it is and the others are intact; restore the file from a backup");
    }

    private static SQLiteErrorCode primaryCode(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
