package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The day's winners and losers in the United States: the function {@code TOP_GAINERS_LOSERS}. */
final class Movers {
    private static final int SHOWN = 20;

    private Movers() {}

    private record Move(String symbol, Bar before, Bar day) {
        double change() {
            return day.close() - before.close() / day.split();
        }

        double share() {
            return change() / (before.close() / day.split());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("ticker", symbol)
                    .put("price", String.format(Locale.ROOT, "%.2f", day.close()))
                    .put("change_amount", String.format(Locale.ROOT, "%.2f", change()))
                    .put("change_percentage", String.format(Locale.ROOT, "%.4f%%", 100 * share()))
                    .put("volume", String.valueOf(day.volume()));
        }
    }

    static ObjectNode json(Market market) {
        List<Move> moves = new ArrayList<>();
        for (Listing listing : market.listings().all()) {
            if (listing.market() == Exchange.US) {
                List<Bar> days = market.lastTwo(listing);
                if (days.size() > 1) {
                    moves.add(new Move(listing.symbol(), days.getFirst(), days.getLast()));
                }
            }
        }
        LocalDate last = market.lastDay(Exchange.US);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("metadata", "Top gainers, losers, and most actively traded US tickers")
                .put("last_updated", last + " 16:15:59 US/Eastern");
        Comparator<Move> share = Comparator.comparingDouble(Move::share);
        list(body.putArray("top_gainers"), moves, share.reversed());
        list(body.putArray("top_losers"), moves, share);
        list(
                body.putArray("most_actively_traded"),
                moves,
                Comparator.comparingLong((Move move) -> move.day().volume()).reversed());
        return body;
    }

    private static void list(ArrayNode array, List<Move> moves, Comparator<Move> order) {
        moves.stream().sorted(order.thenComparing(Move::symbol)).limit(SHOWN).forEach(move -> array.add(move.json()));
    }
}
