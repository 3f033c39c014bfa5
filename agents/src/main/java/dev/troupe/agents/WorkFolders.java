package dev.troupe.agents;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Where the programs of a conversation work. Calls block; thread-safe. */
public interface WorkFolders {
    /** The conversation's folder, made if it is missing. */
    Path open(String tenant, String conversation);

    /** The conversation is idle and was forgotten; nobody works in its folder any more. */
    void close(String tenant, String conversation);

    /** One folder for each conversation below {@code root}; empty ones are removed when they are closed. */
    static WorkFolders under(Path root) {
        return new Under(root);
    }

    /** See {@link #under}. */
    record Under(Path root) implements WorkFolders {
        private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");

        @Override
        public Path open(String tenant, String conversation) {
            try {
                return Files.createDirectories(folder(tenant, conversation));
            } catch (IOException e) {
                throw new TroupeException(
                        ErrorCode.STORAGE, "work folder: " + root + " cannot be written: " + e.getMessage(), null, e);
            }
        }

        @Override
        public void close(String tenant, String conversation) {
            try {
                Files.deleteIfExists(folder(tenant, conversation));
            } catch (DirectoryNotEmptyException e) {
                // Artifacts are the user's.
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Names come from clients: nothing in them may lead elsewhere, and no two may meet. */
        private Path folder(String tenant, String conversation) {
            return root.resolve(safe(tenant)).resolve(safe(conversation));
        }

        private static String safe(String name) {
            String plain = UNSAFE.matcher(name).replaceAll("_");
            boolean same = plain.equals(name) && name.length() <= 80 && !name.isEmpty();
            return same ? name : plain.substring(0, Math.min(40, plain.length())) + "~" + digest(name);
        }

        /** The tilde keeps it apart from names that are used as they are. */
        private static String digest(String name) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
            }
        }
    }
}
