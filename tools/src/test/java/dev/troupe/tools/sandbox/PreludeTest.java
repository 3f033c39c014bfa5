package dev.troupe.tools.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeExecutor.CodeRequest;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.code.CodeResult.End;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a team runs before each program: seen by programs, and otherwise not to be noticed. */
class PreludeTest {
    private static final String TABLES = """
            import csv, pickle
            open('prelude-ran', 'w').close()
            sales = list(csv.DictReader(open('data/sales.csv')))
            def revenue(region):
                return next(int(row['revenue']) for row in sales if row['region'] == region)
            """;

    private static final Limits SHORT = Limits.standard()
            .withWall(Duration.ofSeconds(2))
            .withMemory(100 << 20)
            .withOutput(4096);

    @TempDir
    Path team;

    private Path work;

    @BeforeEach
    void files() throws Exception {
        work = team.resolve("work");
        Files.createDirectories(team.resolve("data"));
        Files.writeString(team.resolve("data/sales.csv"), "region,revenue\nnorth,7\n");
    }

    private CodeResult run(Kind kind, String prelude, String language, String source) {
        return run(kind, Limits.standard(), prelude, language, source);
    }

    private CodeResult run(Kind kind, Limits limits, String prelude, String language, String source) {
        SandboxConfig config = SandboxConfig.standard(team)
                .withKind(kind)
                .withLimits(limits)
                .withFiles(List.of(Path.of("data")))
                .withPrelude(new Prelude("tables.py", prelude));
        try (CodeExecutor executor = Sandbox.open(config)) {
            return executor.run(
                    new CodeRequest(language, source, work),
                    piece -> {},
                    CallContext.standalone(Duration.ofSeconds(30)));
        }
    }

    private CodeResult python(Kind kind, String source) {
        return run(kind, TABLES, "python", source);
    }

