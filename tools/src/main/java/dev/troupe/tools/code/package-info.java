/**
 * Code execution as the rest of Troupe sees it: a program in, its exit code, output and files back. How it is
 * confined is the business of {@code dev.troupe.tools.sandbox}.
 */
@NullMarked
package dev.troupe.tools.code;

import org.jspecify.annotations.NullMarked;
