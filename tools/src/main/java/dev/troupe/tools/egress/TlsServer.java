package dev.troupe.tools.egress;

import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Is any host towards programs, with a certificate of this machine's authority. Thread-safe. */
final class TlsServer {
    private static final int KEPT = 256;

    private final CertificateAuthority authority;
    private final Map<CertificateAuthority.Identity, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CertificateAuthority.Identity, SSLContext> eldest) {
            return size() > KEPT;
        }
    };

    TlsServer(CertificateAuthority authority) {
        this.authority = authority;
    }

    SslHandler as(String host) {
        CertificateAuthority.Identity identity = authority.identity(host);
        SSLContext context;
        synchronized (contexts) {
            context = contexts.computeIfAbsent(identity, TlsServer::context);
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return new SslHandler(engine);
    }

    private static SSLContext context(CertificateAuthority.Identity identity) {
        char[] password = new char[0];
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "host", identity.key(), password, new Certificate[] {identity.leaf(), identity.authority()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }
}
