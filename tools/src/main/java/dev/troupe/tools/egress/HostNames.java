package dev.troupe.tools.egress;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts, told apart from addresses however those are written. */
public final class HostNames {
    /** Labels of RFC 1123; the last one begins with a letter, so that no way of writing an IPv4 address fits. */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** Decimal, octal and hexadecimal, with up to four parts, and IPv6. */
    private static final Pattern ADDRESS = Pattern.compile(
            "\\[?[0-9a-f:.%]*:[0-9a-z:.%]*\\]?|(?:0x[0-9a-f]*|[0-9]+)(?:\\.(?:0x[0-9a-f]*|[0-9]+)){0,3}");

    private HostNames() {}

    /** In lower case and without the dot that marks the root. */
    public static String normalised(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether it is a name as the domain name system has them, in lower case; addresses are none. */
    public static boolean isName(String host) {
        return NAME.matcher(host).matches() && !isAddress(host);
    }

    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }
}
