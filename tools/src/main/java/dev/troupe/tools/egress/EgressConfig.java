package dev.troupe.tools.egress;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the proxy lets through.
 *
 * @param grants the hosts that can be reached; several for one host add up
 * @param secrets what may be sent there
 * @param mapped names that stand for another address on this machine's wish, such as {@code http://127.0.0.1:18080}: the
 *     only way to an address that is not public. A mapping grants nothing
 * @param folder where this machine's certificate authority and the key of the stand-ins are kept, for its owner alone
 */
public record EgressConfig(
        List<HostGrant> grants, List<SecretGrant> secrets, Map<String, URI> mapped, EgressLimits limits, Path folder) {
    public EgressConfig {
        grants = List.copyOf(grants);
        secrets = List.copyOf(secrets);
        mapped = Map.copyOf(mapped);
        for (SecretGrant secret : secrets) {
            for (String host : secret.hosts()) {
                if (grants.stream().noneMatch(grant -> grant.host().equals(host))) {
                    throw new IllegalArgumentException(
                            "secret " + secret.name() + ": host " + host + " (expected: a granted one)");
                }
            }
        }
    }

    /** Whether an address is one that a name can be mapped to. */
    public static boolean isTarget(URI target) {
        boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
        String path = target.getRawPath();
        return web
                && target.getHost() != null
                && target.getRawUserInfo() == null
                && target.getRawQuery() == null
                && target.getRawFragment() == null
                && (path == null || path.isEmpty() || path.equals("/"));
    }
}
