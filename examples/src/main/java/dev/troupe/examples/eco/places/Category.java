package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.Names;
import dev.troupe.examples.eco.world.Table;
import java.util.List;

/**
 * A kind of place.
 *
 * @param number its line in the table, from 0
 * @param words what people call it, plain
 * @param types Google's types, the first being the main one
 * @param names patterns: {@code %} is a surname, {@code @} the city
 * @param brands names that many places share; some only in one country
 * @param features what some of them have, plain
 * @param lowestPrice 1 to 4, and 0 where Google tells no level
 * @param hours when it is open: day, shop, office, meal, morning, night, long, market, museum, park or always
 * @param count how many there are in a city
 */
record Category(
        int number,
        String id,
        List<String> words,
        List<String> types,
        List<String> names,
        List<Brand> brands,
        List<String> features,
        int lowestPrice,
        int highestPrice,
        String hours,
        int count) {
    /** @param country where it is found, or empty for everywhere */
    record Brand(String name, String country) {
        static Brand read(String text) {
            int colon = text.indexOf(':');
            return colon < 0 ? new Brand(text, "") : new Brand(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    /** The brands that are found in a country. */
    List<String> brandsIn(String country) {
        return brands.stream()
                .filter(brand -> brand.country().isEmpty() || brand.country().equals(country))
                .map(Brand::name)
                .toList();
    }

    static Category read(int number, String line) {
        List<String> fields = Table.fields(line, 9);
        String[] prices = fields.get(6).isEmpty()
                ? new String[] {"0", "0"}
                : fields.get(6).split("-");
        return new Category(
                number,
                fields.get(0),
                plain(fields.get(1)),
                Table.several(fields.get(2)),
                Table.several(fields.get(3)),
                Table.several(fields.get(4)).stream().map(Brand::read).toList(),
                plain(fields.get(5)),
                Integer.parseInt(prices[0]),
                Integer.parseInt(prices[1]),
                fields.get(7),
                Integer.parseInt(fields.get(8)));
    }

    private static List<String> plain(String field) {
        return Table.several(field).stream().map(Names::plain).toList();
    }
}
