package dev.troupe.tools.sandbox;

import dev.troupe.tools.python.PythonInterpreter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else's process on the machine, for hostile programs to find: it has a secret on its command line, a semaphore,
 * an abstract socket and a service on loopback, and writes down which signals it gets. It ends when its input does.
 */
final class Sentinel implements AutoCloseable {
    private static final String SOURCE = """
            import ctypes, os, signal, socket, sys, threading
            name, log = sys.argv[1], sys.argv[2]
            def note(number, frame):
                with open(log, 'a') as f: f.write('%d\\n' % number)
            for number in (signal.SIGTERM, signal.SIGURG, signal.SIGUSR1): signal.signal(number, note)
            libc = ctypes.CDLL(None)
            key = 0x74000000 | os.getpid()
            semaphore = libc.semget(key, 1, 0o1600)
            abstract = socket.socket(socket.AF_UNIX); abstract.bind('\\0' + name); abstract.listen(8)
            tcp = socket.create_server(('127.0.0.1', 0))
            port = tcp.getsockname()[1]
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(('127.0.0.1', port))
            def accept(server):
                while True: server.accept()[0].close()
            def echo():
                while True: udp.sendto(*udp.recvfrom(100))
            for work in (lambda: accept(abstract), lambda: accept(tcp), echo):
                threading.Thread(target=work, daemon=True).start()
            print(port, key, flush=True)
            sys.stdin.read()
            libc.semctl(semaphore, 0, 0)
            """;

    private final Process process;
    private final Path log;
    private final int port;
    private final int semaphore;

    Sentinel(String secret, Path log) throws IOException {
        this.log = log;
        String python = PythonInterpreter.find("python3").executable().toString();
        process = new ProcessBuilder(python, "-c", SOURCE, secret, log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String[] words = out.readLine().split(" ");
        port = Integer.parseInt(words[0]);
        semaphore = Integer.parseInt(words[1]);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    int semaphore() {
        return semaphore;
    }

    boolean wasTouched() {
        return !process.isAlive() || Files.exists(log);
    }

    void forget() throws IOException {
        Files.deleteIfExists(log);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
