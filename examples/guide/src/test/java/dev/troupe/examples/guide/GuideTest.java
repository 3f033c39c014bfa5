package dev.troupe.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.runtime.team.TeamFileReader;
import dev.troupe.runtime.team.TeamReading;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the guide to what the program does: every fenced block is read, compiled or run in the order of its page. */
class GuideTest {
    private static final Path GUIDE =
            Path.of("../../docs/guide").toAbsolutePath().normalize();
    /** Whose blocks are whole files, programs and commands. On other pages they are parsed. */
    private static final List<String> RUN =
            List.of("first-team.md", "ladder.md", "sandbox.md", "receipts.md", "java.md", "testing.md", "operating.md");

    @TempDir
    private Path scene;

    @Test
    void blocks_ofAllPages_canBeRead() throws Exception {
        List<Path> pages;
        try (Stream<Path> found = Files.list(GUIDE)) {
            pages = found.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
        assertThat(pages.stream().map(page -> page.getFileName().toString())).containsAll(RUN);
        for (Path page : pages) {
            for (Snippet snippet : Snippet.of(page)) {
                read(snippet);
            }
        }
    }

    private void read(Snippet snippet) throws Exception {
        switch (snippet.language()) {
            case "json" -> new JsonMapper().readTree(snippet.text());
            case "yaml" ->
                new org.snakeyaml.engine.v2.api.Load(org.snakeyaml.engine.v2.api.LoadSettings.builder()
                                .build())
                        .loadFromString(snippet.text());
            case "xml" ->
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(
                                snippet.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            default -> assertThat(snippet.language()).as(snippet.place()).isIn("", "java", "sh", "python", "hocon");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-team.md",
                "ladder.md",
                "sandbox.md",
                "receipts.md",
                "java.md",
                "testing.md",
                "operating.md"
            })
    void teams_ofThePage_areValid_andItsProgramsCompile(String page) throws Exception {
        List<Snippet> snippets = Snippet.of(GUIDE.resolve(page));
        write(snippets);
        List<Snippet> teams = snippets.stream()
                .filter(snippet -> snippet.language().equals("yaml"))
                .toList();
        assertThat(snippets).as(page).anyMatch(snippet -> !snippet.file().isEmpty());
        Files.createDirectories(scene.resolve("my-team/data"));
        Files.createDirectories(scene.resolve("boxed/data"));
        for (Snippet team : teams) {
            assertThat(new TeamFileReader(Map.of("OPENAI_API_KEY", "k")).read(scene.resolve(team.file())))
                    .as(team.place())
                    .isInstanceOf(TeamReading.Valid.class);
        }
        for (Snippet program : snippets) {
            if (program.language().equals("java")) {
                compile(program);
            }
        }
    }

    @Tag("long")
    @ParameterizedTest
    @Timeout(300)
    @ValueSource(
            strings = {
                "first-team.md",
                "ladder.md",
                "sandbox.md",
                "receipts.md",
                "java.md",
                "testing.md",
                "operating.md"
            })
    void commandsAndPrograms_ofThePage_run(String page) throws Exception {
        List<Snippet> snippets = Snippet.of(GUIDE.resolve(page));
        write(snippets);
        try (GuideModel model = new GuideModel()) {
            shim();
            int ran = 0;
            for (Snippet snippet : snippets) {
                switch (snippet.language()) {
                    case "sh" -> run(snippet, model, List.of("/bin/sh", "-e", "-c", snippet.text()));
                    case "java" -> run(snippet, model, java(snippet));
                    default -> ran--;
                }
                ran++;
            }
            assertThat(ran).isPositive();
        }
    }

    private void write(List<Snippet> snippets) throws IOException {
        for (Snippet snippet : snippets) {
            if (!snippet.file().isEmpty()) {
                Path file = scene.resolve(snippet.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, snippet.text());
            }
        }
    }

    /** {@code ./troupe} without its build. */
    private void shim() throws IOException {
        Path shim = Files.writeString(
                scene.resolve("troupe"),
                "#!/bin/sh\nexec '" + javaCommand()
                        + "' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' dev.troupe.runtime.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path compile(Snippet program) throws IOException {
        Path classes = Files.createDirectories(scene.resolve("classes"));
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(scene.resolve(program.file())))
                    .call();
            assertThat(compiled).as(program.place() + "\n" + said).isTrue();
        }
        return classes;
    }

    private List<String> java(Snippet program) throws IOException {
        Path classes = compile(program);
        String name = program.file().replace(".java", "");
        List<String> command = new ArrayList<>(List.of(
                javaCommand(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + ":" + System.getProperty("java.class.path")));
        if (program.text().contains("@Test")) {
            command.add("dev.troupe.examples.guide.RunJUnit");
        }
        command.add(name);
        return command;
    }

    private void run(Snippet snippet, GuideModel model, List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(scene.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("TROUPE_"));
        environment.put("HOME", scene.resolve("home").toString());
        environment.put("MODEL_URL", model.url());
        environment.put("LC_ALL", "C.UTF-8");
        Path output = scene.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended ? process.exitValue() : -1)
                .as(snippet.place() + "\n" + Files.readString(output))
                .isZero();
    }
}
