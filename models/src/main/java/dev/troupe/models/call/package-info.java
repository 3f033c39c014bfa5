/**
 * What every call carries and every module may know: deadline, cancellation, tenant, money, secrets, tokens, error
 * codes and the ledger. Nothing here does work of its own, so nothing that does may enter.
 */
@NullMarked
package dev.troupe.models.call;

import org.jspecify.annotations.NullMarked;
