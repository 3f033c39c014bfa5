package dev.troupe.runtime.cli;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into lines for a person or one JSON object, and into the exit code. */
final class Failures {
    private final Invocation invocation;

    Failures(Invocation invocation) {
        this.invocation = invocation;
    }

    /** @return the exit code */
    int report(Throwable thrown) {
        return report(expected(unwrapped(thrown)));
    }

    /** For a command that does not come to its end in time. */
    void reportInterrupted() {
        report(new TroupeException(ErrorCode.CANCELLED, "cancelled: interrupted", null));
    }

    int report(TroupeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (invocation.json()) {
            invocation.result(machine(failure.code(), message, failure.hint()), "");
        } else {
            told(failure);
        }
        invocation.err().flush();
        return failure.code().exitCode();
    }

    /** Tells a person of a failure after which the command goes on. */
    int told(TroupeException failure) {
        Style style = invocation.errStyle();
        invocation.err().println(style.red("error:") + " " + failure.getMessage());
        if (failure.hint() != null) {
            invocation.err().println(style.cyan("hint:") + " " + failure.hint());
        }
        invocation.err().flush();
        return failure.code().exitCode();
    }

    private Map<String, @Nullable Object> machine(ErrorCode code, String message, @Nullable String hint) {
        TaskRecord ended = invocation.ended();
        Map<String, @Nullable Object> object =
                ended == null ? Json.object("task", invocation.task()) : TaskJson.of(ended);
        object.put("error", Json.object("code", code.name(), "message", message, "hint", hint));
        return object;
    }

    private TroupeException expected(Throwable thrown) {
        if (thrown instanceof TroupeException failure) {
            return failure;
        }
        if (thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return storage(unchecked.getCause());
        }
        if (thrown instanceof IOException fault) {
            return storage(fault);
        }
        LoggerFactory.getLogger(Failures.class).error("unexpected", thrown);
        // The message may hold anything, a prompt too; it goes to the log only.
        return new TroupeException(
                ErrorCode.INTERNAL,
                "a fault of Troupe's own (" + thrown.getClass().getSimpleName() + ")",
                "the stack trace is in " + Logs.file(invocation.folders().log()) + "; please report it",
                thrown);
    }

    private static TroupeException storage(IOException fault) {
        String what = fault instanceof FileSystemException && fault.getClass() != FileSystemException.class
                ? fault.getClass().getSimpleName().replace("Exception", "") + ": " + fault.getMessage()
                : String.valueOf(fault.getMessage());
        return new TroupeException(
                ErrorCode.STORAGE,
                "reading or writing failed: " + what,
                "check the disk's space and permissions",
                fault);
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
