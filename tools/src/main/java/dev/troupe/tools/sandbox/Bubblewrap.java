package dev.troupe.tools.sandbox;

import dev.troupe.tools.egress.EgressRun;
import dev.troupe.tools.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs in <a href="https://github.com/containers/bubblewrap">bubblewrap</a>. What such a program sees: its
 * work folder at {@code /work} (writable) with the granted files in it, {@code /usr}, some files of {@code /etc}, its
 * interpreter and packages, a {@code /tmp} and a {@code /dev/shm} of its own, and nothing else.
 *
 * <p>Bubblewrap's status goes to what Java sees as standard error, and the program's two outputs to standard output.
 */
final class Bubblewrap implements Launch {
    static final String WORK = "/work";
    static final String PROGRAM = "/program";
    static final String PACKAGES = "/packages";

    /** What programs look up in /etc; a file that is not named here does not exist for them. */
    private static final List<String> ETC = List.of(
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/alternatives",
            "/etc/localtime",
            "/etc/timezone",
            "/etc/mime.types",
            "/etc/fonts");

    private static final List<String> ALIASES = List.of("bin", "lib", "lib32", "lib64", "libx32", "sbin");
    /** What is seen besides when the root is not the sandbox's own. */
    static final List<String> OTHER_ROOTS = List.of("/home", "/root", "/etc", "/var", "/opt", "/srv", "/mnt");

    private final String bubblewrap;
    private final SandboxConfig config;
    private final List<Grants.Grant> grants;
    private final PythonInterpreter python;
    private final @Nullable WayOut way;
    private final Set<Defence> defences;
    private final Path files;
    private final List<String> mounts;

    /**
     * @param bubblewrap the program
     * @param way how programs reach the proxy, or null where they do not
     * @param files a private folder for the filter and the few files of {@code /etc} that are made up
     */
    Bubblewrap(
            String bubblewrap,
            SandboxConfig config,
            List<Grants.Grant> grants,
            PythonInterpreter python,
            @Nullable WayOut way,
            Set<Defence> defences,
            Path files)
            throws IOException {
        this.bubblewrap = bubblewrap;
        this.config = config;
        this.grants = grants;
        this.python = python;
        this.way = way;
        this.defences = defences;
        this.files = files;
        this.mounts = mounts();
        writeFilter();
    }

