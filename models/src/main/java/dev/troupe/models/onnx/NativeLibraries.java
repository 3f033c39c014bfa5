package dev.troupe.models.onnx;

import dev.troupe.models.store.CacheFolder;
import java.nio.file.Path;

/** Settings of ONNX Runtime and of the tokenizers' library that must be made before either is loaded. */
public final class NativeLibraries {
    private NativeLibraries() {}

    /** May be called any number of times. */
    public static void configure() {
        // DJL reports instances on EC2 to its authors and, where it sees a GPU, downloads another library: neither
        // here.
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("RUST_FLAVOR", "cpu");
        // Native libraries go with everything else that can be fetched again, not into folders of their own at home.
        Path unpacked = CacheFolder.of(System.getenv()).resolve("native");
        setIfAbsent("DJL_CACHE_DIR", unpacked.toString());
        setIfAbsent("jna.tmpdir", unpacked.resolve("jna").toString());
        OnnxTelemetry.disable();
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getenv(property) == null && System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
