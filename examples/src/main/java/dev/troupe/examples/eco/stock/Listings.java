package dev.troupe.examples.eco.stock;

import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Table;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that is traded, by symbol and by name. */
final class Listings {
    private static final int MOST_MATCHES = 10;

    private final Map<String, Listing> all = new LinkedHashMap<>();

    Listings() {
        for (String line : Table.lines(Listings.class, "listings.txt")) {
            Listing listing = read(Table.fields(line, 10));
            all.put(listing.symbol(), listing);
        }
    }

    private static Listing read(List<String> fields) {
        SortedMap<LocalDate, Double> splits = new TreeMap<>();
        for (String split : Table.several(fields.get(9))) {
            String[] parts = split.split(":", 2);
            splits.put(LocalDate.parse(parts[0]), Double.parseDouble(parts[1]));
        }
        LocalDate first = fields.get(8).isEmpty() ? PriceSeries.FIRST : LocalDate.parse(fields.get(8));
        return new Listing(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                Double.parseDouble(fields.get(4)),
                Double.parseDouble(fields.get(5)) * 1e6,
                Double.parseDouble(fields.get(6)) * 1e6,
                Double.parseDouble(fields.get(7)) / 100,
                first.isBefore(PriceSeries.FIRST) ? PriceSeries.FIRST : first,
                splits);
    }

    /** By symbol, in either case; Berkshire's classes are also written with a point. */
    Optional<Listing> find(String symbol) {
        String upper = symbol.toUpperCase(Locale.ROOT);
        Listing found = all.get(upper);
        return Optional.ofNullable(found != null ? found : all.get(upper.replace('.', '-')));
    }

    List<Listing> all() {
        return List.copyOf(all.values());
    }

    /** What a search found, and how well it fits, from 0 to 1. */
    record Match(Listing listing, double score) {}

    /** The best ten whose symbol or name begins so, or has all the words; the best first. */
    List<Match> search(String keywords) {
        String wanted = Names.plain(keywords);
        return all.values().stream()
                .map(listing -> new Match(listing, score(listing, wanted)))
                .filter(match -> match.score() > 0)
                .sorted(Comparator.comparingDouble(Match::score)
                        .reversed()
                        .thenComparing(match -> match.listing().symbol()))
                .limit(MOST_MATCHES)
                .toList();
    }

    private static double score(Listing listing, String wanted) {
        String symbol = Names.plain(listing.symbol());
        String name = Names.plain(listing.name());
        if (wanted.isEmpty()) {
            return 0;
        }
        if (symbol.equals(wanted)) {
            return 1;
        }
        double share = 2.0 * wanted.length() / (wanted.length() + name.length());
        if (name.startsWith(wanted)) {
            return share;
        }
        if (symbol.startsWith(wanted)) {
            return 2.0 * wanted.length() / (wanted.length() + symbol.length()) * 0.9;
        }
        boolean all = java.util.Arrays.stream(wanted.split(" ")).allMatch(word -> (" " + name).contains(" " + word));
        return all ? share * 0.8 : 0;
    }
}
