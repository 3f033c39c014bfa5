/** Documentation that models are given to read. */
@NullMarked
package dev.troupe.knowledge.document;

import org.jspecify.annotations.NullMarked;
