package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration.Literal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = 'a' + \"b\"                 | 'a'=a, \"b\"=b",
                "df['year'] == 2_025            | 'year'=year, 2_025=2_025",
                "a1 = 1.5e-3 - .5 + 0xFF        | 1.5e-3=1.5e-3, .5=.5, 0xFF=0xFF",
                "x[1:-2]                        | 1=1, 2=2",
                "r'C:\\new' b\"x\" u'y'         | r'C:\\new'=C:\\new, b\"x\"=x, u'y'=y",
                "f'no field' f'{x}' 'yes'       | f'no field'=no field, 'yes'=yes",
                "'it\\'s' 'a\\x41'              | 'it\\'s'=it's",
                "'''a'b'''                      | '''a'b'''=a'b",
                "x = 1 # 'not' 2                | 1=1",
                "'# not a comment' 3            | '# not a comment'=# not a comment, 3=3",
                "'not closed                    |",
                "v2 = cafe1 + é2                |",
                "''                             | ''=",
                "1.2.3                          | 1.2=1.2, .3=.3",
            })
    void python(String code, String expected) {
        assertThat(shown("python", code)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "echo 'a b' \"c\"               | 'a b'=a b, \"c\"=c",
                "head -n 5 f2.csv               | 5=5",
                "x=3; y=\"2\"                   | 3=3, \"2\"=2",
                "echo \"$HOME\" \"`ls`\" 'a$b'  | 'a$b'=a$b",
                "echo a'b' 'c'd 'e'             | 'e'=e",
                "echo 1 # 'not' 2               | 1=1",
                "echo a#b '2'                   | '2'=2",
                "echo it\\'s 'x'                | 'x'=x",
                "seq 1.5 10; echo v1 1a         | 1.5=1.5, 10=10",
                "echo 'not closed               |",
            })
    void shell(String code, String expected) {
        assertThat(shown("sh", code)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void of_anotherLanguage_isEmpty() {
        assertThat(Literals.of("ruby", "puts 'a', 1")).isEmpty();
    }

    @Test
    void of_anyText_endsWithSpansInOrderAndInside() {
        long seed = 20261122;
        Random random = new Random(seed);
        String alphabet = "'\"\\#.e+-_xf0123r {}$`\n\té;=";
        for (int n = 0; n < 20_000; n++) {
            StringBuilder code = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                code.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (String language : List.of("python", "sh")) {
                int last = 0;
                for (Literal literal : Literals.of(language, code.toString())) {
                    assertThat(literal.start())
                            .as("seed %d, %s: <%s>", seed, language, code)
                            .isGreaterThanOrEqualTo(last);
                    assertThat(literal.end()).isGreaterThan(literal.start()).isLessThanOrEqualTo(code.length());
                    last = literal.end();
                }
            }
        }
    }

    private static String shown(String language, String code) {
        return String.join(
                ", ",
                Literals.of(language, code).stream()
                        .map(literal -> code.substring(literal.start(), literal.end()) + "=" + literal.value())
                        .toList());
    }
}
