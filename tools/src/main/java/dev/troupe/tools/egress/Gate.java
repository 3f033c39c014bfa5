package dev.troupe.tools.egress;

import dev.troupe.tools.egress.Verdict.Allowed;
import dev.troupe.tools.egress.Verdict.Refused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may go, and to which address. A name is looked up once; the address that was checked is the
 * one that is connected to, so that a name that changes its mind gains nothing. Thread-safe.
 */
final class Gate {
    /** What servers may read as a step up, or as another slash than the one that was checked. */
    private static final Pattern DEVIOUS =
            Pattern.compile("(?:^|/)(?:\\.|%2e){1,2}(?:/|;|$)|\\\\|%2f|%5c|%00|//", Pattern.CASE_INSENSITIVE);

    private final EgressConfig config;
    private final Resolver resolver;
    private final Map<HostGrant, RateWindow> rates = new HashMap<>();

    Gate(EgressConfig config, Resolver resolver, LongSupplier nanos) {
        this.config = config;
        this.resolver = resolver;
        for (HostGrant grant : config.grants()) {
            HostGrant.Rate rate = grant.rate();
            if (rate != null) {
                rates.put(grant, new RateWindow(rate, nanos));
            }
        }
    }

    /** Finds a name's addresses; may block. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * Whether the grants cover a request. It counts against the grant's rate only when all else is right.
     *
     * @param misplaced the name of a secret whose stand-in is in the request without being for this host, or null
     */
    Verdict judge(Target target, String method, @Nullable String misplaced) {
        Refused notGranted = granted(target, method);
        if (notGranted != null) {
            return notGranted;
        }
        if (misplaced != null) {
            return misplaced(target, misplaced);
        }
        for (HostGrant grant : covering(target, method).toList()) {
            RateWindow window = rates.get(grant);
            long wait = window == null ? 0 : window.take();
            if (wait == 0) {
                return route(target);
            }
            if (covering(target, method).count() == 1) {
                return tooFast(grant, wait);
            }
        }
        return new Refused(429, "network: " + target.host() + ": rate (expected: what its grants allow)", "wait", 1L);
    }

    private Stream<HostGrant> covering(Target target, String method) {
        return config.grants().stream()
                .filter(grant -> grant.host().equals(target.host()))
                .filter(grant -> grant.methods().contains(method))
                .filter(grant -> grant.covers(target.pathOnly()));
    }

    private @Nullable Refused granted(Target target, String method) {
        List<HostGrant> forHost = config.grants().stream()
                .filter(grant -> grant.host().equals(target.host()))
                .toList();
        if (HostNames.isAddress(target.host())) {
            return new Refused(
                    403,
                    "network: " + target.host() + " (expected: the name of a granted host, not an address)",
                    "grants are for names: " + hosts());
        }
        if (forHost.isEmpty()) {
            return new Refused(
                    403,
                    "network: " + target.host() + " (expected: a granted host: " + hosts() + ")",
                    "missing in the team file: tools.python.network: [{ host: " + target.host() + " }]");
        }
        if (target.port() != (target.tls() ? Target.HTTPS : Target.HTTP)) {
            return new Refused(
                    403,
                    "network: " + target.host() + ": port " + target.port() + " (expected: 443 for https, 80 for http)",
                    "other ports cannot be granted");
        }
        List<HostGrant> forMethod = forHost.stream()
                .filter(grant -> grant.methods().contains(method))
                .toList();
        if (forMethod.isEmpty()) {
            return new Refused(
                    403,
                    "network: " + target.host() + ": method " + shown(method) + " (expected: "
                            + joined(forHost.stream().flatMap(grant -> grant.methods().stream())) + ")",
                    "missing in the team file: tools.python.network: methods");
        }
        boolean anyPath = forMethod.stream().anyMatch(grant -> grant.paths().isEmpty());
        if (!anyPath && DEVIOUS.matcher(target.pathOnly()).find()) {
            return new Refused(
                    403,
                    "network: " + target.host() + ": path " + shown(target.pathOnly())
                            + " (expected: one without . and .. steps and encoded slashes)",
                    "write the path out");
        }
        if (covering(target, method).findAny().isEmpty()) {
            return new Refused(
                    403,
                    "network: " + target.host() + ": path " + shown(target.pathOnly())
                            + " (expected: one that begins with "
                            + joined(forMethod.stream().flatMap(grant -> grant.paths().stream())) + ")",
                    "missing in the team file: tools.python.network: paths");
        }
        return null;
    }

    private Refused misplaced(Target target, String secret) {
        List<String> bound = config.secrets().stream()
                .filter(grant -> grant.name().equals(secret))
                .flatMap(grant -> grant.hosts().stream())
                .toList();
        return bound.isEmpty() || bound.contains(target.host())
                ? new Refused(
                        403,
                        "secrets: " + secret + ": a stand-in of another conversation (expected: this one's)",
                        "read it from the environment: os.environ[\"" + secret + "\"]")
                : new Refused(
                        403,
                        "secrets: " + secret + ": sent to " + target.host() + " (expected: only to "
                                + joined(bound.stream()) + ")",
                        "missing in the team file: tools.python.secrets." + secret + ".hosts");
    }

    private static Refused tooFast(HostGrant grant, long wait) {
        HostGrant.Rate rate = grant.rate();
        String allowed = rate == null ? "" : rate.calls() + " in " + rate.per().toSeconds() + " s";
        return new Refused(
                429,
                "network: " + grant.host() + ": rate (expected: at most " + allowed + ")",
                "wait " + wait + " s before the next call",
                wait);
    }

    private Verdict route(Target target) {
        URI mapped = config.mapped().get(target.host());
        try {
            if (mapped != null) {
                boolean tls = "https".equals(mapped.getScheme());
                int port = mapped.getPort() >= 0 ? mapped.getPort() : tls ? Target.HTTPS : Target.HTTP;
                String host = mapped.getHost();
                return new Allowed(at(InetAddress.getAllByName(host), port), tls ? host : null);
            }
            InetAddress[] addresses = resolver.resolve(target.host());
            for (InetAddress address : addresses) {
                if (!PublicAddresses.isPublic(address)) {
                    return new Refused(
                            403,
                            "network: " + target.host() + ": " + address.getHostAddress()
                                    + " (expected: an address of the public internet)",
                            "this machine's configuration can map the name: egress.hosts { \"" + target.host()
                                    + "\" = \"http://127.0.0.1:8080\" }");
                }
            }
            // A secret never goes over an open connection, even where the program asked for one.
            boolean tls = target.tls()
                    || config.secrets().stream()
                            .anyMatch(secret -> secret.hosts().contains(target.host()));
            return new Allowed(at(addresses, tls ? Target.HTTPS : Target.HTTP), tls ? target.host() : null);
        } catch (UnknownHostException e) {
            return new Refused(
                    502,
                    "network: " + target.host() + ": no address (expected: a name that can be looked up here)",
                    "is this machine online?");
        }
    }

    private static List<InetSocketAddress> at(InetAddress[] addresses, int port) {
        return Stream.of(addresses)
                .limit(4)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private String hosts() {
        return joined(config.grants().stream().map(HostGrant::host));
    }

    private static String joined(Stream<String> words) {
        return String.join(", ", new TreeSet<>(words.toList()));
    }

    /** Text of a program's, on one line and not without end. */
    private static String shown(String text) {
        String line = text.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() > 80 ? line.substring(0, 79).toLowerCase(Locale.ROOT) + "…" : line;
    }
}
