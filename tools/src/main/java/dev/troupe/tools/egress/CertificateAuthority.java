package dev.troupe.tools.egress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of this machine's user. Only sandboxes trust it; its key lies in a file that the owner alone
 * can read. Certificates of hosts are made when they are first asked for, and kept in memory. Thread-safe.
 */
final class CertificateAuthority {
    private static final String ISSUER = "CN=Troupe sandbox proxy";
    private static final String KEY_FILE = "ca.key";
    private static final String CERTIFICATE_FILE = "ca.pem";
    private static final Duration VALID = Duration.ofDays(3650);
    private static final Duration LEAF_VALID = Duration.ofDays(30);
    /** A new one is made so long before the old one ends. */
    private static final Duration RENEW = Duration.ofDays(60);

    private static final Duration SKEW = Duration.ofDays(1);
    private static final int KEPT = 256;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final KeyPair leafKeys;
    private final Clock clock;
    private final Map<String, X509Certificate> leaves = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
            return size() > KEPT;
        }
    };

    private CertificateAuthority(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = key;
        this.certificate = certificate;
        this.leafKeys = newKeys();
        this.clock = clock;
    }

    /** What a server needs to be a host. */
    record Identity(PrivateKey key, X509Certificate leaf, X509Certificate authority) {}

    /** The one in the folder; a new one when there is none, when it is about to end, or when others could read its key. */
    static CertificateAuthority open(Path folder, Clock clock) throws IOException {
        return PrivateFiles.exclusively(folder, () -> {
            CertificateAuthority known = load(folder, clock);
            return known == null ? make(folder, clock) : known;
        });
    }

    /** The authority's certificate, for those who are to trust it. */
    String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /** The certificate for a host's name or address. */
    Identity identity(String host) {
        synchronized (leaves) {
            X509Certificate known = leaves.get(host);
            if (known == null || known.getNotAfter().toInstant().minus(SKEW).isBefore(clock.instant())) {
                known = issue(host);
                leaves.put(host, known);
            }
            return new Identity(leafKeys.getPrivate(), known, certificate);
        }
    }

    private X509Certificate issue(String host) {
        Instant now = clock.instant();
        try {
            int kind = HostNames.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName;
            X509v3CertificateBuilder builder =
                    builder(new X500Name("CN=sandbox"), leafKeys.getPublic(), now, LEAF_VALID);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return sign(builder, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for " + host, e);
        }
    }

    private static @Nullable CertificateAuthority load(Path folder, Clock clock) throws IOException {
        byte[] keyText = PrivateFiles.read(folder.resolve(KEY_FILE));
        byte[] certificateText = PrivateFiles.read(folder.resolve(CERTIFICATE_FILE));
        if (keyText == null || certificateText == null) {
            return null;
        }
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(keyText)));
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes(certificateText)));
            boolean lasts = certificate.getNotAfter().toInstant().minus(RENEW).isAfter(clock.instant());
            return lasts ? new CertificateAuthority(key, certificate, clock) : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null; // Damaged: nothing but sandboxes trusts it, so that a new one does no harm.
        }
    }

    private static CertificateAuthority make(Path folder, Clock clock) throws IOException {
        KeyPair keys = newKeys();
        X509Certificate certificate;
        try {
            X509v3CertificateBuilder builder = builder(new X500Name(ISSUER), keys.getPublic(), clock.instant(), VALID);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            certificate = sign(builder, keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate authority", e);
        }
        PrivateFiles.write(
                folder.resolve(KEY_FILE),
                ascii(pem("PRIVATE KEY", keys.getPrivate().getEncoded())));
        PrivateFiles.write(folder.resolve(CERTIFICATE_FILE), ascii(pem("CERTIFICATE", encoded(certificate))));
        return new CertificateAuthority(keys.getPrivate(), certificate, clock);
    }

    private static X509v3CertificateBuilder builder(X500Name subject, PublicKey key, Instant now, Duration valid) {
        BigInteger serial = new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
        return new JcaX509v3CertificateBuilder(
                new X500Name(ISSUER), serial, Date.from(now.minus(SKEW)), Date.from(now.plus(valid)), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that cannot be written", e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] bytes(byte[] pem) {
        return Base64.getMimeDecoder()
                .decode(new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