    @ParameterizedTest
    @EnumSource
    void run_whatThePreludeDefines_isThere(Kind kind) {
        CodeResult result = python(kind, "print(revenue('north'), sales[0]['region'], csv.__name__)");

        assertThat(result.output()).isEqualTo("7 north csv\n");
        assertThat(result.succeeded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void run_theNamespace_isTheOneOfAnyProgram(Kind kind) {
        String source = "class Row: pass\n"
                + "print(__name__, __file__.rpartition('/')[2], type(pickle.loads(pickle.dumps(Row()))) is Row)\n"
                + "print(sorted(name for name in globals() if name[0] != '_'))";

        assertThat(python(kind, source).output())
                .isEqualTo("__main__ main.py True\n['Row', 'csv', 'pickle', 'revenue', 'sales']\n");
    }

    @ParameterizedTest
    @EnumSource
    void run_anError_hasTheProgramsLinesAndThePreludesAndNoOthers(Kind kind) {
        CodeResult result = python(kind, "x = 1\nprint(revenue('south'))");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.output().replaceAll("\"/.*/", "\"").replaceAll("(?m)^ +[~^]+\n", ""))
                .isEqualTo("""
                        Traceback (most recent call last):
                          File "main.py", line 2, in <module>
                            print(revenue('south'))
                          File "prelude.py", line 5, in revenue
                            return next(int(row['revenue']) for row in sales if row['region'] == region)
                        StopIteration
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void run_anErrorUponAnError_showsBothWithoutTheRunner(Kind kind) {
        CodeResult result = python(kind, "try:\n  sales[9]\nexcept IndexError:\n  {}['no']");

        assertThat(result.output())
                .contains("main.py\", line 2")
                .contains("During handling of the above")
                .contains("main.py\", line 4")
                .endsWith("KeyError: 'no'\n")
                .doesNotContain("__main__.py");
    }

    @ParameterizedTest
    @EnumSource
    void run_unparseable_runsNothing(Kind kind) {
        for (String source : List.of("x = = 1", "print('\\d')\n'abc", "if True:\nprint(1)", "\tx=1\n  y=2", "x\0")) {
            CodeResult result = python(kind, source);

            assertThat(result.end()).as(result.output()).isEqualTo(End.UNPARSEABLE);
            assertThat(result.output()).contains("Error: ").doesNotContain("Traceback", "__main__.py");
        }
        assertThat(python(kind, "x = 1\ny = = 2").output()).contains("main.py\", line 2\n    y = = 2\n");
        assertThat(work.resolve("prelude-ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void run_exitCodes_areTheProgramsOwn(Kind kind) {
        assertThat(python(kind, "import sys\nsys.exit(3)").exitCode()).isEqualTo(3);
        assertThat(python(kind, "raise SystemExit").exitCode()).isZero();
        assertThat(python(kind, "import sys\nsys.exit('why')"))
                .returns(1, CodeResult::exitCode)
                .returns("why\n", CodeResult::output);
        assertThat(python(kind, "import sys\nsys.exit(198)").exitCode()).isEqualTo(198);
        assertThat(python(kind, "import os\nos.kill(os.getpid(), 15)").exitCode())
                .isEqualTo(128 + 15);
    }

    @ParameterizedTest
    @EnumSource
    void run_aPreludeThatFails_isTheTeamsFault(Kind kind) {
        String rest = " (expected: Python that runs before every program)";
        assertFails(
                kind,
                "print('so far')\nsales = open('no.csv')\n",
                "tables.py, line 2: FileNotFoundError: [Errno 2]" + " No such file or directory: 'no.csv'" + rest);
        assertFails(kind, "x = 1\nx = = 2\n", "tables.py, line 2: SyntaxError: invalid syntax" + rest);
        assertFails(kind, "import sys\nsys.exit(0)\n", "tables.py, line 2: SystemExit: 0" + rest);
        assertThat(work.resolve("ran")).doesNotExist();
    }

    private void assertFails(Kind kind, String prelude, String message) {
        assertFails(kind, prelude, message, "mend tables.py; no program can run before it does");
    }

    private void assertFails(Kind kind, String prelude, String message, String hint) {
        assertThatThrownBy(() -> run(kind, SHORT, prelude, "python", "open('ran', 'w')"))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID);
                    assertThat(e.hint()).isEqualTo(hint);
                })
                .hasMessage("prelude " + message);
    }

    @ParameterizedTest
    @EnumSource
    void run_aPreludeThatIsStoppedOrEndsTheProcess_isTheTeamsFaultToo(Kind kind) {
        String rest = " (expected: Python that runs before every program)";
        String limits = "mend tables.py, or raise tools.python.limits; no program can run before it does";
        assertFails(kind, "while True: pass", "tables.py: it was stopped at its limit of wall time" + rest, limits);
        assertFails(
                kind,
                "while True: print('x' * 9999)",
                "tables.py: it was stopped at its limit of output" + rest,
                limits);
        assertFails(
                kind,
                "x = b'x' * (300 << 20)\nimport time\ntime.sleep(60)",
                "tables.py: it was stopped at its limit of memory" + rest,
                limits);
        assertFails(kind, "import os; os._exit(0)", "tables.py: it ended the process with exit code 0" + rest);
        assertFails(
                kind,
                "import os; os.kill(os.getpid(), 9)",
                "tables.py: it ended the process with exit code 137" + rest);
        assertThat(work.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void run_aProgramThatIsStoppedAfterItsPrelude_isAtFaultItself(Kind kind) {
        CodeResult result = run(kind, SHORT, "print('loaded')", "python", "print('begun')\nwhile True: pass");

        assertThat(result.end()).isEqualTo(End.WALL_TIME);
        assertThat(result.output()).isEqualTo("loaded\nbegun\n");
        assertThat(run(kind, SHORT, "print('loaded')", "python", "import os; os._exit(198)"))
                .returns(198, CodeResult::exitCode)
                .returns("loaded\n", CodeResult::output);
    }

    @ParameterizedTest
    @EnumSource
    void run_aProgramThatNobodyCanParse_isNoFaultOfThePrelude(Kind kind) {
        // Python's compiler gives up on it with another error than that of syntax.
        CodeResult result = python(kind, "x = " + "-".repeat(200_000) + "1");

        assertThat(result.succeeded()).isFalse();
        assertThat(work.resolve("prelude-ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void run_aShellProgram_hasNoPrelude(Kind kind) {
        assertThat(run(kind, TABLES, "sh", "echo $0; exit 4"))
                .returns(4, CodeResult::exitCode)
                .matches(result -> result.output().endsWith("/main.sh\n"));
        assertThat(work.resolve("prelude-ran")).doesNotExist();
    }
}
