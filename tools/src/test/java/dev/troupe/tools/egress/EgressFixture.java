package dev.troupe.tools.egress;

import dev.troupe.models.call.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A proxy with one run, whose world outside is on this machine. */
final class EgressFixture implements AutoCloseable {
    static final String API = "api.weather.test";
    static final String OTHER = "other.test";
    static final String KEY = "real+key/with\"signs=8f3a";

    final Egress egress;
    final EgressRun run;
    private final Path folder;

    private EgressFixture(Egress egress, Path folder) throws IOException {
        this.egress = egress;
        this.folder = folder;
        this.run = egress.begin("task-1", "conversation-1", folder.resolve("1.sock"));
    }

    /** Names that nobody maps have the address that the map says, or none. */
    static EgressFixture open(Path folder, EgressConfig config, Map<String, String> names) throws IOException {
        return open(folder, config, names, null);
    }

    static EgressFixture open(Path folder, EgressConfig config, Map<String, String> names, SSLContext trust)
            throws IOException {
        Gate.Resolver resolver = host -> {
            String address = names.get(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(address);
        };
        try {
            SSLContext context = trust == null ? SSLContext.getDefault() : trust;
            return new EgressFixture(Egress.open(config, new Egress.Outside(resolver, context)), folder);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Grants both hosts for reading and posting, the key to one of them, and maps both to the server. */
    static EgressConfig config(Path folder, RawServer server) {
        Set<String> methods = Set.of("GET", "HEAD", "POST");
        return new EgressConfig(
                List.of(
                        new HostGrant(API, methods, List.of("/v1/"), null),
                        new HostGrant(OTHER, methods, List.of(), null)),
                List.of(new SecretGrant("API_KEY", new Secret(KEY), Set.of(API))),
                Map.of(API, server.address(), OTHER, server.address()),
                EgressLimits.standard(),
                folder.resolve("egress"));
    }

    static EgressConfig with(EgressConfig config, EgressLimits limits) {
        return new EgressConfig(config.grants(), config.secrets(), config.mapped(), limits, config.folder());
    }

    static EgressConfig with(EgressConfig config, List<HostGrant> grants, Map<String, URI> mapped) {
        return new EgressConfig(grants, List.of(), new HashMap<>(mapped), config.limits(), config.folder());
    }

    String standIn() {
        return run.standIns().get("API_KEY");
    }

    ProxyClient client() throws IOException {
        return new ProxyClient(run.socket());
    }

    EgressRun begin(String task, String conversation, String name) throws IOException {
        return egress.begin(task, conversation, folder.resolve(name + ".sock"));
    }

    @Override
    public void close() {
        run.close();
        egress.close();
    }
}
