package dev.troupe.models.local;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that nobody but this user can write. */
final class PrivateFolder {
    private PrivateFolder() {}

    /**
     * Makes the folder if it is missing.
     *
     * @param what is named when it is not private
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when it is another user's, or others may write to it
     */
    static void make(Path folder, String what) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.exists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        require(folder, what);
    }

    private static void require(Path folder, String what) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        Object owner = Files.getAttribute(folder, "unix:uid");
        // The kernel's own word on who this process is; names may be missing inside containers.
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "%s %s: owner %s, %s (expected: owner %s, rwx------)"
                            .formatted(what, folder, owner, PosixFilePermissions.toString(permissions), self),
                    "remove that folder; it is made anew");
        }
    }
}
