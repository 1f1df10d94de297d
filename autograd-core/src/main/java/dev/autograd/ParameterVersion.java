package dev.autograd;

/** A value of a parameter that is readable until the parameter is updated. */
record ParameterVersion(Parameter parameter, long version) implements Guard {

  @Override
  public void check(Tensor reader) {
    if (parameter.version() != version) {
      throw new StaleValueException(
          reader.describe()
              + " shares the storage of parameter \""
              + parameter.name()
              + "\" at version "
              + version
              + ", which was updated to version "
              + parameter.version()
              + "; take a copy with keep() before the update");
    }
  }
}
