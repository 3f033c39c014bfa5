/**
 * List prices: what a model's tokens cost, from a public table and from what the user says. Only prices and the rules
 * that find them live here; who spends and who may is the ledger's.
 */
@NullMarked
package dev.troupe.models.price;

import org.jspecify.annotations.NullMarked;
