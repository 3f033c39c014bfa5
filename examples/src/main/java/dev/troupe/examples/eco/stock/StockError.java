package dev.troupe.examples.eco.stock;

/** What Alpha Vantage answers, with HTTP status 200, when it cannot answer. */
final class StockError extends Exception {
    private static final String DOCUMENTATION =
            "Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for ";

    private final String field;

    private StockError(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** {@code Error Message} or {@code Information}. */
    String field() {
        return field;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    static StockError key() {
        return new StockError(
                "Error Message",
                "the parameter apikey is invalid or missing. Please claim your free API key on"
                        + " (https://www.alphavantage.co/support/#api-key). It should take less than 20 seconds.");
    }

    static StockError demo() {
        return new StockError(
                "Information",
                "The **demo** API key is for demo purposes only. Please claim your free API key at"
                        + " (https://www.alphavantage.co/support/#api-key) to explore our full API offerings. It takes"
                        + " fewer than 20 seconds.");
    }

    /** A parameter is missing, or names nothing that is known. */
    static StockError call(String function) {
        return new StockError("Error Message", DOCUMENTATION + function + ".");
    }

    static StockError function(String function) {
        return new StockError("Error Message", "This API function (" + function + ") does not exist.");
    }
}
