package dev.troupe.examples.eco;

import dev.troupe.examples.eco.http.StandInServer;
import dev.troupe.examples.eco.places.GooglePlacesApi;
import dev.troupe.examples.eco.stock.AlphaVantageApi;
import dev.troupe.examples.eco.weather.WeatherApi;
import dev.troupe.examples.eco.world.Cities;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three stand-ins, started. Close it. */
public final class StandIns implements AutoCloseable {
    private final Map<String, StandInServer> servers = new LinkedHashMap<>();

    private StandIns() {}

    /**
     * Starts all three; they answer when this returns.
     *
     * @throws java.io.UncheckedIOException when a port is taken; none is left running then
     */
    public static StandIns start(StandInSettings settings) {
        Cities cities = new Cities();
        StandIns all = new StandIns();
        try {
            all.serve(
                    "api.weatherapi.com",
                    settings.weatherPort(),
                    new WeatherApi(settings.weatherKey(), settings.clock(), settings.seed(), cities));
            all.serve(
                    "www.alphavantage.co",
                    settings.stockPort(),
                    new AlphaVantageApi(settings.stockKey(), settings.clock(), settings.seed()));
            all.serve(
                    "maps.googleapis.com",
                    settings.placesPort(),
                    new GooglePlacesApi(settings.placesKey(), settings.clock(), settings.seed(), cities));
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void serve(String host, int port, StandInServer.Service service) {
        servers.put(host, new StandInServer(port, service));
    }

    /** Where each of the real hosts is stood in for: {@code http://127.0.0.1:18080} for {@code api.weatherapi.com}. */
    public Map<String, URI> hosts() {
        Map<String, URI> hosts = new LinkedHashMap<>();
        servers.forEach((host, server) -> hosts.put(host, server.address()));
        return hosts;
    }

    /** The same for the machine's configuration. */
    public String configuration() {
        StringBuilder block = new StringBuilder("egress.hosts {\n");
        hosts().forEach((host, address) -> block.append("  \"")
                .append(host)
                .append("\" = \"")
                .append(address)
                .append("\"\n"));
        return block.append("}\n").toString();
    }

    @Override
    public void close() {
        servers.values().forEach(StandInServer::close);
    }
}
