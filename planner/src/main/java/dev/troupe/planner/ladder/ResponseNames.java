package dev.troupe.planner.ladder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of fields in the shapes of responses, and where they stand, written as a program looks them up:
 * {@code ["forecast"]["forecastday"][0]["date"]}. A shape is JSON in which values may be left out.
 */
final class ResponseNames {
    private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"(\\s*:)?|[\\[\\]{},]");

    /**
     * @param around the path of what the name stands in, empty at the top
     * @param parent the last name of that path, or null
     */
    private record Place(
            String around, String name, @Nullable String parent) {
        String path() {
            return around + "[\"" + name + "\"]";
        }

        long shared(Set<String> lookedUp) {
            return lookedUp.stream()
                    .filter(name -> around.contains("[\"" + name + "\"]"))
                    .count();
        }
    }

    private final Map<String, List<Place>> places = new LinkedHashMap<>();

    private ResponseNames() {}

    /** @param responses lines such as {@code host/path answered 200: {"name": 1}} */
    static ResponseNames of(List<String> responses) {
        ResponseNames names = new ResponseNames();
        responses.forEach(names::read);
        return names;
    }

    /** An object or a list that is open, and the name that is waiting for its value in it. */
    private static final class Open {
        private final boolean list;
        private final String path;
        private final @Nullable String name;
        private @Nullable String waiting;

        Open(boolean list, String path, @Nullable String name) {
            this.list = list;
            this.path = path;
            this.name = name;
        }

        /** What a list's items are looked up in is the list: its name is theirs. */
        Open opened(boolean list) {
            String named = waiting;
            return named == null
                    ? new Open(list, this.list ? path + "[0]" : path, this.list ? name : null)
                    : new Open(list, path + "[\"" + named + "\"]", named);
        }
    }

    private void read(String response) {
        Deque<Open> open = new ArrayDeque<>(List.of(new Open(true, "", null)));
        boolean root = true;
        for (Matcher token = TOKEN.matcher(response); token.find(); ) {
            Open in = open.element();
            switch (token.group().charAt(0)) {
                case '{', '[' -> {
                    boolean list = token.group().equals("[");
                    open.push(root ? new Open(list, "", null) : in.opened(list));
                    root = false;
                }
                case '}', ']' -> {
                    if (open.size() > 1) {
                        open.pop();
                    }
                    open.element().waiting = null;
                }
                case ',' -> in.waiting = null;
                default -> {
                    if (!in.list && in.waiting == null) {
                        add(in, token.group(1));
                        in.waiting = token.group(2) == null ? null : token.group(1);
                    }
                }
            }
        }
    }

    private void add(Open in, String name) {
        places.computeIfAbsent(name, n -> new ArrayList<>()).add(new Place(in.path, name, in.name));
    }

    Set<String> all() {
        return places.keySet();
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    /** Whether the name stands in a field of that name, or in the items of one that is a list. */
    boolean has(String parent, String name) {
        return places.getOrDefault(name, List.of()).stream().anyMatch(place -> parent.equals(place.parent));
    }

    /**
     * Where to find that name for a program that looks up those names, at the place whose path has most of them:
     * {@code there is response["current"]["uv"]}, or {@code beside ["day"] there is ["hour"][0]["uv"]}.
     *
     * @param name one that {@link #has} found
     * @param parent the field in which the program looks, null where that is not known
     */
    String found(String name, Set<String> lookedUp, @Nullable String parent) {
        Place best = Collections.max(
                places.getOrDefault(name, List.of()), Comparator.comparingLong(place -> place.shared(lookedUp)));
        return places.getOrDefault(parent == null ? "" : parent, List.of()).stream()
                .map(Place::around)
                .filter(around -> !around.isEmpty() && best.around.startsWith(around))
                .findFirst()
                .map(around ->
                        "beside [\"" + parent + "\"] there is " + best.path().substring(around.length()))
                .orElse("there is response" + best.path());
    }
}
