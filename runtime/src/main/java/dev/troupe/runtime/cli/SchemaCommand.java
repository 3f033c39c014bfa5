package dev.troupe.runtime.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.troupe.runtime.team.TeamSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what a team file may hold. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of the team file.",
            "An editor that knows it completes keys and shows mistakes; its first line tells the editor:",
            "  # yaml-language-server: $$schema=team.schema.json"
        },
        footer = {"  troupe schema > team.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    private final Invocation invocation;

    SchemaCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        String schema = TeamSchema.text();
        invocation.result(Json.MAPPER.readTree(schema), schema);
        return ExitCodes.OK;
    }
}
