package dev.troupe.knowledge.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubberTest {
    private final Scrubber scrubber = new Scrubber(Map.of(
            "HOME", "/srv/people/ada", "WEATHER_KEY", "w3ather-k3y-1", "MY_TOKEN", "abc", "EDITOR", "vim-editor"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get('https://x/v1?appid=w3ather-k3y-1')|get('https://x/v1?appid=[secret]')",
                "key = 'sk-abcdefghij0123456789'|key = '[secret]'",
                "t = \"ghp_abcdefghijklmnopqrstuvwxyz\"|t = \"[secret]\"",
                "id AKIAABCDEFGHIJKLMNOP.|id [secret].",
                "h = {'Authorization': 'Bearer abcdefghijkl.mnop'}|h = {'Authorization': 'Bearer [secret]'}",
                "db = 'postgres://ada:hunter22@db/x'|db = 'postgres://db/x'",
                "u = 'https://x/?q=1&token=0123456789&z=2'|u = 'https://x/?q=1&token=[secret]&z=2'",
                "password = 'correct-horse'|password = '[secret]'",
                "{\"api_key\": \"0123456789abcdef\"}|{\"api_key\": \"[secret]\"}",
                "open('/srv/people/ada/data.csv')|open('/home/user/data.csv')",
                "open('/home/grace/notes/a.txt')|open('/home/user/notes/a.txt')",
                "open('/Users/grace.h/a.txt')|open('/Users/user/a.txt')",
            })
    void personalThings_areTakenOut(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(scrubber.scrub(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Which region had the highest revenue in 2025?",
                "print('ANSWER:', max(sales, key=lambda s: s.revenue))",
                "vim-editor, abc and the home/office split",
                "requests.get(url, params={'key': os.environ['WEATHER_KEY']})",
                "tokens = text.split() # count tokens per line",
                "https://example.com/home/page?key={key}",
            })
    void ordinaryText_staysAsItIs(String text) {
        assertThat(scrubber.scrub(text)).isEqualTo(text);
    }

    @Test
    void privateKey_overSeveralLines_isTakenOut() {
        assertThat(scrubber.scrub("k = '-----BEGIN RSA PRIVATE KEY-----\nMII\nabc\n-----END RSA PRIVATE KEY-----'"))
                .isEqualTo("k = '[secret]'");
    }
}
