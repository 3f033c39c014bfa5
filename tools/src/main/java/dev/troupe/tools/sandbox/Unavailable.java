package dev.troupe.tools.sandbox;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;

/** Why the sandbox cannot be started on a machine, and the mend. */
final class Unavailable {
    static final String INSTALL =
            "install it: apt-get install bubblewrap (Debian, Ubuntu), dnf install bubblewrap (Fedora)";
    private static final int MOST = 400;

    private Unavailable() {}

    static TroupeException notInstalled() {
        return new TroupeException(ErrorCode.SANDBOX_UNAVAILABLE, "sandbox: bwrap is not on the path", INSTALL);
    }

    static TroupeException tooOld(String version) {
        return new TroupeException(
                ErrorCode.SANDBOX_UNAVAILABLE, "sandbox: " + version + " (expected: 0.8.0 or newer)", INSTALL);
    }

    /**
     * @param said what bubblewrap and its launcher had to say
     */
    static TroupeException notStarted(String said) {
        String why = said.isBlank() ? "no reason given" : said.strip();
        why = why.length() > MOST ? why.substring(why.length() - MOST) : why;
        return new TroupeException(
                ErrorCode.SANDBOX_UNAVAILABLE,
                "sandbox: bubblewrap did not start, nothing was executed: " + why,
                mend(said));
    }

    static String mend(String said) {
        if (said.contains("uid map") || said.contains("RTM_NEWADDR")) {
            return "AppArmor keeps user namespaces from ordinary users:"
                    + " sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
        }
        if (said.contains("No permissions to create") || said.contains("namespace")) {
            return "user namespaces are off: sudo sysctl -w kernel.unprivileged_userns_clone=1"
                    + " user.max_user_namespaces=10000; inside of a container, start it with --privileged";
        }
        return "./troupe doctor says what is missing";
    }
}
