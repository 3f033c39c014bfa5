package dev.troupe.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs with nothing between them and the machine but a clean environment, a session of their own and limits
 * as far as they go: they can read and write whatever Troupe's user can. Granted files are links in the work folder.
 */
final class Unconfined implements Launch {
    private static final Logger LOG = LoggerFactory.getLogger(Unconfined.class);

    private static final String ENTER = """
            ulimit -c 0; ulimit -n 512; ulimit -f "$1"; cd "$2" || exit 125; shift 2
            while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; shift
            exec "$@" 2>&1
            """;

    private final Limits limits;
    private final List<Grants.Grant> grants;

    Unconfined(Limits limits, List<Grants.Grant> grants) {
        this.limits = limits;
        this.grants = grants;
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
    public List<String> command(Request request, List<String> program) {
        grants.forEach(grant -> link(request.code().workFolder(), grant));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "troupe"));
        command.add(Long.toString(limits.disk() / 512));
        command.add(request.code().workFolder().toString());
        request.group().forEach(entrance -> command.add(entrance.toString()));
        command.add("--");
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session is what the run's processes are known by when they have lost their parents.
            command.addAll(List.of("/usr/bin/setsid", "--wait"));
        }
        command.addAll(program);
        return command;
    }

    @Override
    public void close() {}

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
