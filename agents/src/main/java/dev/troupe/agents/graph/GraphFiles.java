package dev.troupe.agents.graph;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.task.Handle;
import dev.troupe.models.task.Media;
import dev.troupe.models.task.ValueType;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that a task may work on, by the names that plans use: some of the team, some of the request. Immutable.
 */
public final class GraphFiles {
    /** None. */
    public static final GraphFiles NONE = new GraphFiles(Map.of(), List.of());

    /** Files of one folder. */
    private static final int MOST_FILES = 500;

    /** Files of one request. */
    private static final int MOST_ATTACHED = 32;

    /** What may stand in a prompt as it is. */
    private static final Pattern PLAIN = Pattern.compile("[\\w][\\w .()+-]{0,79}");

    private final Map<String, List<Handle>> handles;
    private final List<Resource> resources;

    private GraphFiles(Map<String, List<Handle>> handles, List<Resource> resources) {
        this.handles = Collections.unmodifiableMap(new LinkedHashMap<>(handles));
        this.resources = List.copyOf(resources);
    }

    /**
     * Files and folders of a team.
     *
     * @param paths by the names that plans use
     * @throws TroupeException {@code INPUT_INVALID} or {@code NOT_FOUND}, naming the file, when one is not fit, or a folder
     *     has files of several types or none
     */
    public static GraphFiles ofTeam(Map<String, Path> paths) {
        Map<String, List<Handle>> handles = new LinkedHashMap<>();
        List<Resource> resources = new ArrayList<>();
        paths.forEach((name, path) -> {
            boolean many = Files.isDirectory(path);
            List<Handle> files = many ? folder(name, path) : List.of(Handle.of(path));
            Typed type = new Typed(files.getFirst().type(), many);
            handles.put(name, files);
            resources.add(new Resource(name, type, false, many ? files.size() + " files" : ""));
        });
        return new GraphFiles(handles, resources);
    }

    private static List<Handle> folder(String name, Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Handle> files = listed.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .map(Handle::of)
                    .toList();
            long types = files.stream().map(Handle::type).distinct().count();
            if (types != 1 || files.size() > MOST_FILES) {
                throw new TroupeException(
                        ErrorCode.INPUT_INVALID,
                        "folder %s: %d files of %d types (expected: 1 to %d files of one type)"
                                .formatted(name, files.size(), types, MOST_FILES),
                        "give each type a folder of its own");
            }
            return files;
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "folder " + name + ": cannot be read", null, e);
        }
    }

    /**
     * These and files that came with a request. Each is read to its end, so that a damaged one is told before any model is
     * asked.
     *
     * @throws TroupeException {@code INPUT_INVALID} or {@code NOT_FOUND}, naming the file and the mend
     */
    public GraphFiles with(List<Path> attached) {
        if (attached.size() > MOST_ATTACHED) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "files: " + attached.size() + " (expected: at most " + MOST_ATTACHED + ")",
                    "ask in several requests");
        }
        Map<String, List<Handle>> all = new LinkedHashMap<>(handles);
        List<Resource> named = new ArrayList<>(resources);
        for (Path path : attached) {
            Handle handle = checked(path);
            String name = fresh(handle.name(), all);
            all.put(name, List.of(handle));
            named.add(new Resource(name, new Typed(handle.type(), false), true, ""));
        }
        return new GraphFiles(all, named);
    }

    /**
     * A file that tasks can work on.
     *
     * @throws TroupeException {@code INPUT_INVALID} or {@code NOT_FOUND}, naming the file and the mend
     */
    public static Handle checked(Path path) {
        Handle handle = Handle.of(path);
        if (handle.type() != ValueType.TABLE) {
            Media.read(handle);
        }
        return handle;
    }

    /** A name that no other file has, and that can stand in a prompt. */
    private static String fresh(String name, Map<String, List<Handle>> taken) {
        int dot = name.lastIndexOf('.');
        String end = dot < 0 ? "" : name.substring(dot);
        String start = PLAIN.matcher(name).matches() ? name.substring(0, name.length() - end.length()) : "file";
        String free = start + end;
        for (int i = 2; taken.containsKey(free); i++) {
            free = start + "-" + i + end;
        }
        return free;
    }

    /** All, as plans see them. */
    public List<Resource> resources() {
        return resources;
    }

    /** Those that came with the request. */
    public List<Resource> attached() {
        return resources.stream().filter(Resource::attached).toList();
    }

    /** The files behind a name; empty when there is none of that name. */
    public List<Handle> handles(String name) {
        return handles.getOrDefault(name, List.of());
    }
}
