package dev.troupe.runtime.cli;

import dev.troupe.agents.TaskEvent;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Shows an answer on standard output while a model writes it. For agents whose text is the answer; one task. */
final class ChatAnswer implements Consumer<TaskEvent> {
    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final boolean screen;
    private boolean waiting;
    private boolean begun;

    ChatAnswer(Invocation invocation) {
        this.out = invocation.out();
        this.err = invocation.err();
        this.style = invocation.errStyle();
        this.screen = invocation.terminal().outIsTerminal();
    }

    @Override
    public void accept(TaskEvent event) {
        switch (event.what()) {
            case TaskEvent.RungStarted started -> {
                if (screen) {
                    err.print(style.dim("… " + started.model() + " reads"));
                    err.flush();
                    waiting = true;
                }
            }
            case TaskEvent.TextDelta text -> {
                if (screen) {
                    clear();
                    out.print(SafeText.of(begun ? text.text() : text.text().stripLeading()));
                    out.flush();
                    begun |= !text.text().isBlank();
                }
            }
            case TaskEvent.ToolCalled called -> calls(called.tool());
            case TaskEvent.AgentAsked asked -> calls(asked.agent());
            default -> clear();
        }
    }

    /** What was written before a call is no part of the answer, but was said. */
    private void calls(String name) {
        clear();
        if (begun) {
            out.println();
            out.flush();
            begun = false;
        }
        if (screen) {
            err.print(style.dim("… calls " + SafeText.of(name)));
            err.flush();
            waiting = true;
        }
    }

    private void clear() {
        if (waiting) {
            err.print("\r\u001b[K");
            err.flush();
            waiting = false;
        }
    }

    /** Ends what was shown of it; prints the answer where nothing was. */
    void end(String answer) {
        clear();
        if (begun) {
            out.println();
        } else if (!answer.isEmpty()) {
            out.println(screen ? SafeText.of(answer) : answer);
        }
        out.flush();
    }
}
