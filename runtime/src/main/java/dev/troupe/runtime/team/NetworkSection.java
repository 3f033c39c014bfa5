package dev.troupe.runtime.team;

import dev.troupe.models.call.Secret;
import dev.troupe.runtime.team.yaml.Environment;
import dev.troupe.runtime.team.yaml.Fields;
import dev.troupe.runtime.team.yaml.Suggestions;
import dev.troupe.runtime.team.yaml.Units;
import dev.troupe.runtime.team.yaml.Value;
import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import dev.troupe.tools.egress.HostNames;
import dev.troupe.tools.egress.SecretGrant;
import dev.troupe.tools.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code network} and {@code secrets} of a code tool, and what {@code limits} says of calls. */
final class NetworkSection {
    /** The form of a host's name in the file; the parser looks closer. */
    static final String HOST = "^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$";

    /** The form of a path's beginning. */
    static final String PATH = "^/[^?#\\s]*$";

    static final String VARIABLE = "^" + SecretGrant.NAME + "$";

    private static final String EXPECTED_HOST =
            "a host's name such as api.weatherapi.com, without https:// and path; no address";
    private static final String EXPECTED_PATH = "the beginning of a path such as /v1/, without . and .. steps";
    private static final long LEAST_RESPONSE = 1 << 10;
    private static final long MOST_RESPONSE = 1 << 30;
    private static final int MOST_CALLS = 100_000;

    private final List<HostGrant> grants = new ArrayList<>();
    private final List<SecretGrant> secrets = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    NetworkSection(@Nullable Value network, @Nullable Value secretsValue) {
        for (Value item : network == null ? List.<Value>of() : network.list("a list of hosts")) {
            grant(item);
        }
        if (secretsValue != null) {
            secretsValue
                    .entries(
                            "a mapping of environment variables to secrets",
                            VARIABLE,
                            "an environment variable's name, such as WEATHER_KEY")
                    .forEach(this::secret);
        }
    }

    /** Null when nothing is granted. */
    @Nullable
    NetworkSettings settings(EgressLimits limits) {
        return grants.isEmpty() ? null : new NetworkSettings(grants, secrets, limits);
    }

    /** The secrets that are left out, by the place in the file, and the variable that each would need. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    static EgressLimits limits(@Nullable Fields fields) {
        EgressLimits limits = EgressLimits.standard();
        if (fields == null) {
            return limits;
        }
        Value callsValue = fields.get("calls");
        Integer calls = callsValue == null ? null : callsValue.integer(1, MOST_CALLS);
        Value responseValue = fields.get("response");
        Long response = responseValue == null ? null : responseValue.bytes(LEAST_RESPONSE, MOST_RESPONSE);
        return limits.withCalls(calls == null ? limits.calls() : calls)
                .withResponse(response == null ? limits.response() : response);
    }

    private void grant(Value item) {
        Fields fields = item.fields(TeamKeys.HOST);
        if (fields == null) {
            return;
        }
        Value hostValue = fields.require("host", EXPECTED_HOST);
        String host = hostValue == null ? null : host(hostValue);
        Set<String> methods = methods(fields.get("methods"));
        List<String> paths = paths(fields.get("paths"));
        Value rateValue = fields.get("rate");
        Units.Rate rate = rateValue == null ? null : rateValue.rate();
        if (host != null) {
            HostGrant.Rate most = rate == null ? null : new HostGrant.Rate(rate.calls(), rate.per());
            grants.add(new HostGrant(host, methods, paths, most));
        }
    }

    private static @Nullable String host(Value value) {
        String text = value.text(EXPECTED_HOST);
        if (text == null) {
            return null;
        }
        String host = HostNames.normalised(text.strip());
        if (!HostNames.isName(host)) {
            value.refuse(EXPECTED_HOST);
            return null;
        }
        return host;
    }

    private static Set<String> methods(@Nullable Value value) {
        if (value == null) {
            return HostGrant.READING;
        }
        List<String> known = new ArrayList<>(new TreeSet<>(HostGrant.METHODS));
        Set<String> methods = new LinkedHashSet<>();
        for (Value item : value.list("a list of methods")) {
            String method = item.oneOf(known);
            if (method != null) {
                methods.add(method);
            }
        }
        if (methods.isEmpty() && value.isList() && value.list("").isEmpty()) {
            value.problem("an empty list", "some of " + String.join(", ", known), null);
        }
        return methods.isEmpty() ? HostGrant.READING : methods;
    }

    private static List<String> paths(@Nullable Value value) {
        List<String> paths = new ArrayList<>();
        for (Value item : value == null ? List.<Value>of() : value.list("a list of paths' beginnings")) {
            String path = item.text(EXPECTED_PATH);
            if (path != null && (!path.matches(PATH) || path.matches(".*(/\\.{1,2}(/.*)?$|//|\\\\).*"))) {
                item.refuse(EXPECTED_PATH);
            } else if (path != null) {
                paths.add(path);
            }
        }
        if (value != null && value.isList() && value.list("").isEmpty()) {
            value.problem("an empty list", "at least one; left out, every path is granted", null);
        }
        return paths;
    }

    private void secret(String name, Value value) {
        if (Sandbox.isReserved(name)) {
            value.problemAtStart(value.path(), "a variable of the sandbox's own", "another name, such as " + "API_KEY");
            return;
        }
        Fields fields = value.fields(TeamKeys.SECRET);
        if (fields == null) {
            return;
        }
        Value secretValue = fields.require("value", "\"${" + name + "}\"");
        Value hostsValue = fields.require("hosts", "the hosts that get it");
        Set<String> hosts = hostsValue == null ? Set.of() : bound(hostsValue);
        Environment.Reference reference = secretValue == null ? null : secretValue.secret();
        if (secretValue == null || reference == null) {
            return;
        }
        Secret secret = reference.secret();
        if (secret.isEmpty()) {
            leftOut.put(value.path(), reference.variable());
        } else if (!SecretGrant.isUsable(secret)) {
            secretValue.problem(
                    reference.variable() + " holds a value that cannot be used",
                    SecretGrant.SHORTEST + " to " + SecretGrant.LONGEST
                            + " printable ASCII characters: a shorter one could not be told from other text",
                    null);
        } else if (!hosts.isEmpty()) {
            secrets.add(new SecretGrant(name, secret, hosts));
        }
    }

    private Set<String> bound(Value value) {
        List<String> granted = grants.stream().map(HostGrant::host).distinct().toList();
        String expected = granted.isEmpty()
                ? "a host of this tool's network, which grants none"
                : "a host of this tool's network: " + String.join(", ", granted);
        Set<String> hosts = new LinkedHashSet<>();
        List<Value> items = value.list("a list of hosts");
        for (Value item : items) {
            String host = host(item);
            if (host != null && !granted.contains(host)) {
                item.problem(Value.quote(item.raw()), expected, Suggestions.nearest(host, granted));
            } else if (host != null) {
                hosts.add(host);
            }
        }
        if (value.isList() && items.isEmpty()) {
            value.problem("an empty list", expected, null);
        }
        return hosts;
    }
}
