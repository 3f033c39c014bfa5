package dev.troupe.planner.stages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.Capability;
import dev.troupe.planner.graph.Findings;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.PlanSchema;
import dev.troupe.planner.graph.PlannedTask;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Scope;
import dev.troupe.planner.graph.TaskResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the controller is asked. What stays the same from request to request comes first, and examples come in an order of
 * their own, so that a prompt cache serves them.
 */
final class PlanPrompts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int PLAN_TOKENS = 600;
    private static final int ANSWER_TOKENS = 400;
    private static final int CHOICE_TOKENS = 200;
    private static final int MOST_STATEMENTS = 8;
    private static final int SHOWN_FILES = 40;

    private static final String RULES = """
            You plan how a request is to be answered. Small expert models do the work, one task each. Reply with JSON only.
            {"do": "tasks", "tasks": [...]}: the tasks that are needed, and no others. Each has an id (t1, t2, ...).
            {"do": "talk", "tasks": []}: no task is needed, since the request can be answered in words alone.
            {"do": "refuse", "tasks": []}: something is asked that none of the tasks can do.
            Rules:
            - An argument is the name of a file, or the id of the task whose result it takes, or, where that is allowed, \
            words of the request.
            - Only files that are listed with the request exist.
            - A task takes one file or one result. Several files need a task each. A list of files is one argument: the task \
            is done for each of its files.
            - A task takes only what its argument's type says: a picture or a sound has to be turned into text first.
            Tasks:
            """;

    private PlanPrompts() {}

    /** Asks for a plan. */
    static ChatRequest plan(
            StagesPlan plan, Scope scope, List<PlanExample> examples, String question, List<Message> more) {
        List<Message> messages = new ArrayList<>();
        // All of the team's tasks stay in the prompt, whatever is plausible: the schema narrows.
        messages.add(Message.system(RULES + lines(plan.capabilities())));
        examples.stream() // The team's own come first: what is learned meanwhile moves none of them.
                .sorted(Comparator.comparing(
                                (PlanExample example) -> example.id().startsWith("d-"))
                        .thenComparing(PlanExample::id))
                .forEach(example -> {
                    messages.add(Message.user(request(example.resources(), example.request())));
                    messages.add(Message.assistant(example.plan()));
                });
        messages.addAll(plan.earlier().messages());
        messages.add(Message.user(request(scope.resources(), question) + only(plan, scope)));
        messages.addAll(more);
        return new ChatRequest(
                messages,
                List.of(),
                new ResponseFormat("plan", PlanSchema.of(scope)),
                limited(plan.sampling(), PLAN_TOKENS));
    }

    private static Sampling limited(Sampling sampling, int tokens) {
        Integer own = sampling.maxTokens();
        return sampling.withMaxTokens(own == null ? tokens : Math.min(own, tokens));
    }

    private static String lines(List<Capability> capabilities) {
        return capabilities.stream().map(capability -> "- " + line(capability)).collect(Collectors.joining("\n"));
    }

    private static String line(Capability capability) {
        return capability.name() + " " + signature(capability) + " -> "
                + capability.result().label() + ": " + capability.description();
    }

    private static String signature(Capability capability) {
        return capability.parameters().stream()
                .map(parameter -> '"' + parameter.name() + "\": " + parameter.told())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String request(List<Resource> resources, String question) {
        String files = resources.isEmpty()
                ? "none"
                : resources.stream().limit(SHOWN_FILES).map(Resource::line).collect(Collectors.joining("; "));
        return "Files: " + files + "\nRequest: " + question.strip();
    }

    /** What of the tasks may be planned now, where it is not all of them. */
    private static String only(StagesPlan plan, Scope scope) {
        return scope.capabilities().size() == plan.capabilities().size()
                ? ""
                : "\nTasks that fit: "
                        + scope.capabilities().stream().map(Capability::name).collect(Collectors.joining(", "));
    }

    /** Tells what is wrong with a plan. */
    static List<Message> errors(String reply, List<String> problems) {
        return List.of(
                Message.assistant(reply.isBlank() ? "{}" : Findings.cut(reply, 4 * PLAN_TOKENS)),
                Message.user("That plan cannot be carried out:\n- " + String.join("\n- ", problems)
                        + "\nReply with the whole plan, mended."));
    }

    /** Tells what was done and what was not, and asks for the rest. */
    static List<Message> again(String planned, List<TaskResult> results) {
        String told = results.stream()
                .map(result -> "- " + result.task().id() + " "
                        + result.task().capability().name() + ": "
                        + (result.isDone()
                                ? "done, it is " + result.task().result()
                                : result.state().label() + ", " + result.why()))
                .collect(Collectors.joining("\n"));
        return List.of(
                Message.assistant(planned),
                Message.user("That is how it went:\n" + told
                        + "\nPlan the rest in another way. Name what is done by its id; do not plan it again."));
    }

    /** Asks who is to do tasks that several agents can do. */
    static ChatRequest choice(StagesPlan plan, String question, Map<PlannedTask, List<Candidate>> open) {
        ObjectNode schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        StringBuilder text =
                new StringBuilder("Request: ").append(question.strip()).append("\n");
        open.forEach((task, able) -> {
            ArrayNode names =
                    properties.putObject(task.id()).put("type", "string").putArray("enum");
            required.add(task.id());
            text.append("\nTask ")
                    .append(task.id())
                    .append(", ")
                    .append(task.capability().name());
            text.append(' ').append(task.inputs()).append(", can be done by\n");
            for (Candidate candidate : able) {
                names.add(candidate.name());
                text.append("- ").append(candidate.name()).append(": ");
                text.append(
                        candidate.description().isBlank()
                                ? "an expert"
                                : candidate.description().strip());
                text.append('\n');
            }
        });
        return new ChatRequest(
                List.of(
                        Message.system(
                                "You choose who does each task. Reply with JSON: the id of each task with the name of"
                                        + " whom its description fits best."),
                        Message.user(text.toString())),
                List.of(),
                new ResponseFormat("choice", schema),
                limited(plan.sampling(), CHOICE_TOKENS));
    }

    /** Asks for an answer out of the results. */
    static ChatRequest answer(StagesPlan plan, String question, List<TaskResult> results) {
        ObjectNode schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode statements = schema.putObject("properties").putObject("statements");
        schema.putArray("required").add("statements");
        statements.put("type", "array").put("minItems", 1).put("maxItems", MOST_STATEMENTS);
        ObjectNode item = statements.putObject("items").put("type", "object").put("additionalProperties", false);
        ObjectNode fields = item.putObject("properties");
        fields.putObject("text").put("type", "string");
        ObjectNode from =
                fields.putObject("from").put("type", "array").put("minItems", 1).put("maxItems", MOST_STATEMENTS);
        ArrayNode ids = from.putObject("items").put("type", "string").putArray("enum");
        results.forEach(result -> ids.add(result.task().id()));
        item.putArray("required").add("text").add("from");
        String system =
                (plan.instructions().isBlank() ? "" : plan.instructions().strip() + "\n\n")
                        + "Answer the request from the results of the tasks alone. Say nothing that they do not say. If a task that"
                        + " matters failed, say so. Answer in one to three short statements; each names, under from, the ids of"
                        + " the tasks that it comes from. Reply with JSON: {\"statements\": [{\"text\": ..., \"from\": [...]}]}.";
        return new ChatRequest(
                List.of(
                        Message.system(system),
                        Message.user("Results:\n"
                                + Findings.told(results, plan.options().resultTokens()) + "\n\nRequest: "
                                + question.strip())),
                List.of(),
                new ResponseFormat("answer", schema),
                limited(plan.sampling(), ANSWER_TOKENS));
    }

    /** Asks for an answer that needs no task. */
    static ChatRequest talk(StagesPlan plan, String question) {
        List<Message> messages = new ArrayList<>();
        if (!plan.instructions().isBlank()) {
            messages.add(Message.system(plan.instructions().strip()));
        }
        messages.addAll(plan.earlier().messages());
        messages.add(Message.user(question));
        return new ChatRequest(messages, List.of(), null, plan.sampling());
    }
}
