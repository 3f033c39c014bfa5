package dev.troupe.tools.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.tools.call.ToolResult.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedCallTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final CallContext context = CallContext.standalone(Duration.ofSeconds(30));

    /** Hears no interrupt until it is let go. */
    private record Deaf(CountDownLatch begun, CountDownLatch go) implements Tool {
        @Override
        public Spec spec() {
            return new Spec("deaf", "", JSON.createObjectNode());
        }

        @Override
        public CallLimits limits() {
            return CallLimits.USUAL.withTime(Duration.ofMillis(200)).withAtOnce(1);
        }

        @Override
        public ToolResult call(ObjectNode arguments, CallContext context) {
            begun.countDown();
            boolean heard = false;
            while (!heard) {
                try {
                    heard = go.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    // It does not listen.
                }
            }
            return ToolResult.of("at last");
        }
    }

    @Test
    void callThatDoesNotEnd_keepsItsPlace_untilItDoes() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Toolbox toolbox = new Toolbox(List.of(new Deaf(new CountDownLatch(1), go)));
        assertThat(toolbox.call("deaf", "{}", context).problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(toolbox.call("deaf", "{}", context).told())
                .isEqualTo("ERROR busy: deaf: 1 calls are still running (expected: fewer)");
        go.countDown();
        ToolResult result = toolbox.call("deaf", "{}", context);
        for (int i = 0; i < 100 && result.problem() == Problem.BUSY; i++) {
            result = toolbox.call("deaf", "{}", context);
        }
        assertThat(result).isEqualTo(ToolResult.of("at last"));
    }
}
