package dev.troupe.runtime.team.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of a file's text what looks like a secret that somebody wrote into it, before it is shown. */
final class Redaction {
    private static final Pattern SECRET =
            Pattern.compile("(?i)(?:key|secret|token|password|authorization)[\"']?\\s*:\\s*"
                    + "[\"']?([^\\s\"',}$][^\\s\"',}]{5,})|://[^/@\\s:]*:([^/@\\s]+)@");

    private Redaction() {}

    /** The text with stars in place of secrets, as long as before. */
    static String hide(String text) {
        Matcher matcher = SECRET.matcher(text);
        StringBuilder hidden = new StringBuilder(text);
        while (matcher.find()) {
            int group = matcher.group(1) == null ? 2 : 1;
            int length = matcher.end(group) - matcher.start(group);
            hidden.replace(matcher.start(group), matcher.end(group), "*".repeat(length));
        }
        return hidden.toString();
    }
}
