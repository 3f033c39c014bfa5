package dev.troupe.tools.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import dev.troupe.models.call.CallContext;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A method's parameters as a model is told of them, and as they are read.
 *
 * @param schema a JSON schema of type object, without references
 */
record Signature(List<Argument> arguments, ObjectNode schema) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One of them.
     *
     * @param expected its type in the schema's words
     */
    record Argument(String name, Type type, boolean optional, String expected) {
        boolean isContext() {
            return type == CallContext.class;
        }
    }

    String names() {
        return arguments.stream()
                .filter(argument -> !argument.isContext())
                .map(Argument::name)
                .collect(Collectors.joining(", "));
    }

    /** @throws dev.troupe.models.call.TroupeException {@code TEAM_INVALID} */
    static Signature of(String tool, Method method) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        List<Argument> arguments = new ArrayList<>();
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            Type type = parameter.getParameterizedType();
            if (type == CallContext.class) {
                arguments.add(new Argument("", type, true, ""));
                continue;
            }
            Parameter told = parameter.getAnnotation(Parameter.class);
            String name = name(tool, parameter, told);
            boolean optional = isOptional(type) || (told != null && told.optional());
            if (optional && type instanceof Class<?> raw && raw.isPrimitive()) {
                throw FunctionTools.invalid(
                        tool, "parameter " + name + " is optional and " + raw, "an object type, such as Integer", null);
            }
            ObjectNode described = described(tool, name, isOptional(type) ? inner(type) : type);
            arguments.add(
                    new Argument(name, type, optional, described.path("type").asText("a value of another form")));
            if (told != null && !told.value().isBlank()) {
                described.put("description", told.value().strip());
            }
            properties.set(name, described);
            if (!optional) {
                required.add(name);
            }
        }
        if (required.isEmpty()) {
            schema.remove("required");
        }
        schema.put("additionalProperties", false);
        return new Signature(List.copyOf(arguments), schema);
    }

    private static String name(
            String tool, java.lang.reflect.Parameter parameter, @org.jspecify.annotations.Nullable Parameter told) {
        String name = told == null || told.name().isBlank() ? parameter.getName() : told.name();
        if (!parameter.isNamePresent() && name.equals(parameter.getName())) {
            throw FunctionTools.invalid(
                    tool,
                    "a parameter without a name",
                    "@Parameter(name = …), or a class that was compiled with -parameters",
                    null);
        }
        return name;
    }

    private static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    private static Type inner(Type optional) {
        return ((ParameterizedType) optional).getActualTypeArguments()[0];
    }

    /** References are written out, since a schema becomes a part of a larger one. A type within itself cannot be. */
    private static ObjectNode described(String tool, String name, Type type) {
        try {
            JsonNode schema = Generator.INSTANCE.generateSchema(type);
            if (schema instanceof ObjectNode object && object.findValues("$ref").isEmpty()) {
                object.remove("$schema");
                return object;
            }
        } catch (IllegalArgumentException | IllegalStateException | StackOverflowError e) {
            throw FunctionTools.invalid(tool, "parameter " + name + " of type " + type + ": " + e, "a plain type", e);
        }
        throw FunctionTools.invalid(
                tool, "parameter " + name + " of type " + type, "a type that does not contain itself", null);
    }

    /** Made when it is first needed: most teams have no functions. */
    private static final class Generator {
        private static final SchemaGenerator INSTANCE = make();

        private static SchemaGenerator make() {
            SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                            JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                    .with(new JacksonModule())
                    .with(Option.INLINE_ALL_SCHEMAS, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                    .with(Option.FLATTENED_OPTIONALS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                    .with(Option.ADDITIONAL_FIXED_TYPES, Option.STANDARD_FORMATS);
            builder.forFields()
                    .withRequiredCheck(field -> !field.getDeclaredType().isInstanceOf(Optional.class));
            return new SchemaGenerator(builder.build());
        }
    }
}
