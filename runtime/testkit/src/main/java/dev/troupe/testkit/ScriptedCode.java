package dev.troupe.testkit;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs no program: it says what they print, by a script. For tests where no sandbox is at hand; where one is, leave it out
 * and the programs really run. Thread-safe; what it was given can be looked at.
 */
public final class ScriptedCode implements CodeExecutor {
    private record Ended(int exitCode, String output) {}

    private record Rule(String contained, Ended ended) {}

    private final String language;
    private final Deque<Ended> next = new ArrayDeque<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> programs = new ArrayList<>();

    private ScriptedCode(String language) {
        this.language = language;
    }

    /** Takes Python's programs. */
    public static ScriptedCode python() {
        return in("python");
    }

    /** Takes programs in a language, as fenced blocks name it. */
    public static ScriptedCode in(String language) {
        return new ScriptedCode(language.toLowerCase(Locale.ROOT));
    }

    /** The next program that no rule knows ends well and prints this. */
    public ScriptedCode prints(String output) {
        return ends(0, output);
    }

    /** How the next program that no rule knows ends. */
    public synchronized ScriptedCode ends(int exitCode, String output) {
        next.add(new Ended(exitCode, output));
        return this;
    }

    /** What programs that contain a text print, each time; rules go before the script, the first wins. */
    public synchronized ScriptedCode whenRun(String contained, String output) {
        rules.add(new Rule(contained, new Ended(0, output)));
        return this;
    }

    /** The programs so far, oldest first. */
    public synchronized List<String> programs() {
        return List.copyOf(programs);
    }

    @Override
    public boolean supports(String other) {
        return language.equals(other.toLowerCase(Locale.ROOT));
    }

    @Override
    public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
        context.check();
        Ended ended = ended(request.source());
        if (!ended.output().isEmpty()) {
            onOutput.accept(ended.output());
        }
        return new CodeResult(ended.exitCode(), ended.output(), CodeResult.End.EXITED, Duration.ZERO, List.of());
    }

    private synchronized Ended ended(String source) {
        programs.add(source);
        for (Rule rule : rules) {
            if (source.contains(rule.contained())) {
                return rule.ended();
            }
        }
        Ended scripted = next.poll();
        if (scripted == null) {
            throw new TroupeException(
                    ErrorCode.NOT_FOUND,
                    "code: " + programs.size() + " programs were run (expected: no more than the script knows)",
                    "`programs()` tells what was run");
        }
        return scripted;
    }

    @Override
    public void close() {}
}
