package dev.troupe.runtime.team;

import dev.troupe.models.call.Money;

/**
 * What a model costs, per million tokens.
 *
 * @param input tokens of the prompt
 * @param cached tokens of the prompt that the provider had in its cache
 * @param output tokens that the model writes
 */
public record ModelPrice(Money input, Money cached, Money output) {}
