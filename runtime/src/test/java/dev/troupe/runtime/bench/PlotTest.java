package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
    private static Summary summary(String name, double tokens, double share, List<Share> quarters) {
        return new Summary(
                "t",
                "m",
                name,
                40,
                (int) (40 * share),
                new Interval(share, share - 0.1, share + 0.1),
                1,
                tokens,
                0,
                100,
                1,
                1,
                1,
                "0",
                "0",
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                null,
                null,
                0,
                0,
                null,
                Map.of(),
                quarters,
                0,
                0);
    }

    private static Document drawn(Summary... summaries) throws Exception {
        String svg = Plot.svg(new Report(List.of(summaries), List.of()));
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void svg_pointsStandWhereTheirNumbersAre() throws Exception {
        List<Share> quarters = List.of(
                new Share(10, 2, new Interval(0.2, 0.1, 0.3)),
                new Share(10, 4, new Interval(0.4, 0.3, 0.5)),
                new Share(10, 6, new Interval(0.6, 0.5, 0.7)),
                new Share(10, 8, new Interval(0.8, 0.7, 0.9)));
        Document svg = drawn(summary("quick <a&b>", 900, 0.5, quarters), summary("large", 3900, 0.75, List.of()));
        NodeList circles = svg.getElementsByTagName("circle");
        // Two points, four quarters, two of the legend.
        assertThat(circles.getLength()).isEqualTo(8);
        // 1,000 of 5,000 tokens on 460 from 56 on; 50 % of 300 from 44 on.
        Element first = (Element) circles.item(0);
        assertThat(first.getAttribute("cx")).isEqualTo("148.0");
        assertThat(first.getAttribute("cy")).isEqualTo("194.0");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("quick <a&b> (t, m): 20 of 40, 1,000 tokens a question", "5,000", "60 %");
    }

    @Test
    void svg_nothingYet_isAPictureToo() throws Exception {
        assertThat(drawn().getElementsByTagName("circle").getLength()).isZero();
    }
}