    @Override
    public String programFolder(Request request) {
        return PROGRAM;
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public String script(Request request, List<String> program) {
        List<String> command = new ArrayList<>(List.of(bubblewrap, "--json-status-fd", "8"));
        filter().ifPresent(filter -> command.addAll(List.of("--seccomp", "9")));
        command.addAll(mounts);
        add(command, "--ro-bind", request.files().toString(), PROGRAM);
        add(command, "--bind", request.code().workFolder().toString(), WORK);
        String grant = defences.contains(Defence.READ_ONLY_GRANTS) ? "--ro-bind" : "--bind";
        for (Grants.Grant granted : grants) {
            add(command, grant, granted.source().toString(), WORK + "/" + granted.target());
        }
        if (way != null && request.egress() != null) {
            add(command, "--ro-bind", request.egress().socket().toString(), WayOut.SOCKET);
        }
        if (defences.contains(Defence.READ_ONLY_ROOT)) {
            add(command, "--remount-ro", "/dev", "--remount-ro", "/");
            if (defences.contains(Defence.PROCESS_NAMESPACE)) {
                add(command, "--remount-ro", "/proc");
            }
        }
        EgressRun egress = request.egress();
        String exports = "";
        add(command, "--chdir", WORK, "--");
        if (way != null && egress != null) {
            command.addAll(way.before(python));
            exports = WayOut.exports(egress);
        }
        command.addAll(program);
        String filter = Launcher.quote(List.of(filter().map(Path::toString).orElse("/dev/null")));
        return exports + "exec " + Launcher.quote(command) + " 8>&2 9<" + filter + " </dev/null 2>&1";
    }

    /**
     * A line of shell that becomes a program which is spoken to: its standard streams are the shell's.
     *
     * @param disk bytes that its work folder may hold, which is its own and gone when it ends
     */
    String service(List<String> program, long disk) {
        List<String> command = new ArrayList<>(List.of(bubblewrap));
        filter().ifPresent(filter -> command.addAll(List.of("--seccomp", "9")));
        command.addAll(mounts);
        add(command, "--size", Long.toString(disk), "--tmpfs", WORK);
        for (Grants.Grant granted : grants) {
            add(command, "--ro-bind", granted.source().toString(), WORK + "/" + granted.target());
        }
        add(command, "--remount-ro", "/dev", "--remount-ro", "/", "--remount-ro", "/proc", "--chdir", WORK, "--");
        command.addAll(program);
        String filter = Launcher.quote(List.of(filter().map(Path::toString).orElse("/dev/null")));
        return "exec " + Launcher.quote(command) + " 9<" + filter;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = environment(WORK, config.packages() == null ? WORK : WORK + ":" + PACKAGES);
        if (way == null) {
            return environment;
        }
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(WayOut.environment());
        return Map.copyOf(more);
    }

    /**
     * @param work where the program finds its work folder
     * @param pythonPath where it finds modules
     */
    static Map<String, String> environment(String work, String pythonPath) {
        String threads = Integer.toString(Math.min(4, Runtime.getRuntime().availableProcessors()));
        return Map.ofEntries(
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"),
                Map.entry("HOME", "/tmp"),
                Map.entry("TMPDIR", "/tmp"),
                Map.entry("PWD", work),
                Map.entry("LANG", "C.UTF-8"),
                Map.entry("TERM", "dumb"),
                Map.entry("PYTHONPATH", pythonPath),
                Map.entry("PYTHONUTF8", "1"),
                Map.entry("PYTHONHASHSEED", "0"),
                Map.entry("MPLBACKEND", "Agg"),
                Map.entry("MPLCONFIGDIR", "/tmp/matplotlib"),
                // Each would start a thread per processor, and threads count as processes.
                Map.entry("OMP_NUM_THREADS", threads),
                Map.entry("OPENBLAS_NUM_THREADS", threads),
                Map.entry("MKL_NUM_THREADS", threads),
                Map.entry("NUMEXPR_NUM_THREADS", threads));
    }

    private List<String> mounts() throws IOException {
        List<String> options = new ArrayList<>(List.of("--unshare-user", "--unshare-uts", "--unshare-cgroup-try"));
        option(options, Defence.NETWORK_NAMESPACE, "--unshare-net");
        option(options, Defence.PROCESS_NAMESPACE, "--unshare-pid");
        option(options, Defence.IPC_NAMESPACE, "--unshare-ipc");
        option(options, Defence.NO_USER_NAMESPACES, "--disable-userns");
        option(options, Defence.NEW_SESSION, "--new-session");
        option(options, Defence.DIE_TOGETHER, "--die-with-parent");
        boolean powerless = defences.contains(Defence.NO_CAPABILITIES);
        if (powerless || isRoot()) {
            add(options, powerless ? "--cap-drop" : "--cap-add", "ALL");
        }
        add(options, "--uid", "65534", "--gid", "65534", "--hostname", "troupe");
        add(options, "--ro-bind", "/usr", "/usr");
        for (String alias : ALIASES) {
            Path path = Path.of("/", alias);
            if (Files.isSymbolicLink(path)) {
                add(options, "--symlink", Files.readSymbolicLink(path).toString(), path.toString());
            } else if (Files.isDirectory(path)) {
                add(options, "--ro-bind", path.toString(), path.toString());
            }
        }
        etc(options);
        for (Path needed : python.needs()) {
            add(options, "--ro-bind", needed.toString(), needed.toString());
        }
        if (config.packages() != null) {
            add(options, "--ro-bind", config.packages().toString(), PACKAGES);
        }
        if (way != null) {
            options.addAll(way.mounts());
        }
        temporary(options);
        return List.copyOf(options);
    }

    private void etc(List<String> options) throws IOException {
        if (!defences.contains(Defence.OWN_ROOT)) {
            OTHER_ROOTS.forEach(root -> add(options, "--ro-bind-try", root, root));
            return;
        }
        for (String file : ETC) {
            add(options, "--ro-bind-try", file, file);
        }
        madeUp(options, "passwd", "troupe:x:65534:65534:troupe:/tmp:/bin/sh\n");
        madeUp(options, "group", "troupe:x:65534:\n");
        madeUp(options, "hosts", "127.0.0.1 localhost troupe\n::1 localhost\n");
        madeUp(options, "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    }

    private void madeUp(List<String> options, String name, String content) throws IOException {
        Path file = Files.writeString(files.resolve(name), content);
        add(options, "--ro-bind", file.toString(), "/etc/" + name);
    }

    private void temporary(List<String> options) {
        boolean bounded = defences.contains(Defence.MEMORY_LIMIT);
        long memory = bounded ? config.limits().memory() : 4 * config.limits().memory();
        if (defences.contains(Defence.PROCESS_NAMESPACE)) {
            add(options, "--proc", "/proc");
        } else {
            add(options, "--ro-bind", "/proc", "/proc");
        }
        add(options, "--dev", "/dev", "--size", Long.toString(memory / 4), "--tmpfs", "/dev/shm");
        if (defences.contains(Defence.PRIVATE_TMP)) {
            add(options, "--size", Long.toString(memory / 2), "--tmpfs", "/tmp");
        } else {
            add(options, "--bind", "/tmp", "/tmp");
        }
    }

    private void writeFilter() throws IOException {
        Optional<SystemCallFilter.Machine> machine = SystemCallFilter.Machine.current();
        if (machine.isPresent() && defences.contains(Defence.SYSTEM_CALLS)) {
            List<SystemCallRules.Rule> rules = way == null ? SystemCallRules.ALL : SystemCallRules.WITH_NETWORK;
            Files.write(files.resolve("filter.bpf"), SystemCallFilter.bytes(machine.get(), rules));
        }
    }

    private Optional<Path> filter() {
        return Optional.of(files.resolve("filter.bpf")).filter(Files::exists);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void option(List<String> options, Defence defence, String name) {
        if (defences.contains(defence)) {
            options.add(name);
        }
    }

    private static void add(List<String> options, String... more) {
        options.addAll(List.of(more));
    }
}
