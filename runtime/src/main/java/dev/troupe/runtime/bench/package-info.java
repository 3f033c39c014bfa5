/**
 * The benchmark: asks a team questions whose right answers are known and tells how many it got right, what that took,
 * and how sure one can be of it. The right answer reaches nothing but
 * a verdict, and no prompt. What a team is stands behind {@link dev.troupe.runtime.bench.Asker}; statistics and checks know none.
 */
@NullMarked
package dev.troupe.runtime.bench;

import org.jspecify.annotations.NullMarked;
