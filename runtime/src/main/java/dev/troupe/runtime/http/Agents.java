package dev.troupe.runtime.http;

import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.team.AgentSettings;
import dev.troupe.runtime.team.ChatSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The agents of the team as models that a client may name: each by its name, and the team for its entry. */
final class Agents {
    private final String team;
    private final String entry;
    private final List<String> names;
    private final Set<String> chatting;
    private final long since;

    Agents(TeamHost host, long since) {
        this.team = host.file().team();
        this.entry = host.file().entry();
        this.names = List.copyOf(host.file().agents().keySet());
        this.chatting = host.file().agents().values().stream()
                .filter(ChatSettings.class::isInstance)
                .map(AgentSettings::name)
                .collect(Collectors.toUnmodifiableSet());
        this.since = since;
    }

    List<String> names() {
        return names;
    }

    /**
     * The agent that a client means. One that its key may not ask is one that does not exist.
     *
     * @throws ApiException 404
     */
    String named(String model, Caller caller) {
        String agent = names.contains(model) || !model.equals(team) ? model : entry;
        if (!names.contains(agent) || !caller.mayAsk(agent)) {
            String shown = model.length() > 100 ? model.substring(0, 100) + "…" : model;
            throw ApiException.refused(
                    404, "model_not_found", "model", "model: " + shown + " (expected: one of " + visible(caller) + ")");
        }
        return agent;
    }

    /** Whether what its model writes is the agent's answer. */
    boolean chats(String agent) {
        return chatting.contains(agent);
    }

    private List<String> visible(Caller caller) {
        List<String> visible = new ArrayList<>();
        names.stream().filter(caller::mayAsk).forEach(visible::add);
        if (!names.contains(team) && caller.mayAsk(entry)) {
            visible.add(team);
        }
        return visible;
    }

    Map<String, Object> list(Caller caller) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", visible(caller).stream().map(this::model).toList());
        list.put("troupe", Map.of("team", team, "entry", entry));
        return list;
    }

    Map<String, Object> one(String model, Caller caller) {
        named(model, caller);
        return model(model);
    }

    private Map<String, Object> model(String name) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", name);
        model.put("object", "model");
        model.put("created", since);
        model.put("owned_by", "troupe");
        return model;
    }
}
