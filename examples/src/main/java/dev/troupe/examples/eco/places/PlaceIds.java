package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.Noise;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Place ids that look like Google's and tell where the place is found again: 27 characters, of which the first four are
 * always the same. The rest is the address of the place in the generator, covered by a check that depends on the seed.
 */
final class PlaceIds {
    private static final String PREFIX = "ChIJ";
    private static final int LENGTH = 27;
    private static final int BYTES = 17;

    private final Noise noise;

    PlaceIds(long seed) {
        this.noise = new Noise(seed).of("place ids");
    }

    /** Which place of which category of which city; {@code category} is -1 for landmarks. */
    record Key(int city, int category, int index) {}

    String write(Key key) {
        long check = noise.of(key.toString()).bits(0);
        byte[] head = ByteBuffer.allocate(9)
                .putInt(key.city())
                .put((byte) key.category())
                .putInt(key.index())
                .array();
        cover(head, check);
        byte[] all = ByteBuffer.allocate(BYTES).put(head).putLong(check).array();
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Empty for anything that was not written here with this seed. */
    Optional<Key> read(String id) {
        if (id.length() != LENGTH || !id.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(id.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(all);
        byte[] head = new byte[9];
        buffer.get(head);
        cover(head, buffer.getLong());
        ByteBuffer plain = ByteBuffer.wrap(head);
        Key key = new Key(plain.getInt(), plain.get(), plain.getInt());
        return write(key).equals(id) ? Optional.of(key) : Optional.empty();
    }

    private void cover(byte[] head, long check) {
        byte[] stream = ByteBuffer.allocate(16)
                .putLong(noise.bits(check))
                .putLong(noise.bits(~check))
                .array();
        for (int i = 0; i < head.length; i++) {
            head[i] ^= stream[i];
        }
    }
}
