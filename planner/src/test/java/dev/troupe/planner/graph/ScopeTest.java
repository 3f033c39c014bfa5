package dev.troupe.planner.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.task.ValueType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static List<String> names(Scope scope) {
        return scope.plausible().capabilities().stream().map(Capability::name).toList();
    }

    @Test
    void plausible_areTasksWhoseInputsCanBeHad() {
        assertThat(names(Scopes.of(Scopes.CALL)))
                .contains("voice-activity-detection", "zero-shot-classification", "text-generation")
                .doesNotContain("image-to-text", "sentence-similarity.image");
        assertThat(names(Scopes.of(Scopes.RECEIPT)))
                .contains("image-to-text", "question-answering", "sentence-similarity")
                .doesNotContain("voice-activity-detection");
        // Its context is no text that may be written out: without any file or text, there is nothing to read.
        Scope bare = new Scope(List.of(Scopes.READ, Scopes.ANSWER), List.of(), Map.of());
        assertThat(names(bare)).isEmpty();
        Scope known = new Scope(
                List.of(Scopes.READ, Scopes.ANSWER), List.of(), Map.of("t1", new Typed(ValueType.TEXT, false)));
        assertThat(names(known)).containsExactly("question-answering");
    }

    @Test
    void schema_hasArityTypesAndNamesOfEachTask() {
        JsonNode schema = PlanSchema.of(Scopes.of(Scopes.RECEIPT, Scopes.SCANS, Scopes.NOTE));
        JsonNode kinds = schema.at("/properties/tasks/items/anyOf");
        assertThat(kinds).hasSize(Scopes.ALL.size());
        JsonNode read = kinds.get(0);
        assertThat(texts(read.at("/properties/task/enum"))).containsExactly("image-to-text");
        // Nothing gives pictures, so no id can stand for one.
        assertThat(texts(read.at("/properties/image/enum"))).containsExactly("receipt.png", "scans");
        JsonNode compare = kinds.get(2);
        assertThat(texts(compare.at("/properties/sentences/items/enum"))).contains("note.txt", "t1", "t8");
        assertThat(texts(compare.at("/required"))).containsExactly("id", "task", "text", "sentences");
        assertThat(compare.at("/properties/text").has("enum")).isFalse();
    }

    @Test
    void idsOfARest_followThoseBefore() {
        assertThat(Scopes.of(Scopes.NOTE).after(3).ids()).startsWith("t4", "t5").hasSize(8);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
