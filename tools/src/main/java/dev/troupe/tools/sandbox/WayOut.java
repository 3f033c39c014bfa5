package dev.troupe.tools.sandbox;

import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.egress.Egress;
import dev.troupe.tools.egress.EgressConfig;
import dev.troupe.tools.egress.EgressRun;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How programs inside reach the proxy outside: a forwarder, started in front of each, listens on the sandbox's own
 * loopback and passes connections on to a unix socket that is mounted. Clients find it by the environment variables that
 * they look at anyway, and trust the proxy's certificates; outside nobody does.
 */
final class WayOut implements AutoCloseable {
    static final String SOCKET = "/run/troupe/egress.sock";
    /** Beside what a program may start: the forwarder. */
    static final int PROCESSES = 1;

    private static final Logger LOG = LoggerFactory.getLogger(WayOut.class);
    private static final String CERTIFICATE = "ca.pem";
    private static final String AUTHORITY = "/run/troupe/ca.pem";
    private static final String FORWARDER = "/run/troupe/forward.py";
    private static final String NODE = "/run/troupe/node-proxy.cjs";
    private static final int PORT = 3128;
    private static final List<String> PROXY = List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");
    private static final List<String> TRUST = List.of(
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "NODE_EXTRA_CA_CERTS",
            "PIP_CERT",
            "GIT_SSL_CAINFO",
            "AWS_CA_BUNDLE");
    /** Where libraries look that no variable tells. */
    private static final List<String> BUNDLES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem", "/etc/pki/tls/certs/ca-bundle.crt");

    private final Path folder;
    private final CompletableFuture<Egress> opening;

    /**
     * Begins to open the proxy, which takes longer than anybody should have to wait before there is a program.
     *
     * @param folder a private folder for what is mounted
     */
    WayOut(EgressConfig config, Path folder) {
        this.folder = folder;
        this.opening = CompletableFuture.supplyAsync(() -> open(config), WayOut::start);
    }

    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().name("egress-opening").start(work);
    }

    private Egress open(EgressConfig config) {
        Egress egress = Egress.open(config);
        try {
            Files.writeString(folder.resolve(CERTIFICATE), egress.certificate());
            return egress;
        } catch (IOException e) {
            egress.close();
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The proxy for one run; its socket is made at the path.
     *
     * @throws dev.troupe.models.call.TroupeException {@code STORAGE} when the proxy could not be opened
     */
    EgressRun begin(String task, String conversation, Path socket) throws IOException {
        try {
            return opening.join().begin(task, conversation, socket);
        } catch (CompletionException e) {
            if (e.getCause() instanceof TroupeException known) {
                throw known;
            }
            throw new IOException("the proxy could not be opened", e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            opening.join().close();
        } catch (CompletionException e) {
            LOG.debug("it was never open", e);
        }
    }

    /** What is started in front of the program, which follows. */
    List<String> before(PythonInterpreter python) {
        return List.of(python.executable().toString(), "-I", "-S", "-B", FORWARDER, Integer.toString(PORT), SOCKET);
    }

    /** Options of bubblewrap. */
    List<String> mounts() throws IOException {
        Path authority = folder.resolve(CERTIFICATE);
        Path forwarder = Files.writeString(folder.resolve("forward.py"), resource("forward.py"));
        Path node = Files.writeString(folder.resolve("node-proxy.cjs"), resource("node-proxy.cjs"));
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--ro-bind", authority.toString(), AUTHORITY));
        options.addAll(List.of("--ro-bind", forwarder.toString(), FORWARDER));
        options.addAll(List.of("--ro-bind", node.toString(), NODE));
        for (String bundle : BUNDLES) {
            options.addAll(List.of("--ro-bind", authority.toString(), bundle));
        }
        return options;
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String name : PROXY) {
            environment.put(name, "http://127.0.0.1:" + PORT);
            environment.put(name.toLowerCase(Locale.ROOT), "http://127.0.0.1:" + PORT);
        }
        TRUST.forEach(name -> environment.put(name, AUTHORITY));
        environment.put("NODE_OPTIONS", "--require=" + NODE);
        return environment;
    }

    /** Lines of shell that put the stand-ins into the program's environment. */
    static String exports(EgressRun run) {
        StringBuilder lines = new StringBuilder();
        run.standIns()
                .forEach((name, standIn) -> lines.append("export ")
                        .append(name)
                        .append('=')
                        .append(Launcher.quote(List.of(standIn)))
                        .append('\n'));
        return lines.toString();
    }

    private static String resource(String name) {
        try (InputStream in = WayOut.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
