package dev.troupe.knowledge.replay;

/** Thrown inside the package where something is not certain; its message is the reason. Costs no stack trace. */
final class Abstention extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abstention(String reason) {
        super(reason, null, false, false);
    }
}
