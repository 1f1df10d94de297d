package dev.autograd.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Copies the libraries in folders of jars to a directory, because an operating system loads files
 * only. All that belong together lie side by side: there they look for each other.
 *
 * <p>The directory's name has a checksum of its contents, so that versions do not meet. A file is
 * written under another name and then moved, so that it is whole or not there, also if several
 * virtual machines start at once; one with the right contents is used as it is.
 */
final class Extraction {

  /** Libraries, but for those that make the Java interface, which are not used. */
  private static final Pattern LIBRARY =
      Pattern.compile("(?!(lib)?jni)[^/\\\\]+\\.(so|dylib|dll)[.0-9]*");

  private Extraction() {}

  /**
   * Returns the files, in the order of the folders.
   *
   * @param name what the name of the directory begins with
   * @param folders URLs of folders in jars
   */
  static List<Path> extract(String name, List<URL> folders, Path cache) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (URL folder : folders) {
      sources.addAll(sources(folder));
    }
    Path directory = Cache.checked(cache.resolve(name + "-" + checksum(sources)));
    List<Path> files = new ArrayList<>();
    for (Source source : sources) {
      files.add(source.copy(directory));
    }
    return files;
  }

  private static List<Source> sources(URL folder) throws IOException {
    URLConnection connection = folder.openConnection();
    if (!(connection instanceof JarURLConnection inJar)) {
      throw new IOException(folder + " is no folder in a jar");
    }
    String prefix = inJar.getEntryName();
    JarFile jar = inJar.getJarFile();
    return jar.stream()
        .filter(entry -> entry.getName().startsWith(prefix))
        .filter(entry -> LIBRARY.matcher(entry.getName().substring(prefix.length())).matches())
        .map(entry -> new Source(jar, entry, entry.getName().substring(prefix.length())))
        .toList();
  }

  private static String checksum(List<Source> sources) {
    CRC32 sum = new CRC32();
    for (Source source : sources) {
      String line = source.name + " " + source.entry.getCrc() + " " + source.entry.getSize();
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Long.toHexString(sum.getValue());
  }

  private record Source(JarFile jar, JarEntry entry, String name) {

    private static long checksum(Path file) throws IOException {
      CRC32 sum = new CRC32();
      try (InputStream stream = new CheckedInputStream(Files.newInputStream(file), sum)) {
        stream.transferTo(OutputStream.nullOutputStream());
      }
      return sum.getValue();
    }

    Path copy(Path directory) throws IOException {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == entry.getSize()
          && checksum(file) == entry.getCrc()) {
        return file;
      }
      Path part = Files.createTempFile(directory, name, ".part");
      try (InputStream stream = jar.getInputStream(entry)) {
        Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    }
  }
}
