package dev.troupe.examples.eco.world;

import java.time.ZoneId;

/**
 * A city.
 *
 * @param id the same in each start
 * @param countryCode ISO 3166, two letters
 * @param elevation in metres
 */
public record City(
        long id,
        String name,
        String region,
        String country,
        String countryCode,
        Point at,
        int elevation,
        Climate climate,
        ZoneId zone) {
    /** What its weather is like. */
    public enum Climate {
        OCEANIC('o'),
        CONTINENTAL('k'),
        SUBTROPICAL('s'),
        MEDITERRANEAN('m'),
        DESERT('d'),
        TROPICAL('t'),
        HIGHLAND('h'),
        POLAR('p');

        private final char letter;

        Climate(char letter) {
            this.letter = letter;
        }

        static Climate of(String letter) {
            for (Climate climate : values()) {
                if (letter.equals(String.valueOf(climate.letter))) {
                    return climate;
                }
            }
            throw new IllegalArgumentException("climate: " + letter + " (expected: a letter of cities.txt)");
        }
    }

    /** {@code Boston|Massachusetts|United States of America}: what its weather and its places are made from. */
    public String key() {
        return name + "|" + region + "|" + country;
    }
}
