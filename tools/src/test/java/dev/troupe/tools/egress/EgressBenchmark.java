package dev.troupe.tools.egress;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Secret;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.Sandbox;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures what the proxy adds to a request with keep-alive on loopback, and what a way out adds to a sandbox's start. The
 * same Python client asks the same server directly, outside of any sandbox, and from within one; rounds take turns, so that
 * a busy machine is as busy for each. Prints tables in Markdown; {@code docs/benchmarks/egress.md} has the result.
 */
public final class EgressBenchmark {
    private static final String API = "api.weather.test";
    private static final String BODY = "{\"temp\": 21, \"text\": \"" + "x".repeat(1_000) + "\"}";

    /** Prints p50 and p95 in milliseconds. */
    private static final String CLIENT = """
            import http.client, os, time
            kind, port, calls = "KIND", PORT, CALLS
            path = "/v1/x?key=" + os.environ.get("WEATHER_KEY", "outside")
            if kind == "direct":
                connection = http.client.HTTPConnection("127.0.0.1", port)
            elif kind == "http":
                connection = http.client.HTTPConnection("127.0.0.1", 3128)
                path = "http://api.weather.test" + path
            else:
                connection = http.client.HTTPSConnection("127.0.0.1", 3128)
                connection.set_tunnel("api.weather.test")
            times = []
            for i in range(calls + 100):
                start = time.perf_counter()
                connection.request("GET", path, headers={"Host": "api.weather.test"})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                if i >= 100:
                    times.append((time.perf_counter() - start) * 1000)
            times.sort()
            print(times[len(times) // 2], times[int(len(times) * 0.95)])
            """;

    private EgressBenchmark() {}

    /** @param arguments rounds (9 if left out) and calls a round (500) */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        Path folder = Files.createTempDirectory("egress-benchmark");
        try (RawServer server = RawServer.start((request, out) -> out.write(RawServer.ok(BODY)));
                CodeExecutor without = Sandbox.open(SandboxConfig.standard(folder));
                CodeExecutor with = Sandbox.open(SandboxConfig.standard(folder).withEgress(config(folder, server)))) {
            latency(server, with, folder, rounds, calls);
            starts(without, with, folder, 10 * rounds);
        }
        opening(folder);
    }

    private static EgressConfig config(Path folder, RawServer server) {
        return new EgressConfig(
                List.of(new HostGrant(API, Set.of("GET"), List.of("/v1/"), null)),
                List.of(new SecretGrant("WEATHER_KEY", new Secret("the-real-key-5f2c9e"), Set.of(API))),
                Map.of(API, server.address()),
                EgressLimits.standard().withCalls(10_000_000),
                folder.resolve("egress"));
    }

    private static void latency(RawServer server, CodeExecutor with, Path folder, int rounds, int calls)
            throws IOException, InterruptedException {
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (String kind : List.of("direct", "http", "https")) {
                String program = CLIENT.replace("KIND", kind)
                        .replace("PORT", Integer.toString(server.port()))
                        .replace("CALLS", Integer.toString(calls));
                String output = kind.equals("direct") ? outside(program, folder) : inside(with, program, folder);
                double[] found = Arrays.stream(output.strip().split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                if (round >= 0) {
                    results.computeIfAbsent(kind, key -> new ArrayList<>()).add(found);
                }
            }
        }
        System.out.println("| way | p50 ms | p95 ms | p95, lowest and highest round | p95 more than direct |");
        System.out.println("|---|---|---|---|---|");
        double direct = median(results.get("direct"), 1);
        results.forEach((kind, found) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f to %.2f | %.2f |%n",
                kind,
                median(found, 0),
                median(found, 1),
                found.stream().mapToDouble(pair -> pair[1]).min().orElse(0),
                found.stream().mapToDouble(pair -> pair[1]).max().orElse(0),
                median(found, 1) - direct));
    }

    private static void starts(CodeExecutor without, CodeExecutor with, Path folder, int pairs) {
        double[] bare = new double[pairs];
        double[] more = new double[pairs];
        for (int i = -5; i < pairs; i++) {
            double one = start(without, folder);
            double other = start(with, folder);
            if (i >= 0) {
                bare[i] = one;
                more[i] = other - one;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n| start of `pass` without grants, p50 | more with grants, p50 |%n|---|---|%n| %.1f ms | %.1f ms |%n",
                quantile(bare, 0.5),
                quantile(more, 0.5));
    }

    private static void opening(Path folder) throws IOException {
        try (RawServer server = RawServer.start((request, out) -> out.write(RawServer.ok(BODY)))) {
            long start = System.nanoTime();
            Egress.open(config(folder, server)).close();
            System.out.printf(
                    Locale.ROOT, "%nopening and closing a proxy: %.0f ms%n", (System.nanoTime() - start) / 1e6);
        }
    }

    private static double start(CodeExecutor executor, Path folder) {
        long start = System.nanoTime();
        inside(executor, "pass", folder);
        return (System.nanoTime() - start) / 1e6;
    }

    private static String inside(CodeExecutor executor, String program, Path folder) {
        CodeRequest request = new CodeRequest("python", program, folder.resolve("work"));
        CodeResult result = executor.run(request, piece -> {}, CallContext.standalone(Duration.ofSeconds(60)));
        if (!result.succeeded()) {
            throw new IllegalStateException(result.toString());
        }
        return result.output();
    }

    private static String outside(String program, Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("client.py"), program);
        String python = PythonInterpreter.find("python3").executable().toString();
        Process process = new ProcessBuilder(python, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    private static double median(List<double[]> rounds, int index) {
        return quantile(rounds.stream().mapToDouble(pair -> pair[index]).toArray(), 0.5);
    }

    private static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(q * (sorted.length - 1))];
    }
}
