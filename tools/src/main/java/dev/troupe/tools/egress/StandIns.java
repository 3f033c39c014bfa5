package dev.troupe.tools.egress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What programs see in place of secrets: {@code standin_WEATHER_KEY_} and 26 characters that nobody can guess. They are
 * computed from the conversation, the name and a random key of this machine, never from the secret: the same for as long
 * as the conversation lives, other ones in each other conversation. All their characters mean themselves in URLs, headers,
 * JSON and shells.
 */
final class StandIns {
    static final String BEGINNING = "standin_";
    private static final int LETTERS = 26;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String KEY_FILE = "standins.key";
    private static final int KEY_BYTES = 32;

    /** Anything of that shape; the group is the name. */
    static final Pattern SHAPE = Pattern.compile(BEGINNING + "(" + SecretGrant.NAME + "?)_[a-z2-7]{" + LETTERS + "}");

    private final byte[] key;

    private StandIns(byte[] key) {
        this.key = key;
    }

    static StandIns open(Path folder) throws IOException {
        return PrivateFiles.exclusively(folder, () -> {
            Path file = folder.resolve(KEY_FILE);
            byte[] known = PrivateFiles.read(file);
            if (known == null || known.length != KEY_BYTES) {
                known = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(known);
                PrivateFiles.write(file, known);
            }
            return new StandIns(known);
        });
    }

    /** The stand-in of each secret in a conversation, by the secret's name. */
    Map<String, String> of(String conversation, List<SecretGrant> secrets) {
        Map<String, String> all = new LinkedHashMap<>();
        for (SecretGrant secret : secrets) {
            all.put(secret.name(), BEGINNING + secret.name() + "_" + letters(conversation + "\n" + secret.name()));
        }
        return all;
    }

    private String letters(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < LETTERS; i++) {
                letters.append(ALPHABET.charAt(bytes[i] & 31));
            }
            return letters.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256", e);
        }
    }
}
