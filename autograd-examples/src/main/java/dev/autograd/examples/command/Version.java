package dev.autograd.examples.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, and of the Java that runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "autograd-examples "
          + Objects.requireNonNullElse(version, "(not packaged)")
          + ", Java "
          + Runtime.version()
    };
  }
}
