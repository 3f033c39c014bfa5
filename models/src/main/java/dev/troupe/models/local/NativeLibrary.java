package dev.troupe.models.local;

import de.kherud.llama.LlamaModel;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

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
            PrivateFolder.make(folder, "native library's folder");
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

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return (system.startsWith("linux") ? "Linux" : system)
                + "/"
                + (processor.equals("amd64") ? "x86_64" : processor);
    }
}
