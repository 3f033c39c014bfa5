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
        BASH
    }

    private static Optional<Kind> kind(String language) {
        return switch (language.strip().toLowerCase(Locale.ROOT)) {
            case "python", "python3", "py" -> Optional.of(Kind.PYTHON);
            case "sh" -> Optional.of(Kind.SH);
            case "bash", "shell" -> Optional.of(Kind.BASH);
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

    private static TroupeException unsupported(String language) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID, "language: " + language + " (expected: python, sh or bash)", null);
    }
}
