#!/bin/sh
# Builds Troupe into target/dist, without tests. Run by ./troupe when it has to be; several at once build once.
set -eu
home=$(dirname "$(dirname "$(readlink -f -- "$0")")")
. "$home/scripts/prerequisites.sh"
mkdir -p "$home/target"
log=$home/target/build.log
current=$home/target/dist/current

exec 9>"$home/target/build.lock"
if ! flock -n 9; then
    say "Waiting for another build of Troupe to end"
    flock 9
fi
# Another process may have built it while this one waited.
if [ -f "$current/complete" ] && [ -z "$(newer_sources "$current/complete")" ]; then exit 0; fi

require jdk maven python sandbox openmp
stamp=$(date +%Y%m%d%H%M%S)-$$
dist=$home/target/dist/$stamp
mkdir -p "$dist"
touch "$dist/started"

modules=$(grep -c '<module>' "$home/pom.xml")
progress() {
    started=$(date +%s)
    while kill -0 $$ 2>/dev/null; do
        done=$(grep -c '^\[INFO\] Building Troupe ' "$log" 2>/dev/null) || done=0
        printf '\rBuilding Troupe: module %s of up to %s, %s s ' "$done" "$modules" $(($(date +%s) - started)) >&2
        sleep 1
    done
}
ticker=
: >"$log"
if [ -t 2 ]; then
    progress 9>&- &
    ticker=$!
else
    say "Building Troupe (the log is target/build.log)"
fi
quiet() {
    [ -z "$ticker" ] || { kill "$ticker" 2>/dev/null && printf '\r\033[K' >&2; }
    ticker=
}
give_up() {
    quiet
    rm -rf "$dist"
}
trap give_up EXIT
trap 'give_up; trap - EXIT; exit 130' INT TERM

maven() { (cd "$home" && exec mvn -B -ntp "$@") >>"$log" 2>&1 9>&- </dev/null; }
if ! maven -Pquick -Dbuild.folder=target/quick -Dmaven.test.skip -Dspotless.skip -Denforcer.skip -pl examples -am package \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -DincludeScope=runtime -Dmdep.outputFile=target/quick/class-path; then
    quiet
    say "The end of $log:"
    grep -vE '^\[ERROR\] *$|Help [0-9]|re-run Maven|-rf :' "$log" | tail -n 20 >&2
    fail 69 "Troupe could not be built" "see target/build.log"
fi

# The jars get names of their own (hard links where possible), so that a build, or a cleaned repository, takes nothing
# from a process that runs.
old_ifs=$IFS
IFS=:
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$home/pom.xml")
for jar in "$home/examples/target/quick/troupe-examples-$version.jar" $(cat "$home/examples/target/quick/class-path"); do
    name=${jar##*/}
    case $jar in
        "$home"/*) cp "$jar" "$dist/$name" ;;
        *) ln "$jar" "$dist/$name" 2>/dev/null || cp "$jar" "$dist/$name" ;;
    esac
    printf '%s\n' "$name" >>"$dist/jars"
done
IFS=$old_ifs

# The time of the build's start: a source that was edited during the build is newer than the build.
touch -r "$dist/started" "$dist/complete"
ln -sfn "$stamp" "$home/target/dist/new" && mv -T "$home/target/dist/new" "$current"
trap - EXIT INT TERM

# A class-data archive makes each later start faster; without one everything works too.
XDG_STATE_HOME=$home/target TROUPE_BUILD=skip TROUPE_JAVA_OPTIONS="-XX:ArchiveClassesAtExit=$dist/classes.jsa.new" "$home/troupe" version --warm-up >>"$log" 2>&1 9>&- </dev/null &&
    mv "$dist/classes.jsa.new" "$dist/classes.jsa" || rm -f "$dist/classes.jsa.new"
quiet

# The build before this one may still be in use; older ones are not kept.
find "$home/target/dist" -mindepth 1 -maxdepth 1 -type d ! -name "$stamp" -mmin +60 -exec rm -rf {} +
