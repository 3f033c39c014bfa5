/**
 * What runs inside the process of a local model, the only place where its native library is loaded, and the messages
 * that go in and out. It may know the JDK, Jackson and the library, so that the process starts quickly and stays small.
 */
@NullMarked
package dev.troupe.models.local.worker;

import org.jspecify.annotations.NullMarked;
