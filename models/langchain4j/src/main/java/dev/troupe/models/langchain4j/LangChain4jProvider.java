package dev.troupe.models.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatModelProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens models of any LangChain4j provider that is on the class path, for team files:
 *
 * <pre>{@code
 * large:
 *   provider: java
 *   from: langchain4j
 *   model: claude-sonnet-5
 *   key: "${ANTHROPIC_API_KEY:-}"
 *   options: { class: dev.langchain4j.model.anthropic.AnthropicStreamingChatModel, timeout: PT60S }
 * }</pre>
 *
 * <p>The class has a static {@code builder()}; model, key and url are set by the names that LangChain4j's builders use, and
 * each other option by the builder's method of that name, with one parameter: a text, a number, true or false, a duration
 * in ISO 8601, or a value of an enum.
 */
public final class LangChain4jProvider implements ChatModelProvider {
    private static final String CLASS = "class";
    private static final int USUAL_CONTEXT = 32_768;
    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Integer.class,
            int.class,
            Long.class,
            long.class,
            Double.class,
            double.class,
            Float.class,
            float.class,
            Boolean.class,
            boolean.class,
            Duration.class);
    private static final List<String> MODEL_METHODS = List.of("modelName", "model", "modelId", "deploymentName");
    private static final List<String> KEY_METHODS = List.of("apiKey", "accessToken");
    private static final List<String> URL_METHODS = List.of("baseUrl", "endpoint");

    @Override
    public String name() {
        return "langchain4j";
    }

    @Override
    public ChatModel open(Wanted wanted) {
        Map<String, String> options = new LinkedHashMap<>(wanted.options());
        String className = options.remove(CLASS);
        if (className == null) {
            throw invalid(
                    wanted,
                    CLASS,
                    "missing",
                    "a chat model of LangChain4j, such as" + " dev.langchain4j.model.openai.OpenAiStreamingChatModel",
                    null);
        }
        Object builder = builder(wanted, className);
        set(wanted, builder, MODEL_METHODS, "model", wanted.model());
        if (wanted.key() != null) {
            set(wanted, builder, KEY_METHODS, "key", wanted.key().reveal());
        }
        if (wanted.url() != null) {
            set(wanted, builder, URL_METHODS, "url", wanted.url().toString());
        }
        options.forEach((option, value) -> set(wanted, builder, List.of(option), "options." + option, value));
        Object model = call(wanted, builder, method(builder, "build"));
        Integer asked = wanted.contextTokens();
        int context = asked == null ? USUAL_CONTEXT : asked;
        if (model instanceof StreamingChatModel streaming) {
            return LangChain4jChatModel.streaming(wanted.qualifiedName(), context, streaming);
        }
        if (model instanceof dev.langchain4j.model.chat.ChatModel whole) {
            return LangChain4jChatModel.of(wanted.qualifiedName(), context, whole);
        }
        throw noModel(wanted, className, null);
    }

    private static Object builder(Wanted wanted, String className) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            Class<?> type = Class.forName(
                    className, false, context == null ? LangChain4jProvider.class.getClassLoader() : context);
            if (!StreamingChatModel.class.isAssignableFrom(type)
                    && !dev.langchain4j.model.chat.ChatModel.class.isAssignableFrom(type)) {
                throw noModel(wanted, className, null);
            }
            Method builder = type.getMethod("builder");
            if (!Modifier.isStatic(builder.getModifiers())) {
                throw noModel(wanted, className, null);
            }
            return builder.invoke(null);
        } catch (ClassNotFoundException e) {
            throw invalid(wanted, CLASS, className + " is not on the class path", "a class of a LangChain4j module", e);
        } catch (ReflectiveOperationException e) {
            throw noModel(wanted, className, e);
        }
    }

    private static TroupeException noModel(Wanted wanted, String className, @Nullable Exception cause) {
        return invalid(wanted, CLASS, className, "a chat model of LangChain4j with a static builder()", cause);
    }

    private static @Nullable Method method(Object builder, String name) {
        return Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .findFirst()
                .orElse(null);
    }

    /** Sets a value by the first of these methods that takes it. */
    private static void set(Wanted wanted, Object builder, List<String> names, String place, String text) {
        List<Method> candidates = names.stream()
                .flatMap(name -> Arrays.stream(builder.getClass().getMethods())
                        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1))
                .toList();
        if (candidates.isEmpty()) {
            throw new TroupeException(
                    ErrorCode.TEAM_INVALID,
                    place + ": not known to " + builder.getClass().getSimpleName() + " (expected: one of "
                            + known(builder) + ")",
                    "of the model " + wanted.qualifiedName());
        }
        for (Method candidate : candidates) {
            Object value = value(candidate.getParameterTypes()[0], text);
            if (value != null) {
                Object unused = call(wanted, builder, candidate, value);
                return;
            }
        }
        // The value may be a key: it is not told.
        throw new TroupeException(
                ErrorCode.TEAM_INVALID,
                place + ": not a value that " + builder.getClass().getSimpleName() + " takes (expected: a "
                        + candidates.getFirst().getParameterTypes()[0].getSimpleName() + ")",
                "of the model " + wanted.qualifiedName());
    }

    private static String known(Object builder) {
        return Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 1 && method.getDeclaringClass() != Object.class)
                .filter(method -> isPlain(method.getParameterTypes()[0]))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static boolean isPlain(Class<?> type) {
        return type.isEnum() || PLAIN.contains(type);
    }

    /** The text as that type, or null where it is none. */
    private static @Nullable Object value(Class<?> type, String text) {
        try {
            if (type == String.class) {
                return text;
            } else if (type == Integer.class || type == int.class) {
                return Integer.valueOf(text);
            } else if (type == Long.class || type == long.class) {
                return Long.valueOf(text);
            } else if (type == Double.class || type == double.class) {
                return Double.valueOf(text);
            } else if (type == Float.class || type == float.class) {
                return Float.valueOf(text);
            } else if (type == Duration.class) {
                return Duration.parse(text);
            } else if (type == Boolean.class || type == boolean.class) {
                return List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null;
            } else if (type.isEnum()) {
                return Arrays.stream(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElse(null);
            }
            return null;
        } catch (NumberFormatException | DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Object call(
            Wanted wanted, Object builder, @Nullable Method method, @Nullable Object... arguments) {
        if (method == null) {
            throw noModel(wanted, builder.getClass().getName(), null);
        }
        try {
            return method.invoke(builder, arguments);
        } catch (InvocationTargetException e) {
            // What the builder says may quote what it was given, and that may be a key.
            throw invalid(
                    wanted,
                    method.getName(),
                    "refused by " + builder.getClass().getSimpleName() + " with "
                            + e.getTargetException().getClass().getSimpleName(),
                    "what its documentation says",
                    e);
        } catch (ReflectiveOperationException e) {
            throw noModel(wanted, builder.getClass().getName(), e);
        }
    }

    private static TroupeException invalid(
            Wanted wanted, String option, String what, String expected, @Nullable Exception cause) {
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                "options." + option + ": " + what + " (expected: " + expected + ")",
                "of the model " + wanted.qualifiedName(),
                cause);
    }
}
