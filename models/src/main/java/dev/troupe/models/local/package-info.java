/**
 * The {@code local} provider: GGUF models in a process of their own, which this package starts, supervises, restarts and
 * ends, with a bounded, fair queue in front. What runs inside that process lives in {@code worker}; nothing here touches
 * native code.
 */
@NullMarked
package dev.troupe.models.local;

import org.jspecify.annotations.NullMarked;
