package dev.troupe.examples.eco.stock;

import java.time.ZoneId;

/** Where something is traded, told by the symbol's ending. */
enum Exchange {
    US("", "United States", "United States", "09:30", "16:00", "UTC-04", "USD", "America/New_York"),
    LONDON(".LON", "United Kingdom", "United Kingdom", "08:00", "16:30", "UTC+01", "GBX", "Europe/London"),
    TORONTO(".TRT", "Toronto", "Canada", "09:30", "16:00", "UTC-05", "CAD", "America/Toronto"),
    XETRA(".DEX", "XETRA", "Germany", "08:00", "20:00", "UTC+02", "EUR", "Europe/Berlin"),
    BOMBAY(".BSE", "India/Bombay", "India", "09:15", "15:30", "UTC+5.5", "INR", "Asia/Kolkata"),
    SHANGHAI(".SHH", "Shanghai", "Mainland China", "09:30", "15:00", "UTC+08", "CNY", "Asia/Shanghai"),
    SHENZHEN(".SHZ", "Shenzhen", "Mainland China", "09:30", "15:00", "UTC+08", "CNY", "Asia/Shanghai");

    private final String ending;
    private final String region;
    private final String country;
    private final String opens;
    private final String closes;
    private final String offset;
    private final String currency;
    private final ZoneId zone;

    Exchange(
            String ending,
            String region,
            String country,
            String opens,
            String closes,
            String offset,
            String currency,
            String zone) {
        this.ending = ending;
        this.region = region;
        this.country = country;
        this.opens = opens;
        this.closes = closes;
        this.offset = offset;
        this.currency = currency;
        this.zone = ZoneId.of(zone);
    }

    static Exchange of(String symbol) {
        for (Exchange exchange : values()) {
            if (exchange != US && symbol.endsWith(exchange.ending)) {
                return exchange;
            }
        }
        return US;
    }

    String region() {
        return region;
    }

    String country() {
        return country;
    }

    String opens() {
        return opens;
    }

    String closes() {
        return closes;
    }

    String offset() {
        return offset;
    }

    String currency() {
        return currency;
    }

    ZoneId zone() {
        return zone;
    }
}
