package dev.troupe.models.local;

import de.kherud.llama.LlamaModel;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * The native library, unpacked once per version into a folder that only this user can write. Left to itself, the library
 * unpacks to a fixed name in the common temporary folder, where two users collide and a third could put his own.
 */
final class NativeLibrary {
    private static final String VERSION = "4.2.0";
    private static final String FILE = "libjllama.so";

    private NativeLibrary() {}

    /** The folder that holds the library, unpacked if needed. */
    static Path unpack(Path nativeFolder) {
        String platform = platform();
        try {
            Path folder = nativeFolder.resolve("llama-" + VERSION + "-" + platform.replace('/', '-'));
            Files.createDirectories(folder.getParent());
            if (!Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            requirePrivate(folder);
            if (!Files.exists(folder.resolve(FILE))) {
                unpack(platform, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE, "native library: " + e.getMessage(), "is the disk of the cache folder full?", e);
        }
    }

    private static void unpack(String platform, Path folder) throws IOException {
        Path unfinished = Files.createTempFile(folder, "unpacking", ".tmp");
        try (InputStream in = LlamaModel.class.getResourceAsStream("/de/kherud/llama/" + platform + "/" + FILE)) {
            if (in == null) {
                throw new TroupeException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "platform: " + platform + " (expected: Linux on x86_64 or aarch64)",
                        "use a model of provider openai here");
            }
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void requirePrivate(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        Object owner = Files.getAttribute(folder, "unix:uid");
        // The kernel's own word on who this process is; names may be missing inside containers.
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new TroupeException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "native library's folder %s: owner %s, %s (expected: owner %s, rwx------)"
                            .formatted(folder, owner, PosixFilePermissions.toString(permissions), self),
                    "remove that folder; it is made anew");
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return (system.startsWith("linux") ? "Linux" : system)
                + "/"
                + (processor.equals("amd64") ? "x86_64" : processor);
    }
}
