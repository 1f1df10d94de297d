package dev.autograd.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.examples.command.RootCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs every command of the page of examples, in its order, and compares what it prints. {@code
 * -Ddocs.write=true} writes the page and its pictures anew.
 *
 * <p>Other back ends than the plain one round otherwise, so that with them numbers may differ, and
 * only the words around them are compared.
 */
class ExamplesPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve(Path.of("docs", "examples.md"));
  private static final Path PICTURES = ROOT.resolve(Path.of("docs", "pictures"));
  private static final int MOST_BYTES = 60_000;
  private static final String WRITTEN_BY_A_NETWORK = "  | ";

  private static final Pattern RUN =
      Pattern.compile("```sh\nJAR ([^\n]*)\n```\n\n```(?:text|mermaid)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PICTURE = Pattern.compile("\\]\\((pictures/[^)]*)\\)");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?");

  @TempDir private Path work;

  @Test
  void everyCommandPrintsWhatThePageSays() throws IOException {
    Files.createDirectories(work.resolve(Path.of("docs", "pictures")));
    String page = Files.readString(PAGE);
    StringBuilder written = new StringBuilder();
    Matcher runs = RUN.matcher(page);
    int end = 0;
    int count = 0;
    while (runs.find()) {
      String printed = run(runs.group(1));
      if (!Boolean.getBoolean("docs.write")) {
        assertThat(comparable(printed)).as(runs.group(1)).isEqualTo(comparable(runs.group(2)));
      }
      written.append(page.substring(end, runs.start(2))).append(printed);
      end = runs.end(2);
      count++;
    }
    assertThat(count).isGreaterThanOrEqualTo(11);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, written + page.substring(end));
      copyPictures();
    }
  }

  @Test
  void everyPictureIsThereAndSmall() throws IOException {
    Matcher pictures = PICTURE.matcher(Files.readString(PAGE));
    List<String> shown = new ArrayList<>();
    while (pictures.find()) {
      Path file = ROOT.resolve("docs").resolve(pictures.group(1));
      shown.add(file.getFileName().toString());
      assertThat(file).isNotEmptyFile();
      assertThat(Files.size(file)).as(file.toString()).isLessThan(MOST_BYTES);
    }
    try (Stream<Path> files = Files.list(PICTURES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  @Test
  void everyCommandIsNamed() throws IOException {
    String page = Files.readString(PAGE);
    for (String command : RootCommand.commandLine().getSubcommands().keySet()) {
      assertThat(page).contains("`" + command + "`");
    }
  }

  /** Returns what a command prints in the root of the repository, its files kept out of it. */
  private String run(String command) {
    String[] args = Stream.of(command.split(" ")).map(this::located).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = RootCommand.commandLine();
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    assertThat(commands.execute(args)).as(command + err).isZero();
    String sep = System.lineSeparator();
    return out.toString().replace(work + "/", "").replace(sep, "\n");
  }

  /** Files that are read are the repository's, and those that are written go elsewhere. */
  private String located(String arg) {
    if (!arg.contains(".") && !arg.equals("LICENSE")) {
      return arg;
    }
    Path own = ROOT.resolve(arg);
    boolean read = Files.exists(own) && !own.startsWith(PICTURES);
    return (read ? own : work.resolve(arg)).toString();
  }

  private static String comparable(String printed) {
    if (isPlainBackend()) {
      return printed;
    }
    String words =
        printed
            .lines()
            .filter(line -> !line.startsWith(WRITTEN_BY_A_NETWORK))
            .collect(Collectors.joining("\n"));
    return NUMBER.matcher(words).replaceAll("#").replace(" ", "");
  }

  private static boolean isPlainBackend() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    boolean natives = ExamplesPageTest.class.getResource("/dev/autograd/natives") != null;
    return !vectors && !natives;
  }

  private void copyPictures() throws IOException {
    Files.createDirectories(PICTURES);
    try (Stream<Path> files = Files.list(work.resolve(Path.of("docs", "pictures")))) {
      for (Path file : files.toList()) {
        Files.copy(file, PICTURES.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
