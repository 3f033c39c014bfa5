/**
 * The ledger of what calls may spend and have spent, on the journal, and the budgets that it keeps to.
 */
@NullMarked
package dev.troupe.knowledge.ledger;

import org.jspecify.annotations.NullMarked;
