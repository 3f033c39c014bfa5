package dev.troupe.tools.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.Tool;
import dev.troupe.tools.call.ToolResult;
import dev.troupe.tools.call.ToolResult.Problem;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of tools. Its tools are asked for once, when it is opened; one that it adds later is not offered. A server
 * that died is started again by the next call, three times in a minute at most. Thread-safe; whoever opened it closes it.
 */
public final class McpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** What models take as a tool's name. */
    private static final int LONGEST_NAME = 64;

    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int INVALID_PARAMS = -32_602;

    private final McpServerConfig config;
    private final Connector connector;
    private final Restarts restarts = new Restarts();
    private final ReentrantLock starting = new ReentrantLock();
    private final List<Tool> tools;
    private volatile @Nullable Session session;
    private volatile boolean closed;

    private McpServer(McpServerConfig config, Connector connector, CallContext context) {
        this.config = config;
        this.connector = connector;
        try {
            this.tools = list(session(context), context);
        } catch (Session.DiedException | ExecutionException | TimeoutException e) {
            close();
            context.check();
            throw notStarted(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new TroupeException(ErrorCode.CANCELLED, "interrupted", null, e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts or reaches a server and asks what it has.
     *
     * @throws TroupeException {@code TEAM_INVALID} when it cannot be reached, dies or hangs while it starts, or lacks a
     *     tool that is wanted; {@code SANDBOX_UNAVAILABLE}; {@code CANCELLED}; {@code TIMEOUT}
     */
    public static McpServer open(McpServerConfig config, CallContext context) {
        return new McpServer(config, Connector.of(config), context);
    }

    /** Those that are offered, their names after the server's. */
    public List<Tool> tools() {
        return tools;
    }

    private TroupeException notStarted(Exception e) {
        String why = switch (e) {
            case TimeoutException late -> "no answer in " + config.start().toSeconds() + " s";
            case ExecutionException failed -> root(failed).toString();
            default -> String.valueOf(e.getMessage());
        };
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                "mcp." + config.name() + ": it cannot be used: " + why + " (expected: an MCP server)",
                config.connection() instanceof McpServerConfig.Command
                        ? "it runs in the sandbox: what it needs must be named under packages or files"
                        : null,
                e);
    }

    private List<Tool> list(Session open, CallContext context)
            throws Session.DiedException, ExecutionException, TimeoutException, InterruptedException {
        Set<String> wanted = new HashSet<>(config.tools());
        List<Tool> offered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (McpSchema.Tool tool : open.tools(within(config.start(), context))) {
            names.add(tool.name());
            if (config.tools().isEmpty() || wanted.remove(tool.name())) {
                offer(tool, offered);
            }
        }
        if (!wanted.isEmpty()) {
            throw new TroupeException(
                    ErrorCode.TEAM_INVALID,
                    "mcp.%s.tools: %s (expected: some of %s)".formatted(config.name(), wanted, names),
                    null);
        }
        return List.copyOf(offered);
    }

    private void offer(McpSchema.Tool tool, List<Tool> offered) {
        String name = config.name() + "_" + tool.name();
        boolean again = offered.stream().anyMatch(other -> other.spec().name().equals(name));
        if (again || name.length() > LONGEST_NAME || !name.matches("[A-Za-z0-9_-]+")) {
            // One strange tool is no reason to do without the others.
            LOG.warn("mcp {}: tool {} is left out: a name that models cannot call", config.name(), tool.name());
            return;
        }
        String description =
                tool.description() == null ? "" : tool.description().strip();
        String told = description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, LONGEST_DESCRIPTION - 1) + "…";
        ObjectNode parameters = PlainSchema.of(McpJson.JSON.valueToTree(tool.inputSchema()));
        offered.add(new McpTool(this, tool.name(), new Tool.Spec(name, told, parameters), config.limits()));
    }

    ToolResult call(String tool, ObjectNode arguments, CallContext context) throws InterruptedException {
        Session open = null;
        try {
            open = session(context);
            // A little before whoever waits for it gives up.
            Duration within =
                    within(config.limits().time(), context).multipliedBy(19).dividedBy(20);
            return result(open.call(tool, McpJson.JSON.convertValue(arguments, OBJECT), within));
        } catch (Session.DiedException e) {
            return failed(Problem.UNAVAILABLE, "the server died in the middle of the call: " + e.getMessage());
        } catch (TimeoutException e) {
            if (open != null && config.connection() instanceof McpServerConfig.Command) {
                // It hangs, or computes on for nobody.
                open.close();
            }
            return failed(Problem.TIMED_OUT, "no result in time");
        } catch (ExecutionException e) {
            Throwable cause = root(e);
            if (cause instanceof McpError error) {
                boolean arguable = error.getJsonRpcError() != null
                        && Integer.valueOf(INVALID_PARAMS)
                                .equals(error.getJsonRpcError().code());
                return failed(arguable ? Problem.BAD_ARGUMENTS : Problem.FAILED, String.valueOf(error.getMessage()));
            }
            return failed(
                    cause instanceof TimeoutException ? Problem.TIMED_OUT : Problem.UNAVAILABLE, String.valueOf(cause));
        } catch (TroupeException e) {
            context.check();
            return failed(Problem.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private ToolResult failed(Problem problem, String why) {
        return ToolResult.failed(problem, config.name() + ": " + why);
    }

    private ToolResult result(McpSchema.CallToolResult result) {
        StringBuilder text = new StringBuilder();
        for (McpSchema.Content content : result.content() == null ? List.<McpSchema.Content>of() : result.content()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(content instanceof McpSchema.TextContent words ? words.text() : "[" + content.type() + "]");
            if (text.length() > config.limits().output()) {
                return failed(
                        Problem.TOO_LARGE,
                        "a result of more than " + config.limits().output() + " characters (expected: no more)");
            }
        }
        if (text.isEmpty() && result.structuredContent() != null) {
            text.append(McpJson.JSON.<JsonNode>valueToTree(result.structuredContent()));
        }
        return Boolean.TRUE.equals(result.isError())
                ? failed(Problem.FAILED, text.toString())
                : ToolResult.of(text.toString());
    }

    /** The session, a new one where there is none or the server died. */
    private Session session(CallContext context)
            throws Session.DiedException, ExecutionException, TimeoutException, InterruptedException {
        starting.lockInterruptibly();
        try {
            Session open = session;
            if (closed) {
                throw new TroupeException(ErrorCode.CANCELLED, "mcp " + config.name() + " is closed", null);
            }
            if (open != null && !open.isDead()) {
                return open;
            }
            if (open != null) {
                open.close();
                session = null;
            }
            restarts.begin(config.name());
            Session fresh = connector.connect(config);
            try {
                fresh.initialize(within(config.start(), context));
            } catch (Session.DiedException | ExecutionException | TimeoutException | InterruptedException e) {
                fresh.close();
                throw e;
            }
            session = fresh;
            return fresh;
        } finally {
            starting.unlock();
        }
    }

    private static Duration within(Duration most, CallContext context) {
        Duration left = context.deadline().remaining();
        return left.compareTo(most) < 0 ? left : most;
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof McpError)) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        closed = true;
        Session open = session;
        if (open != null) {
            open.close();
        }
        connector.close();
    }
}
