package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.python.PythonInterpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A language that can be run here: how its programs are started, and how one that cannot be parsed shows. An interpreter
 * of Python parses all of a program before it runs any of it, and says so without a traceback; a shell is asked to parse
 * first. So a check costs no start of its own.
 *
 * @param besides files that lie beside the program's own, by name
 */
record Program(
        String fileName, Map<String, String> besides, List<String> run, Pattern unparseable, int unparseableExit) {
    /** Tells a shell that could not parse from a program that ended with a shell's usual 2. */
    private static final int SHELL_UNPARSEABLE = 199;

    private static final List<String> NODES = List.of("/usr/local/bin/node", "/usr/bin/node");
    /** What only a module has. */
    private static final String MODULE =
            "^[[:space:]]*(import[[:space:]]+[^(]|export[[:space:]])|^([^[:space:]].*=[[:space:]]*)?await ";

    /** Whether there is something that runs such a block. */
    static boolean supports(String language) {
        return kind(language).isPresent();
    }

    /**
     * @param folder where the program lies, as the program sees it
     * @param prelude what runs before a Python program, or null
     */
    static Program of(String language, String folder, PythonInterpreter python, @Nullable Prelude prelude) {
        return switch (kind(language).orElseThrow(() -> unsupported(language))) {
            case PYTHON -> python(folder, python, prelude);
            case SH -> shell(folder, "/bin/sh");
            case JAVASCRIPT -> javascript(folder);
            case BASH -> shell(folder, Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh");
        };
    }

    /** Whether a program that ended like this could not be parsed, so that nothing of it ran. */
    boolean isUnparseable(int exitCode, String output) {
        return exitCode == unparseableExit && unparseable.matcher(output).lookingAt();
    }

    private enum Kind {
        PYTHON,
        SH,
        BASH,
        JAVASCRIPT
    }

    private static Optional<Kind> kind(String language) {
        return switch (language.strip().toLowerCase(Locale.ROOT)) {
            case "python", "python3", "py" -> Optional.of(Kind.PYTHON);
            case "sh" -> Optional.of(Kind.SH);
            case "bash", "shell" -> Optional.of(Kind.BASH);
            case "javascript", "js", "node" -> Optional.of(Kind.JAVASCRIPT);
            default -> Optional.empty();
        };
    }

    private static Program python(String folder, PythonInterpreter python, @Nullable Prelude prelude) {
        String executable = python.executable().toString();
        String file = folder + "/main.py";
        // Warnings of the compiler may come first. A traceback's head would stand before the place if it had run.
        Pattern syntaxError = Pattern.compile("(?:\\S*main\\.py:\\d+: \\w*Warning:.*\\n(?: .*\\n)?)*"
                + "(?:  File \"" + Pattern.quote(file) + "\", line \\d+.*\\n(?: .*\\n)*)?"
                + "(?:SyntaxError|IndentationError|TabError): ");
        Map<String, String> besides = prelude == null ? Map.of() : prelude.files();
        String first = prelude == null ? file : folder + "/" + Prelude.RUNNER;
        return new Program("main.py", besides, List.of(executable, "-s", "-B", "-u", first), syntaxError, 1);
    }

    private static Program shell(String folder, String shell) {
        String file = folder + "/main.sh";
        Pattern syntaxError = Pattern.compile(Pattern.quote(file) + ": ");
        return new Program(
                "main.sh",
                Map.of(),
                List.of(
                        shell,
                        "-c",
                        "\"$1\" -n \"$0\" || exit " + SHELL_UNPARSEABLE + "; exec \"$1\" \"$0\"",
                        file,
                        shell),
                syntaxError,
                SHELL_UNPARSEABLE);
    }

    /**
     * Node takes a file for a module, with imports and an await at the top, only by its name. A program that has both
     * kinds of beginnings is taken for one, and fails in words that say so.
     */
    private static Program javascript(String folder) {
        String node = NODES.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.SANDBOX_UNAVAILABLE,
                        "node: it is not installed (expected: one of " + NODES + ")",
                        "install it: apt-get install nodejs"));
        String plain = folder + "/main.cjs";
        String module = "/tmp/main.mjs";
        Pattern syntaxError =
                Pattern.compile("(?:file://)?(?:" + Pattern.quote(plain) + "|" + Pattern.quote(module) + "):\\d+");
        return new Program(
                "main.cjs",
                Map.of(),
                List.of(
                        "/bin/sh",
                        "-c",
                        "f=\"$0\"; if grep -Eq \"$3\" \"$0\"; then f=\"$4\"; cp \"$0\" \"$f\"; fi; \"$1\" --check \"$f\" || exit $2;"
                                + " exec \"$1\" \"$f\"",
                        plain,
                        node,
                        Integer.toString(SHELL_UNPARSEABLE),
                        MODULE,
                        module),
                syntaxError,
                SHELL_UNPARSEABLE);
    }

    private static TroupeException unsupported(String language) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID, "language: " + language + " (expected: python, sh, bash or javascript)", null);
    }
}
