package dev.troupe.tools.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from all others, after IANA's registries of special-purpose addresses for IPv4
 * and IPv6. Addresses that carry another one within (mapped, translated, tunnelled) are not public: a name has no need of
 * them.
 */
final class PublicAddresses {
    private static final List<Block> SPECIAL = List.of(
            block("0.0.0.0/8"),
            block("10.0.0.0/8"),
            block("100.64.0.0/10"),
            block("127.0.0.0/8"),
            block("169.254.0.0/16"),
            block("172.16.0.0/12"),
            block("192.0.0.0/24"),
            block("192.0.2.0/24"),
            block("192.31.196.0/24"),
            block("192.52.193.0/24"),
            block("192.88.99.0/24"),
            block("192.168.0.0/16"),
            block("192.175.48.0/24"),
            block("198.18.0.0/15"),
            block("198.51.100.0/24"),
            block("203.0.113.0/24"),
            // Multicast, reserved and broadcast.
            block("224.0.0.0/3"));

    /** What of IPv6 is handed out for the internet at all. */
    private static final Block GLOBAL = block("2000::/3");

    private static final List<Block> SPECIAL_IN_GLOBAL =
            List.of(block("2001::/23"), block("2001:db8::/32"), block("2002::/16"), block("3fff::/20"));

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return SPECIAL.stream().noneMatch(block -> block.holds(bytes));
        }
        return GLOBAL.holds(bytes) && SPECIAL_IN_GLOBAL.stream().noneMatch(block -> block.holds(bytes));
    }

    private static final class Block {
        private final byte[] prefix;
        private final int bits;

        Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            int mask = rest == 0 ? 0 : 0xff << (8 - rest) & 0xff;
            return Arrays.equals(prefix, 0, whole, address, 0, whole)
                    && (rest == 0 || (prefix[whole] & mask) == (address[whole] & mask));
        }
    }

    private static Block block(String text) {
        String[] parts = text.split("/", 2);
        try {
            return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
