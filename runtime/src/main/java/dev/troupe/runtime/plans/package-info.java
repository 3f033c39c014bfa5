/** The benchmark of drafted plans: requests with right plans from files, what was drafted, and how well both agree. */
@NullMarked
package dev.troupe.runtime.plans;

import org.jspecify.annotations.NullMarked;
