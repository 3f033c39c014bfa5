/**
 * Where model files come from and where they are kept: the catalogue, the sources that it names, and the store in the
 * user's cache folder. Only fetching, checking and keeping files belongs here; nothing in this package opens a model.
 */
@NullMarked
package dev.troupe.models.store;

import org.jspecify.annotations.NullMarked;
