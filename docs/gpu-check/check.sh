#!/bin/sh
# Builds Troupe with CUDA, runs experts on the CPU and on the GPU, compares their answers and their speed, and writes
# result.md beside itself. Needs an NVIDIA GPU with its driver, CUDA 12 with cuDNN 9, a JDK of 21 or newer, and Maven.
set -eu
here=$(dirname "$(readlink -f -- "$0")")
home=$(dirname "$(dirname "$here")")

command -v nvidia-smi >/dev/null || {
    echo "nvidia-smi: not found (expected: an NVIDIA GPU with its driver)" >&2
    exit 69
}
cd "$home"
mvn -B -ntp -q -Pquick,gpu -Dbuild.folder=target/gpu -Dmaven.test.skip -Dspotless.skip -pl runtime -am package \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -DincludeScope=runtime -Dmdep.outputFile=target/gpu/class-path
classes=runtime/target/gpu/classes:$(cat runtime/target/gpu/class-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

troupe() {
    java --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector -cp "$classes" \
        dev.troupe.runtime.cli.Main --json experts "$@"
}
picture=models/src/test/resources/dev/troupe/models/expert/receipt.png
text="Which region had the highest revenue in the last quarter?"
for device in cpu cuda; do
    troupe try minilm "$text" --device "$device" >"$work/vector-$device.json"
    troupe try pp-ocrv4 "$picture" --device "$device" >"$work/text-$device.json"
    troupe bench minilm "$text" --device "$device" >"$work/minilm-$device.json"
    troupe bench open-nsfw "$picture" --callers 32 --device "$device" >"$work/open-nsfw-$device.json"
done
troupe try minilm "$text" --device auto >"$work/auto.json"
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader >"$work/gpu"
python3 "$here/compare.py" "$work" >"$here/result.md"
cat "$here/result.md"
