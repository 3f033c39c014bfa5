package dev.troupe.runtime.http;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TlsFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.encoders.DecoderException;
import org.jspecify.annotations.Nullable;

/** What a server proves itself with, from files in PEM. */
final class Tls {
    private static final String CERTIFICATE = "serve.tls.certificate";
    private static final String KEY = "serve.tls.key";

    private Tls() {}

    /** @throws TroupeException {@code INPUT_INVALID} when a file cannot be read, or the two do not belong together */
    static SSLContext context(TlsFiles files) {
        List<X509Certificate> chain = chain(files.certificate());
        PrivateKey key = key(files.key());
        if (!belong(chain.getFirst(), key)) {
            throw wrong(KEY, files.key(), "of another certificate", "the key of " + files.certificate(), null);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw wrong(CERTIFICATE, files.certificate(), "cannot be used", "a certificate that Java can use", e);
        }
    }

    private static List<X509Certificate> chain(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        try {
            for (Object object : objects(file)) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(CERTIFICATE, file, why(e), "a readable file in PEM", e);
        }
        if (chain.isEmpty()) {
            throw wrong(CERTIFICATE, file, "no certificate", "a file with -----BEGIN CERTIFICATE-----", null);
        }
        return chain;
    }

    private static PrivateKey key(Path file) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try {
            for (Object object : objects(file)) {
                if (object instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (object instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException e) {
            throw wrong(KEY, file, why(e), "a readable file in PEM", e);
        }
        throw wrong(KEY, file, "no private key without a password", "a file with -----BEGIN PRIVATE KEY-----", null);
    }

    private static List<Object> objects(Path file) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (DecoderException e) {
            throw new PEMException("not base64", e);
        }
        return objects;
    }

    private static String why(Exception failure) {
        return switch (failure) {
            case PEMException damaged -> "damaged";
            case java.nio.file.NoSuchFileException none -> "not there";
            case java.nio.file.AccessDeniedException denied -> "may not be read";
            default -> "cannot be read";
        };
    }

    /** Whether what one signs the other confirms. */
    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        byte[] words = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(words);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(words);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static TroupeException wrong(
            String name, Path file, String what, String expected, @Nullable Exception cause) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                name + ": " + file + ": " + what + " (expected: " + expected + ")",
                null,
                cause);
    }
}
