/**
 * Function tools: Java methods that a model may call. They are found by {@link java.util.ServiceLoader}; their JSON
 * schemas are made from signatures and annotations. Foreign code is called here and nowhere else.
 */
@NullMarked
package dev.troupe.tools.function;

import org.jspecify.annotations.NullMarked;
