/** Functions of {@code examples/tools}: what a class with function tools looks like. */
@NullMarked
package dev.troupe.examples.tools;

import org.jspecify.annotations.NullMarked;
