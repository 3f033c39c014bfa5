/** The experts that come with Troupe, by name, and how an expert is loaded from its files. */
@NullMarked
package dev.troupe.models.expert.catalogue;

import org.jspecify.annotations.NullMarked;
