package dev.troupe.runtime.team;

import dev.troupe.runtime.team.yaml.Keys;
import java.util.List;

/** Every key that a team file may have, by section. A test holds the JSON Schema to it. */
final class TeamKeys {
    /** The form of {@code provider/model}. */
    static final String QUALIFIED_MODEL = "^[A-Za-z0-9._-]+/[A-Za-z0-9][A-Za-z0-9._:/@-]*$";

    static final Keys TEAM = new Keys(
            "team", "team", "models", "experts", "tools", "mcp", "agents", "entry", "baseline", "prices", "budget");
    static final Keys LOCAL_MODEL = new Keys(
            "localModel", "provider", "model", "temperature", "top_p", "seed", "max_tokens", "context", "keep_alive");
    static final Keys OPENAI_MODEL = new Keys(
                    "openaiModel",
                    "provider",
                    "model",
                    "url",
                    "key",
                    "temperature",
                    "top_p",
                    "seed",
                    "max_tokens",
                    "context",
                    "timeouts",
                    "concurrency",
                    "rate")
            .notYet("keep_alive");
    static final Keys PROVIDED_MODEL = new Keys(
            "providedModel",
            "provider",
            "from",
            "model",
            "url",
            "key",
            "options",
            "temperature",
            "top_p",
            "seed",
            "max_tokens",
            "context");
    static final Keys RECORDED_MODEL = new Keys("recordedModel", "provider", "of", "file", "mode");
    static final Keys EXPERT = new Keys("expert", "task", "model", "device", "isolation", "batch");
    static final Keys BATCH = new Keys("batch", "size", "wait");
    static final Keys TIMEOUTS = new Keys("timeouts", "connect", "first_token", "total");
    static final Keys FUNCTION = new Keys("functionTool", "function", "limits");
    static final Keys FUNCTION_LIMITS = new Keys("functionLimits", "time", "output");
    static final Keys MCP_SERVER =
            new Keys("mcpServer", "command", "packages", "files", "url", "headers", "tools", "limits");
    static final Keys MCP_LIMITS = new Keys("mcpLimits", "time", "output", "memory", "processes", "disk");
    static final Keys USE = new Keys("use", "agent", "to");
    static final Keys PYTHON =
            new Keys("pythonTool", "sandbox", "packages", "files", "prelude", "network", "secrets", "limits");
    static final Keys SHELL = new Keys("shellTool", "sandbox", "files", "network", "secrets", "limits");
    static final Keys NODE = new Keys("nodeTool", "sandbox", "files", "network", "secrets", "limits");
    static final Keys CODE_LIMITS =
            new Keys("limits", "time", "cpu", "memory", "processes", "disk", "output", "calls", "response");
    static final Keys HOST = new Keys("host", "host", "methods", "paths", "rate");
    static final Keys SECRET = new Keys("secret", "value", "hosts");
    static final Keys ASSISTANT = new Keys(
                    "assistant",
                    "kind",
                    "instructions",
                    "tools",
                    "uses",
                    "ladder",
                    "demonstrations",
                    "verify",
                    "carry_over",
                    "history_tokens")
            .notYet("memory", "cache", "router");
    static final Keys CHAT = new Keys(
                    "chat", "kind", "instructions", "model", "tools", "uses", "turns", "history_tokens")
            .notYet("memory", "cache", "router");
    static final Keys PLANNER = new Keys(
                    "planner",
                    "kind",
                    "instructions",
                    "model",
                    "uses",
                    "files",
                    "plans",
                    "show",
                    "licences",
                    "devices",
                    "history_tokens")
            .notYet("memory", "cache", "router", "tools");
    static final Keys RUNG =
            new Keys("rung", "name", "model", "turns", "docs", "sections", "files", "when", "similarity");
    static final Keys DEMONSTRATIONS = new Keys("demonstrations", "show", "similarity");
    static final Keys VERIFY = new Keys("verify", "judge", "rule");
    static final Keys RULE = new Keys("rule", "output");
    static final Keys PRICE = new Keys("price", "input", "cached", "output");
    static final Keys BUDGET = new Keys("budget", "task", "day", "task_tokens", "task_time");

    static final List<Keys> ALL = List.of(
            TEAM,
            LOCAL_MODEL,
            OPENAI_MODEL,
            PROVIDED_MODEL,
            RECORDED_MODEL,
            EXPERT,
            BATCH,
            TIMEOUTS,
            PYTHON,
            SHELL,
            NODE,
            CODE_LIMITS,
            FUNCTION,
            FUNCTION_LIMITS,
            MCP_SERVER,
            MCP_LIMITS,
            USE,
            HOST,
            SECRET,
            ASSISTANT,
            CHAT,
            PLANNER,
            RUNG,
            DEMONSTRATIONS,
            VERIFY,
            RULE,
            PRICE,
            BUDGET);

    private TeamKeys() {}
}
