/**
 * Chat models out of a file: what another model answered is written down once and answered from there, so that whatever
 * is built on models can be tried without one and comes out the same each time. Only what records or replays may enter.
 */
@NullMarked
package dev.troupe.models.recorded;

import org.jspecify.annotations.NullMarked;
