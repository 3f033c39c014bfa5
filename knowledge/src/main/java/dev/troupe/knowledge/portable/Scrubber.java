package dev.troupe.knowledge.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a text what belongs to one person or machine: values of secret variables, keys and tokens of known forms,
 * and the names in paths of home folders. What it puts there keeps programs parseable.
 */
public final class Scrubber {
    /** Shorter values of variables would be found in ordinary words. */
    private static final int LEAST_SECRET = 6;

    private static final String GONE = "[secret]";

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSW(OR)?D|PASSPHRASE|CREDENTIAL|AUTH).*");

    /** Keys and tokens by their published forms; group 1 is kept where there is one. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\b(?:ghp|gho|ghu|ghs|ghr|github_pat|glpat)[_-][A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{30,}"),
            Pattern.compile("\\bxox[a-z]-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\bhf_[A-Za-z0-9]{20,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
            Pattern.compile("(?i)(\\bbearer\\s+)[A-Za-z0-9._~+/-]{12,}=*"),
            Pattern.compile("(\\b[a-z][a-z0-9+.-]*://)[^\\s/@:\"']+:[^\\s/@\"']+@"),
            Pattern.compile("(?i)([?&](?:api_?key|key|token|access_token|appid|secret|password|sig)=)[^&\\s\"'#{]{6,}"),
            Pattern.compile("(?i)(\\b[\\w-]*(?:api_?key|token|secret|password|passwd)[\\w-]*[\"']?\\s*[:=]\\s*[\"'])"
                    + "[^\"'{}\\s]{8,}(?=[\"'])"));

    private static final Pattern HOME =
            Pattern.compile("(?<![\\w.])(/home/|/Users/|[A-Za-z]:\\\\+Users\\\\+)[^/\\\\\\s\"'`:,;)]+");

    private final List<String> secrets = new ArrayList<>();
    private final String home;

    /** @param environment of the process: its secrets and its home folder are what is looked for */
    public Scrubber(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).matches() && value.strip().length() >= LEAST_SECRET) {
                secrets.add(value.strip());
            }
        });
        secrets.sort((one, other) -> Integer.compare(other.length(), one.length()));
        String folder = environment.getOrDefault("HOME", "");
        home = folder.length() > 1 && folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    /** The text without them; the same text when there was nothing to take out. */
    public String scrub(String text) {
        String scrubbed = text;
        for (String secret : secrets) {
            scrubbed = scrubbed.replace(secret, GONE);
        }
        for (Pattern form : FORMS) {
            scrubbed = form.matcher(scrubbed)
                    .replaceAll(
                            found -> Matcher.quoteReplacement(kept(found.groupCount() == 0 ? null : found.group(1))));
        }
        if (home.length() > 1) {
            scrubbed = Pattern.compile("(?<![\\w.])" + Pattern.quote(home) + "(?![\\w.-])")
                    .matcher(scrubbed)
                    .replaceAll("/home/user");
        }
        return HOME.matcher(scrubbed).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + "user"));
    }

    private static String kept(@Nullable String before) {
        return before == null ? GONE : before + (before.endsWith("://") ? "" : GONE);
    }
}
