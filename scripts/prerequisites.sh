# Sourced by ./troupe, ./check and build.sh, with $home set: finds a JDK, Maven, Python, the sandbox and what the local
# model's native library needs, and installs what is missing where it may.
#   TROUPE_JDK_PLACES       folders that hold JDKs, separated by colons, instead of the usual ones
#   TROUPE_LIBRARY_PLACES   folders that hold shared libraries, likewise

say() { printf '%s\n' "$*" >&2; }
fail() { # exit code, message, hint
    say "error: $2"
    [ -z "${3:-}" ] || say "hint: $3"
    exit "$1"
}

# Prints one source that is newer than the file $1, or nothing.
newer_sources() {
    find "$home/pom.xml" "$home/scripts" "$home"/*/pom.xml "$home"/*/src/main -newer "$1" -print -quit 2>/dev/null
}

# Prints the feature version of the JDK in $1 (0: none). Reads its release file: starting each would cost time.
jdk_version() {
    version=0
    if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
        while IFS='="' read -r key _ value _; do
            [ "$key" != JAVA_VERSION ] || version=${value%%[!0-9]*}
        done <"$1/release"
    fi
    printf '%s' "${version:-0}"
}

# Sets and exports JAVA_HOME to a JDK of 21 or newer: the user's, that of `java`, or the newest that is found.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge 21 ]; then
        return 0
    fi
    default=$(command -v java) && default=$(dirname "$(dirname "$(readlink -f -- "$default")")") || default=/nowhere
    if [ "$(jdk_version "$default")" -ge 21 ]; then
        export JAVA_HOME="$default"
        return 0
    fi
    best=20 found=
    places=${TROUPE_JDK_PLACES-/usr/lib/jvm:/usr/java:/usr/local:/opt:/opt/java:${HOME:-}/.sdkman/candidates/java:${HOME:-}/.jdks:${HOME:-}/.local/share/jdk}
    old_ifs=$IFS
    IFS=:
    for place in $places; do
        for candidate in "$place" "$place"/*; do
            [ -r "$candidate/release" ] || continue
            version=$(jdk_version "$candidate")
            [ "$version" -le "$best" ] || best=$version found=$candidate
        done
    done
    IFS=$old_ifs
    [ -n "$found" ] && export JAVA_HOME="$found"
}

find_maven() { command -v mvn >/dev/null; }
find_python() { command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1; }
find_sandbox() { command -v bwrap >/dev/null; }
find_strace() { command -v strace >/dev/null; }
# For the tests of the page only.
find_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
# GCC's OpenMP, which the local model computes with.
find_openmp() {
    places=${TROUPE_LIBRARY_PLACES-/lib:/lib64:/usr/lib:/usr/lib64:/usr/local/lib}
    old_ifs=$IFS
    IFS=:
    # shellcheck disable=SC2086 # each place is a word
    library=$(find -L $places -maxdepth 2 -name libgomp.so.1 -print -quit 2>/dev/null) || true
    IFS=$old_ifs
    [ -n "$library" ]
}

is_root() { [ "$(id -u)" = 0 ]; }
apt_has() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }

# Prints the packages, by this system's names, that give what is named: jdk maven python sandbox openmp strace chromium.
package_names() {
    for need in "$@"; do
        case $manager:$need in
            apt-get:jdk) for version in 21 25; do
                if apt_has "openjdk-$version-jdk-headless"; then
                    printf '%s ' "openjdk-$version-jdk-headless"
                    break
                fi
            done ;;
            dnf:jdk) printf 'java-21-openjdk-devel ' ;;
            pacman:jdk) printf 'jdk21-openjdk ' ;;
            zypper:jdk) printf 'java-21-openjdk-devel ' ;;
            pacman:python) printf 'python python-pip ' ;;
            *:python) printf 'python3 python3-pip ' ;;
            *:sandbox) printf 'bubblewrap ' ;;
            apt-get:chromium) printf 'chromium fonts-liberation ' ;;
            dnf:openmp) printf 'libgomp ' ;;
            pacman:openmp) printf 'gcc-libs ' ;;
            *:openmp) printf 'libgomp1 ' ;;
            *) printf '%s ' "$need" ;;
        esac
    done
}

# Sets $manager and $install, the command that installs packages here.
find_manager() {
    for manager in apt-get dnf pacman zypper none; do
        command -v "$manager" >/dev/null 2>&1 && break
    done
    case $manager in
        apt-get) install='apt-get install -y --no-install-recommends' ;;
        dnf) install='dnf install -y' ;;
        pacman) install='pacman -S --needed' ;;
        zypper) install='zypper install' ;;
        *) install= ;;
    esac
}

# Installs what is named ($@ as for package_names) when it may; otherwise says how. Succeeds when it was installed.
provide() {
    find_manager
    if [ "$manager" = apt-get ] && is_root; then
        [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || apt-get update -q >&2 || true
        packages=$(package_names "$@")
        [ -n "$packages" ] || return 1
        say "Installing $packages"
        # shellcheck disable=SC2086 # each package is a word
        DEBIAN_FRONTEND=noninteractive $install $packages >"$log" 2>&1 </dev/null && return 0
        # Package lists that are old name files that are gone.
        # shellcheck disable=SC2086
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive $install $packages; } >>"$log" 2>&1 </dev/null && return 0
        tail -n 5 "$log" >&2
        return 1
    fi
    return 1
}

# The one command that gives what is named.
command_for() {
    find_manager
    packages=$(package_names "$@")
    packages=${packages% }
    if [ -n "$install" ] && [ -n "$packages" ]; then
        is_root && sudo= || sudo='sudo '
        printf '%s' "$sudo$install $packages"
    fi
}

# That command as a sentence; where no package manager is known, $2.
advice() {
    how=$(command_for "$1")
    if [ -n "$how" ]; then printf 'run: %s' "$how"; else printf '%s' "$2"; fi
}

missing_jdk() {
    how=$(advice jdk '')
    # Where the distribution has none: Temurin's archive, unpacked where find_jdk looks.
    case $(uname -m) in aarch64 | arm64) machine=aarch64 ;; *) machine=x64 ;; esac
    [ -n "$how" ] || how="run: mkdir -p ~/.local/share/jdk/21 && curl -fsSL https://api.adoptium.net/v3/binary/latest/21/ga/linux/$machine/jdk/hotspot/normal/eclipse | tar xz -C ~/.local/share/jdk/21 --strip-components 1"
    fail 69 "no JDK of 21 or newer was found (looked at JAVA_HOME, java, /usr/lib/jvm and other usual places)" "$how"
}

# Sees to it that the tools named are here. Those that only running needs are warned of, not insisted on.
require() {
    wanted=
    for need in "$@"; do "find_$need" || wanted="$wanted $need"; done
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086 # each need is a word
    provide $wanted || true
    for need in $wanted; do
        "find_$need" && continue
        case $need in
            jdk) missing_jdk ;;
            maven) fail 69 "Maven was not found" "$(advice maven "install Maven")" ;;
            python) say "warning: Python 3 with pip was not found; teams cannot run Python; $(advice python "install it")" ;;
            sandbox) say "warning: bubblewrap was not found; no code can be run; $(advice sandbox "install it")" ;;
            openmp) say "warning: libgomp.so.1 was not found; no local model can be run; $(advice openmp "install it")" ;;
            *) say "warning: $need was not found; $(advice "$need" "install it")" ;;
        esac
    done
}
