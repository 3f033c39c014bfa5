/**
 * What is known of the files that programs may read, in a few lines for a prompt: columns, types, spellings, first
 * rows. Files are only read, and none outside of what was granted.
 */
@NullMarked
package dev.troupe.tools.files;

import org.jspecify.annotations.NullMarked;
