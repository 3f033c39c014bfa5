/**
 * Demonstrations on their way between machines: the file that they travel in, what is taken out of them before, and how
 * older files are read.
 */
@NullMarked
package dev.troupe.knowledge.portable;

import org.jspecify.annotations.NullMarked;
