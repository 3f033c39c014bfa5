package dev.troupe.tools.egress;

import io.netty.handler.codec.http.HttpObject;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.ChainedProxyAdapter;

/**
 * The server itself, in the form in which LittleProxy takes an address as given instead of looking a name up: as a proxy
 * behind it, which it may have to speak TLS to.
 */
final class Upstream extends ChainedProxyAdapter {
    private final InetSocketAddress address;
    private final @Nullable String tls;
    private final SSLContext trust;
    private final Exchange exchange;
    private boolean tried;

    Upstream(InetSocketAddress address, @Nullable String tls, SSLContext trust, Exchange exchange) {
        this.address = address;
        this.tls = tls;
        this.trust = trust;
        this.exchange = exchange;
    }

    @Override
    public InetSocketAddress getChainedProxyAddress() {
        return address;
    }

    @Override
    public boolean requiresEncryption() {
        return tls != null;
    }

    @Override
    public SSLEngine newSslEngine() {
        SSLEngine engine = trust.createSSLEngine(tls, address.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (tls != null && HostNames.isName(tls)) {
            parameters.setServerNames(List.of(new SNIHostName(tls)));
        }
        if (tried) {
            // LittleProxy tries a server that does not know the name again and again: this time it cannot begin.
            parameters.setCipherSuites(new String[0]);
        }
        tried = true;
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public void filterRequest(HttpObject message) {}

    @Override
    public void connectionSucceeded() {
        tried = false;
    }

    @Override
    public void connectionFailed(@Nullable Throwable cause) {
        exchange.trouble(
                cause instanceof SSLException
                        ? "no trusted TLS connection (" + firstLine(cause) + ")"
                        : "cannot be connected to");
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
