package dev.troupe.tools.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDescriptionsTest {
    @TempDir
    Path folder;

    @Test
    void commaFile_columnsOfManyKinds_areTold() throws IOException {
        write("sales.csv", """
                period,day,since,area,units,revenue,price,share,active,note,left
                Jan 2023,2023-01-02,14.03.2019,North,30,10396.02,"1.234,50",5 %,true,,
                Feb 2023,2023-01-03,02.11.2020,South,-4,9,"12,00",12 %,false,"a, b",
                Dec 2022,2022-12-31,31.12.2018,North,,7.5,"3,99",7 %,true,,
                """);

        assertThat(describe("sales.csv")).isEqualTo("""
                CSV, comma, 3 rows; columns:
                  period: date as text, format %b %Y, Dec 2022 to Feb 2023
                  day: date as text, format %Y-%m-%d, 2022-12-31 to 2023-01-03
                  since: date as text, format %d.%m.%Y, 31.12.2018 to 02.11.2020
                  area: text, one of "North", "South"
                  units: integer, -4 to 30, 1 blank
                  revenue: number, 7.5 to 10396.02
                  price: number written with decimal comma, as text, one of "1.234,50", "12,00", "3,99"
                  share: number with percent sign, as text, one of "12 %", "5 %", "7 %"
                  active: true or false, one of "false", "true"
                  note: text, always "a, b", 2 blank
                  left: always blank
                first rows:
                  Jan 2023,2023-01-02,14.03.2019,North,30,10396.02,1.234,50,5 %,true,,
                  Feb 2023,2023-01-03,02.11.2020,South,-4,9,12,00,12 %,false,a, b,""");
    }

    @Test
    void semicolonFile_linesAboveTheHeader_areToldToBeSkipped() throws IOException {
        write("stock.csv", "Export of 3 May\n\nsku;item;weight\nA;Tent;1,5\nB;Tarp;0,7\n");

        assertThat(describe("stock.csv"))
                .startsWith(
                        "CSV, semicolon, sep=\";\", skiprows=2, 2 rows; columns:\n  sku: text, one of \"A\", \"B\"\n");
    }

    @Test
    void tabFile_oneRow_isRead() throws IOException {
        write("a.tsv", "a\tb\n1\tx\n");

        assertThat(describe("a.tsv")).startsWith("CSV, tab, sep=\"\\t\", 1 row; columns:\n  a: integer, 1 to 1\n");
    }

    @Test
    void days_thatFitBothOrders_areSaidToBeOpen() throws IOException {
        write("a.csv", "d,e\n01/02/2024,02/01/2024\n03/04/2024,01/02/2024\n03/04/2024,13/01/2024\n");

        assertThat(describe("a.csv"))
                .contains("  d: date as text, %m/%d/%Y or %d/%m/%Y, one of \"01/02/2024\", \"03/04/2024\"\n")
                .contains("  e: date as text, format %d/%m/%Y, 02/01/2024 to 01/02/2024\n");
    }

    @Test
    void numbers_integersThenFractions_compareAsNumbers() throws IOException {
        write("a.csv", "n,m\n9,x\n10,x\n2.5,x\n");

        assertThat(describe("a.csv")).contains("  n: number, 2.5 to 10\n");
    }

    @Test
    void textColumn_manyValues_hasExamples() throws IOException {
        write(
                "a.csv",
                "name,n\n"
                        + IntStream.range(10, 40)
                                .mapToObj(i -> "p" + i + "," + i)
                                .collect(Collectors.joining("\n")));

        assertThat(describe("a.csv")).contains("  name: text, such as \"p10\", \"p11\"\n");
    }

    @Test
    void windowsEncoding_isToldAndRead() throws IOException {
        Files.write(folder.resolve("a.csv"), "stadt,n\nKöln,1\nMünchen,2\n".getBytes(Charset.forName("windows-1252")));

        assertThat(describe("a.csv"))
                .startsWith("CSV, comma, encoding \"cp1252\", 2 rows")
                .contains("one of \"Köln\", \"München\"");
    }

    @Test
    void byteOrderMarks_doNotReachTheFirstColumn() throws IOException {
        Files.write(folder.resolve("a.csv"), "\ufeffstadt,n\nKöln,1\n".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("b.csv"), "stadt,n\nKöln,1\n".getBytes(StandardCharsets.UTF_16));

        assertThat(describe("a.csv")).startsWith("CSV, comma, encoding \"utf-8-sig\", 1 row; columns:\n  stadt: text");
        assertThat(describe("b.csv")).startsWith("CSV, comma, encoding \"utf-16\", 1 row; columns:\n  stadt: text");
    }

    @Test
    void raggedAndUnclosed_areDescribedAllTheSame() throws IOException {
        write("a.csv", "a,b\n1,2\n3\n4,5,6\n\"never closed,7\n");

        assertThat(describe("a.csv")).contains("a: ", "with another number of columns than the header");
    }

    @Test
    void json_nested_hasItsShape() throws IOException {
        write(
                "a.json",
                "{\"people\": [{\"name\": \"Ann\", \"age\": 40, \"tags\": []}, {}], \"ok\": true, \"x\": null}");

        assertThat(describe("a.json")).isEqualTo("""
                JSON: object with
                  people: array of 2, the first: object with
                      name: text, such as "Ann"
                      age: number, such as 40
                      tags: array of 0
                  ok: boolean, such as true
                  x: null""");
    }

    @Test
    void jsonLines_firstLine_standsForAll() throws IOException {
        write("a.jsonl", "{\"q\": \"why?\"}\n{\"q\": \"how?\"}\n");

        assertThat(describe("a.jsonl"))
                .isEqualTo("JSON lines, one value a line; the first: object with\n  q: text, such as \"why?\"");
    }

    @Test
    void brokenJsonTextBinaryAndEmpty_areSaidToBeSo() throws IOException {
        write("broken.json", "{\"a\": ");
        write("note.md", "# Notes\n\nRevenue is in euros.\n");
        Files.write(folder.resolve("a.bin"), new byte[] {1, 0, 2, 0});
        write("none.csv", "");

        assertThat(describe("broken.json")).isEqualTo("text, 6 bytes; begins:\n  {\"a\":");
        assertThat(describe("note.md")).isEqualTo("text, 30 bytes; begins:\n  # Notes\n  Revenue is in euros.");
        assertThat(describe("a.bin")).isEqualTo("binary file, 4 bytes");
        assertThat(describe("none.csv")).isEqualTo("empty file");
        assertThat(describe("missing.csv")).isEqualTo("cannot be read");
    }

    @Test
    void folder_itsFilesSorted_linksAndHiddenFilesLeftOut() throws IOException {
        Path secret = Files.writeString(Files.createTempFile("secret", ".csv"), "key,value\na,b\n");
        try {
            Files.createDirectories(folder.resolve("data/sub"));
            write("data/b.csv", "a,b\n1,2\n");
            write("data/sub/a.csv", "a,b\n1,2\n");
            write("data/.env", "KEY=1");
            Files.createSymbolicLink(folder.resolve("data/link.csv"), secret);

            assertThat(FileDescriptions.of(List.of("data", "data/b.csv"), folder))
                    .extracting(FileDescription::path)
                    .containsExactly("data/b.csv", "data/sub/a.csv");
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void manyAndLargeFiles_descriptions_areBounded() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        String wide = IntStream.range(0, 400).mapToObj(i -> "column" + i).collect(Collectors.joining(","));
        for (int i = 0; i < 250; i++) {
            write("data/f%03d.csv".formatted(i), wide + "\n" + wide + "\n");
        }

        List<FileDescription> all = FileDescriptions.of(List.of("data"), folder);

        assertThat(all).hasSize(FileDescriptions.MOST_FILES);
        assertThat(all).allSatisfy(file -> assertThat(file.text()).hasSizeLessThan(FileDescriptions.LONGEST + 2));
        int together = all.stream().mapToInt(file -> file.text().length()).sum();
        // The last described one may exceed the sum by its own length; the others have only their size.
        assertThat(together).isLessThan(FileDescriptions.LONGEST_TOGETHER + FileDescriptions.LONGEST + 200 * 12);
    }

    @Test
    void randomBytes_underEveryExtension_areDescribedWithoutFailing() throws IOException {
        long seed = 20261122;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] alphabet = ",;\t|\"'\n\r{}[]: 0123456789.-aé€\u0000".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        random.nextInt(40) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            String name = "f." + List.of("csv", "tsv", "json", "jsonl", "txt").get(round % 5);
            Files.write(folder.resolve(name), bytes);

            assertThat(describe(name)).as("round %d", round).isNotBlank();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String describe(String name) {
        return FileDescriptions.describe(folder.resolve(name));
    }
}
