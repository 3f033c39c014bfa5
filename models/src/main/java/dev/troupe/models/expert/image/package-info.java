/** Experts that look at pictures: resizing and cropping as the models were trained with, classes, and what is written there. */
@NullMarked
package dev.troupe.models.expert.image;

import org.jspecify.annotations.NullMarked;
