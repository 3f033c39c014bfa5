package dev.troupe.tools.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request wants to go.
 *
 * @param tls whether the program spoke TLS
 * @param host in lower case
 * @param path with its query, beginning with a slash
 */
record Target(boolean tls, String host, int port, String path) {
    static final int HTTPS = 443;
    static final int HTTP = 80;

    /**
     * The target of a request to a proxy, or through a tunnel of it.
     *
     * @param tunnel where the tunnel leads, or null outside of one
     * @return null for what cannot be read with certainty
     */
    static @Nullable Target of(String uri, List<String> hostHeaders, @Nullable Tunnel tunnel) {
        boolean origin = uri.startsWith("/");
        if ((origin && tunnel == null) || hostHeaders.size() > 1) {
            return null;
        }
        Target named = origin ? null : absolute(uri);
        if (!origin && named == null) {
            return null;
        }
        Target target = tunnel == null
                ? named
                : new Target(tunnel.tls(), tunnel.host(), tunnel.port(), named == null ? uri : named.path);
        boolean strays = named != null && target != null && !named.host.equals(target.host);
        return target == null || strays || !agrees(target, hostHeaders) ? null : target;
    }

    /** The path alone. */
    String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** How it is written into a request that goes through LittleProxy, which keeps a connection for each such host. */
    String keyed() {
        return "http://" + host + ":" + port + path;
    }

    private static @Nullable Target absolute(String uri) {
        int slashes = uri.indexOf("://");
        if (slashes < 0) {
            return null;
        }
        String scheme = uri.substring(0, slashes);
        boolean tls = scheme.equalsIgnoreCase("https");
        if (!tls && !scheme.equalsIgnoreCase("http")) {
            return null;
        }
        String rest = uri.substring(slashes + 3);
        int end = end(rest);
        Tunnel authority = Tunnel.of(rest.substring(0, end), tls ? HTTPS : HTTP, tls);
        String path = rest.substring(end);
        if (authority == null || path.indexOf('#') >= 0) {
            return null;
        }
        String rooted = path.startsWith("/") ? path : "/" + path;
        return new Target(tls, authority.host(), authority.port(), rooted);
    }

    private static int end(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if ("/?#".indexOf(rest.charAt(i)) >= 0) {
                return i;
            }
        }
        return rest.length();
    }

    /** A server believes the header, the grants are for the target: they must say the same. */
    private static boolean agrees(Target target, List<String> hostHeaders) {
        if (hostHeaders.isEmpty()) {
            return true;
        }
        Tunnel said = Tunnel.of(hostHeaders.getFirst().strip(), target.port, target.tls);
        return said != null && said.host().equals(target.host) && said.port() == target.port;
    }

    /**
     * A host and a port that a connection is for.
     *
     * @param tls whether TLS is spoken within
     */
    record Tunnel(String host, int port, boolean tls) {
        /** Reads {@code host:port}; null for anything else, a user's name before it included. */
        static @Nullable Tunnel of(String authority, int defaultPort, boolean tls) {
            try {
                URI uri = new URI("http://" + authority);
                String host = uri.getHost();
                boolean plain = uri.getRawUserInfo() == null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
                int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
                return host == null || !plain || port > 65_535
                        ? odd(authority, defaultPort, tls)
                        : new Tunnel(HostNames.normalised(host), port, tls);
            } catch (URISyntaxException e) {
                return null;
            }
        }

        /** Names with underscores, and addresses in ways of writing that the syntax of URIs does not know. */
        private static @Nullable Tunnel odd(String authority, int defaultPort, boolean tls) {
            String[] parts = authority.split(":", -1);
            String host = HostNames.normalised(parts[0]);
            if (parts.length > 2 || (!HostNames.isName(host) && !HostNames.isAddress(host))) {
                return null;
            }
            boolean given = parts.length == 2;
            if (given && !parts[1].matches("[0-9]{1,5}")) {
                return null;
            }
            return new Tunnel(host, given ? Integer.parseInt(parts[1]) : defaultPort, tls);
        }
    }
}
