package dev.troupe.runtime.team;

import dev.troupe.models.call.Secret;
import dev.troupe.runtime.team.yaml.Environment;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.tools.call.CallLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code mcp}. */
final class McpSection {
    /** What a server's name may be: its tools' names begin with it, and models know few letters there. */
    static final String NAME = "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$";

    static final String HEADER = "^[A-Za-z0-9-]{1,64}$";
    /** What HTTP takes as a header's value. */
    private static final String VALUE = "[\\x20-\\x7e]+";

    private static final String EXPECTED_COMMAND =
            "a program and its arguments, such as [python3, -m, mcp_server_time]";
    private static final String EXPECTED_URL = "an address such as https://mcp.example.com/mcp";

    private final ToolsSection tools;
    private final Map<String, McpSettings> servers = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    McpSection(@Nullable Value section, ToolsSection tools) {
        this.tools = tools;
        if (section != null) {
            section.entries(
                            "a mapping of names to MCP servers",
                            NAME,
                            "a name of letters, digits, '-' and '_', at most 32 long")
                    .forEach(this::read);
        }
    }

    Map<String, McpSettings> servers() {
        return servers;
    }

    /** Servers that cannot be asked here, each with the variable that is not set. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void read(String name, Value value) {
        Fields fields = value.fields(TeamKeys.MCP_SERVER);
        if (fields == null) {
            return;
        }
        if (tools.names().contains(name)) {
            value.problemAtStart(value.path(), "a tool is called " + name + " too", "a name of its own");
            return;
        }
        Value command = fields.get("command");
        Value url = fields.get("url");
        if ((command == null) == (url == null)) {
            value.problem(command == null ? "nothing" : "both command and url", "command or url", null);
            return;
        }
        Value limitsValue = fields.get("limits");
        Fields limits = limitsValue == null ? null : limitsValue.fields(TeamKeys.MCP_LIMITS);
        List<String> offered = texts(fields.get("tools"), "the name of a tool, as the server gives it");
        if (command != null) {
            unfit(fields, List.of("headers"), "a server at a url");
            List<String> words = texts(command, EXPECTED_COMMAND);
            if (words.isEmpty() && command.isList() && command.list("").isEmpty()) {
                command.problem("an empty list", EXPECTED_COMMAND, null);
            }
            servers.put(
                    name,
                    new McpSettings.Command(
                            name,
                            words,
                            ToolsSection.packages(fields.get("packages")),
                            tools.files(fields.get("files")),
                            offered,
                            CallLimitsReader.read(limits),
                            ToolsSection.limits(limits, false)));
        } else if (url != null) {
            unfit(fields, List.of("packages", "files"), "a server that is started here");
            remote(name, url, fields.get("headers"), offered, CallLimitsReader.read(limits));
        }
    }

    private static void unfit(Fields fields, List<String> keys, String expected) {
        for (String key : keys) {
            Value value = fields.get(key);
            if (value != null) {
                value.problemAtStart(value.path(), "does nothing here", expected);
            }
        }
    }

    private void remote(
            String name, Value urlValue, @Nullable Value headersValue, List<String> offered, CallLimits limits) {
        URI url = url(urlValue);
        Map<String, Secret> headers = new LinkedHashMap<>();
        String missing = null;
        if (headersValue != null) {
            for (Map.Entry<String, Value> header : headersValue
                    .entries("a mapping of headers to secrets", HEADER, "a header's name, such as Authorization")
                    .entrySet()) {
                Environment.Reference reference = header.getValue().secret();
                if (reference != null && reference.secret().isEmpty()) {
                    missing = reference.variable();
                } else if (reference != null && !reference.secret().reveal().matches(VALUE)) {
                    header.getValue()
                            .problem(
                                    reference.variable() + " holds a value that cannot be sent",
                                    "printable ASCII",
                                    null);
                } else if (reference != null) {
                    headers.put(header.getKey(), reference.secret());
                }
            }
        }
        if (missing != null) {
            leftOut.put(name, missing);
        } else if (url != null) {
            servers.put(name, new McpSettings.Remote(name, url, headers, offered, limits));
        }
    }

    private static @Nullable URI url(Value value) {
        String text = value.text(EXPECTED_URL);
        try {
            URI url = text == null ? null : URI.create(text.strip());
            if (url != null
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, with its place.
        }
        if (text != null) {
            value.refuse(EXPECTED_URL);
        }
        return null;
    }

    private static List<String> texts(@Nullable Value value, String expected) {
        List<String> texts = new ArrayList<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list")) {
            String text = item.text(expected);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** All names, those that are left out too. */
    Collection<String> names() {
        List<String> names = new ArrayList<>(servers.keySet());
        names.addAll(leftOut.keySet());
        return names;
    }
}
