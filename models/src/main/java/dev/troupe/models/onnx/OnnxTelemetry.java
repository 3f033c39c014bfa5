package dev.troupe.models.onnx;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * Keeps ONNX Runtime from reporting to its maker. Its binaries from 1.29 on keep an identifier of the machine under the
 * home folder and read the process's command line, which may hold a question (and which overflows the stack of a Java
 * thread when it is long). The only full way out is a variable of the environment that is there before its own
 * environment is made, and Java cannot change its own variables; the C library can.
 */
final class OnnxTelemetry {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private OnnxTelemetry() {}

    /** To be called before {@code OrtEnvironment.getEnvironment()}. */
    static void disable() {
        if (!"1".equals(System.getenv(VARIABLE))) {
            int failed = Native.load("c", CLibrary.class).setenv(VARIABLE, "1", 1);
            if (failed != 0) {
                throw new IllegalStateException("setenv(" + VARIABLE + ") failed");
            }
        }
    }

    /** As in {@code stdlib.h}. */
    interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);
    }
}
