package dev.troupe.runtime.host;

import com.typesafe.config.ConfigUtil;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Makes keys and writes their hashes into the machine's configuration, at its end: what stands there stays as it is. */
public final class KeyFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFile() {}

    /** A new key: {@code tr-} and 256 random bits in 43 characters. */
    public static String newKey() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return "tr-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /**
     * Adds a key, in one step that is done or not.
     *
     * @throws TroupeException {@code INPUT_INVALID} for a name that no key may have; {@code STORAGE}
     */
    public static void add(Path file, AccessKey key) {
        if (!KeysSection.isName(key.name())) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "name: " + key.name() + " (expected: up to 40 letters, digits, - and _, not local)",
                    null);
        }
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path folder = real.getParent() == null ? Path.of("/") : real.getParent();
            Files.createDirectories(folder);
            String before = Files.exists(real) ? Files.readString(real) : "";
            Path written = Files.createTempFile(
                    folder,
                    ".troupe",
                    ".conf",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(
                        written, before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line(key));
                if (Files.exists(real)) {
                    Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(real));
                }
                Files.move(written, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new TroupeException(
                    ErrorCode.STORAGE, "configuration: " + file + " cannot be written: " + e.getMessage(), null, e);
        }
    }

    private static String line(AccessKey key) {
        List<String> fields = new ArrayList<>();
        fields.add("hash = \"" + key.hash() + "\"");
        if (!key.agents().isEmpty()) {
            fields.add("agents = ["
                    + key.agents().stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", ")) + "]");
        }
        if (key.perMinute() != null) {
            fields.add("per-minute = " + key.perMinute());
        }
        if (key.day() != null) {
            fields.add("budget = \"" + key.day().toDecimal() + " USD\"");
        }
        if (key.metrics()) {
            fields.add("metrics = true");
        }
        return "serve.keys." + ConfigUtil.quoteString(key.name()) + " { " + String.join(", ", fields) + " }\n";
    }
}
