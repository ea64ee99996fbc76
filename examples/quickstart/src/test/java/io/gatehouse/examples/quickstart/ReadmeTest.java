package io.gatehouse.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands and its program are what is there. */
class ReadmeTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("gatehouse.project.root"), "gatehouse.project.root"));

    @Test
    void theProgramIsTheExamplesSource() throws IOException {
        String source = Files.readString(
                ROOT.resolve("examples/quickstart/src/main/java/io/gatehouse/examples/quickstart/FirstGate.java"));
        String body = find("(?s)        Path folder = .*?\n    }\n}", source);
        String program = body.substring(0, body.length() - "    }\n}".length())
                .stripTrailing()
                .stripIndent();
        assertThat(program.lines().count()).as("lines of the first program").isLessThanOrEqualTo(25);
        assertThat(readme()).contains("```java\n" + program + "\n```");
    }

    @Test
    void theProgramRuns(@TempDir Path folder) throws Exception {
        FirstGate.main(new String[] {folder.toString()});
        assertThat(folder.resolve("gate.db")).exists();
    }

    @Test
    void runItAndTestItHaveOneLineEach() throws IOException {
        for (String section : List.of("Run it", "Test it")) {
            String text = find("(?s)## " + section + "\n.*?(?=\n## )", readme());
            Matcher blocks = Pattern.compile("(?s)```sh\n(.*?)\n```").matcher(text);
            assertThat(blocks.find()).as(section).isTrue();
            assertThat(blocks.group(1)).as(section).doesNotContain("\n");
            assertThat(blocks.find()).as(section + " has one block").isFalse();
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group();
    }
}
