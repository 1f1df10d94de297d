package dev.autograd.natives;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars like those that libraries are shipped in, with whatever is to be in them. */
final class Jars {

  private Jars() {}

  /** Writes a jar of a folder with files. */
  static Path write(Path jar, String folder, Map<String, byte[]> files) throws IOException {
    try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar))) {
      stream.putNextEntry(new JarEntry(folder));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        stream.putNextEntry(new JarEntry(folder + file.getKey()));
        stream.write(file.getValue());
      }
    }
    return jar;
  }

  /** Returns a loader that sees nothing but these jars. */
  static URLClassLoader loader(Path... jars) throws MalformedURLException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }
}
