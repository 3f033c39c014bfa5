package dev.troupe.runtime.team;

import dev.troupe.tools.egress.EgressLimits;
import dev.troupe.tools.egress.HostGrant;
import dev.troupe.tools.egress.SecretGrant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What programs may reach beyond their sandbox.
 *
 * @param secrets those whose variables are set
 */
public record NetworkSettings(List<HostGrant> grants, List<SecretGrant> secrets, EgressLimits limits) {
    public NetworkSettings {
        grants = List.copyOf(grants);
        secrets = List.copyOf(secrets);
    }

    /**
     * What a model has to know of it to write programs that use it.
     *
     * @param language of the programs
     */
    public String described(String language) {
        StringBuilder text = new StringBuilder("Programs can reach these hosts and no others:");
        for (HostGrant grant : grants) {
            text.append("\n- ")
                    .append(grant.host())
                    .append(" (")
                    .append(String.join(", ", new TreeSet<>(grant.methods())));
            if (!grant.paths().isEmpty()) {
                text.append("; paths that begin with ").append(String.join(" or ", grant.paths()));
            }
            text.append(')');
        }
        for (SecretGrant secret : secrets) {
            String hosts = secret.hosts().stream().sorted().collect(Collectors.joining(" and "));
            text.append("\nThe key for ")
                    .append(hosts)
                    .append(" is in the environment variable ")
                    .append(secret.name());
            text.append(": ").append(read(language, secret.name()));
        }
        return text.toString();
    }

    private static String read(String language, String variable) {
        return switch (language) {
            case "sh" -> "\"$" + variable + "\"";
            case "javascript" -> "process.env." + variable;
            default -> "os.environ[\"" + variable + "\"]";
        };
    }
}
