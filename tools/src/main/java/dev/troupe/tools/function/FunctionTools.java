package dev.troupe.tools.function;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Tool;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds function tools. */
public final class FunctionTools {
    private static final String SERVICE = "META-INF/services/" + Functions.class.getName();

    private FunctionTools() {}

    /**
     * The functions of a class on the class path.
     *
     * @param name as the team file calls the tool; the model's name of its function, or where the class has several, what
     *     their names begin with: {@code name_method}
     * @param className a class that {@link ServiceLoader} finds
     * @throws TroupeException {@code TEAM_INVALID} when there is no such class, or its methods cannot be called by a model
     */
    public static List<Tool> open(String name, String className, CallLimits limits) {
        return of(name, find(name, className), limits);
    }

    /** The functions of an instance that is there already. */
    public static List<Tool> of(String name, Functions functions, CallLimits limits) {
        List<Method> methods = Arrays.stream(functions.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Function.class) && !method.isBridge())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        if (methods.isEmpty()) {
            throw invalid(
                    name, functions.getClass().getName() + " has no function", "a public method with @Function", null);
        }
        boolean clash = methods.stream().map(Method::getName).distinct().count() < methods.size();
        if (clash) {
            throw invalid(
                    name,
                    functions.getClass().getName() + " has two functions of one name",
                    "another name for each",
                    null);
        }
        return methods.stream()
                .<Tool>map(method -> new FunctionTool(
                        methods.size() == 1 ? name : name + "_" + method.getName(), functions, method, limits))
                .toList();
    }

    private static Functions find(String name, String className) {
        try {
            List<ServiceLoader.Provider<Functions>> all =
                    ServiceLoader.load(Functions.class).stream().toList();
            return all.stream()
                    .filter(provider -> provider.type().getName().equals(className))
                    .findFirst()
                    .orElseThrow(() -> invalid(
                            name,
                            className + " is not found",
                            known(all.stream().map(ServiceLoader.Provider::type)),
                            null))
                    .get();
        } catch (ServiceConfigurationError e) {
            throw invalid(name, className + " cannot be made: " + e.getMessage(), "a class that can", e);
        }
    }

    private static String known(Stream<Class<? extends Functions>> types) {
        List<String> names = types.map(Class::getName).sorted().toList();
        return names.isEmpty() ? "a class that is listed in " + SERVICE : "one of " + String.join(", ", names);
    }

    static TroupeException invalid(
            String name, String what, String expected, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TroupeException(
                ErrorCode.TEAM_INVALID,
                "tools." + name + ".function: " + what + " (expected: " + expected + ")",
                "put its jar on the class path with TROUPE_CLASSPATH; it lists its classes in " + SERVICE,
                cause);
    }
}
