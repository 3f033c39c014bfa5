package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs with nothing between them and the machine but a clean environment, a session of their own and limits
 * as far as they go: they can read and write whatever Troupe's user can. Granted files are links in the work folder.
 */
final class Unconfined implements Launch {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Logger LOG = LoggerFactory.getLogger(Unconfined.class);

    private final List<Grants.Grant> grants;
    private final @Nullable Path packages;

    /**
     * @param packages the folder of installed packages, if there is one
     */
    Unconfined(List<Grants.Grant> grants, @Nullable Path packages) {
        this.grants = grants;
        this.packages = packages;
    }

    @Override
    public String programFolder(Request request) {
        return request.files().toString();
    }

    @Override
    public boolean reports() {
        return false;
    }

    @Override
    public String script(Request request, List<String> program) {
        Path work = request.code().workFolder();
        grants.forEach(grant -> link(work, grant));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // A session is what the run's processes are known by when they have lost their parents.
            command.addAll(List.of(SETSID.toString(), "--wait"));
        }
        command.addAll(program);
        String modules = packages == null ? work.toString() : work + ":" + packages;
        return "cd " + Launcher.quote(List.of(work.toString())) + " || exit 125\n"
                + "export PYTHONPATH=" + Launcher.quote(List.of(modules)) + "\n"
                + "exec " + Launcher.quote(command) + " </dev/null 2>&1";
    }

    @Override
    public Map<String, String> environment() {
        return Bubblewrap.environment("/", "");
    }

    private static void link(Path work, Grants.Grant grant) {
        Path link = work.resolve(grant.target());
        try {
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, grant.source());
            }
        } catch (IOException e) {
            LOG.warn("{} is not in the work folder: {}", grant.target(), e.getMessage());
        }
    }
}
