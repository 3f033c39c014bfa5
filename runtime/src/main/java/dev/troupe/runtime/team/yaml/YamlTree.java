package dev.troupe.runtime.team.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Turns text into a tree of nodes with places. Of YAML it takes what a configuration needs: one document, plain
 * mappings, lists and scalars. Anchors, aliases and tags are refused, and so is deep nesting, which the composer
 * recurses into.
 */
public final class YamlTree {
    private static final int DEEPEST = 32;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowNonScalarKeys(true)
            .build();

    private YamlTree() {}

    /** The document, a mapping; null, with problems, when the text is anything else. */
    public static @Nullable Node parse(String text, Problems problems) {
        try {
            if (!onlyPlainYaml(text, problems)) {
                return null;
            }
            Node root = new Compose(SETTINGS).composeString(text).orElse(null);
            if (root instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
                return root;
            }
            boolean empty =
                    root == null || root instanceof MappingNode || root.getTag().equals(Tag.NULL);
            problems.add(new Problem(1, 1, "", empty ? "empty" : "not a mapping", "keys and values", null));
        } catch (MarkedYamlEngineException e) {
            syntax(e, text, problems);
        } catch (YamlEngineException e) {
            problems.add(new Problem(1, 1, "", "not YAML: " + firstLine(String.valueOf(e.getMessage())), null, null));
        }
        return null;
    }

    private static boolean onlyPlainYaml(String text, Problems problems) {
        int depth = 0;
        int documents = 0;
        boolean plain = true;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                refuse(event, "nested too deeply", "at most " + DEEPEST + " levels", problems);
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                refuse(event, "a second document", "one document", problems);
                plain = false;
            }
            plain &= isPlain(event, problems);
        }
        return plain;
    }

    private static boolean isPlain(Event event, Problems problems) {
        if (event instanceof AliasEvent alias) {
            refuse(event, "alias *" + alias.getAlias(), "the value itself", problems);
            return false;
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            refuse(event, "anchor &" + node.getAnchor().get(), "the value without an anchor", problems);
            return false;
        }
        boolean tagged = switch (event) {
            case ScalarEvent scalar -> scalar.getTag().isPresent();
            case CollectionStartEvent start -> start.getTag().isPresent();
            default -> false;
        };
        if (tagged) {
            refuse(event, "a tag", "the value without a tag", problems);
        }
        return !tagged;
    }

    private static void refuse(Event event, String message, String expected, Problems problems) {
        problems.add(event.getStartMark().orElse(null), "", message, expected, null);
    }

    private static void syntax(MarkedYamlEngineException e, String text, Problems problems) {
        Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        if (mark != null
                && mark.getIndex() < text.codePointCount(0, text.length())
                && text.codePointAt(text.offsetByCodePoints(0, mark.getIndex())) == '\t') {
            problems.add(mark, "", "a tab", "spaces: YAML takes no tabs for indentation", null);
            return;
        }
        String context = e.getContext() == null || e.getContext().isBlank() ? "" : firstLine(e.getContext()) + ": ";
        problems.add(mark, "", "not YAML: " + context + firstLine(String.valueOf(e.getProblem())), null, null);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
