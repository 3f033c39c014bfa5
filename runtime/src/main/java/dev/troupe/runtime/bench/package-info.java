/**
 * The benchmark: asks a team questions whose right answers are known and tells how many it got right, what that took,
 * and how sure one can be of it. The right answer is looked at after the team has answered and reaches nothing but the
 * verdict. What a team is stands behind {@link dev.troupe.runtime.bench.Asker}; statistics and checks know none.
 */
@NullMarked
package dev.troupe.runtime.bench;

import org.jspecify.annotations.NullMarked;
