package dev.troupe.examples.eco.weather;

/** WeatherAPI's errors, with its codes and words. */
enum WeatherError {
    KEY_MISSING(401, 1002, "API key is invalid or not provided."),
    KEY_INVALID(401, 2006, "API key is invalid."),
    QUERY_MISSING(400, 1003, "Parameter q is missing."),
    ADDRESS_INVALID(400, 1005, "API URL is invalid."),
    NOT_FOUND(400, 1006, "No matching location found."),
    DATE_INVALID(
            400,
            1007,
            "Parameter 'dt' should be in yyyy-MM-dd format and on or after 2010-01-01, and not after today for history."),
    END_DATE_INVALID(
            400,
            1008,
            "Parameter 'end_dt' should be in yyyy-MM-dd format, on or after 'dt', and not more than 30 days after it."),
    FUTURE_DATE_INVALID(
            400, 1007, "Parameter 'dt' should be in yyyy-MM-dd format and between 14 and 300 days from today.");

    private final int status;
    private final int code;
    private final String message;

    WeatherError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String message() {
        return message;
    }
}
