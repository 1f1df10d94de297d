package dev.autograd.nn.io;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Buffer;
import java.util.List;

/** A place in a model for a tensor of a file. */
interface Slot {

  /** Returns the current value, as it is written. */
  Tensor value();

  /** Returns the shape that fits. */
  Shape shape();

  /** Returns the element type that fits. */
  DType dtype();

  /** Returns whether a file without it is complete. */
  boolean isOptional();

  /** Replaces the value by one of this shape and type. */
  void assign(Tensor next);

  /** Returns the place of something learnt. */
  static Slot of(Parameter parameter) {
    return new Learnt(parameter);
  }

  /** Returns the place of something remembered. */
  static Slot of(Buffer buffer) {
    return new Remembered(buffer);
  }

  /** Returns the place of several parameters that a file holds as one, joined along axis 0. */
  static Slot joined(Parameter... parts) {
    return new Joined(List.of(parts));
  }

  /** Returns the place of what a file may hold and this library does not need. */
  static Slot ignored(Tensor written) {
    return new Ignored(written);
  }

  /** A parameter. */
  record Learnt(Parameter parameter) implements Slot {

    @Override
    public Tensor value() {
      return parameter;
    }

    @Override
    public Shape shape() {
      return parameter.shape();
    }

    @Override
    public DType dtype() {
      return parameter.dtype();
    }

    @Override
    public boolean isOptional() {
      return false;
    }

    @Override
    public void assign(Tensor next) {
      parameter.assign(next);
    }
  }

  /** A buffer. */
  record Remembered(Buffer buffer) implements Slot {

    @Override
    public Tensor value() {
      return buffer.value();
    }

    @Override
    public Shape shape() {
      return buffer.shape();
    }

    @Override
    public DType dtype() {
      return buffer.dtype();
    }

    @Override
    public boolean isOptional() {
      return buffer.isRunState();
    }

    @Override
    public void assign(Tensor next) {
      buffer.assign(next);
    }
  }

  /** Parameters of one type, equal but for their size along axis 0. */
  record Joined(List<Parameter> parts) implements Slot {

    @Override
    public Tensor value() {
      return Tensor.concat(0, parts).detach();
    }

    @Override
    public Shape shape() {
      int[] dims = parts.get(0).shape().toArray();
      dims[0] = parts.stream().mapToInt(part -> part.shape().dim(0)).sum();
      return Shape.of(dims);
    }

    @Override
    public DType dtype() {
      return parts.get(0).dtype();
    }

    @Override
    public boolean isOptional() {
      return false;
    }

    @Override
    public void assign(Tensor next) {
      int from = 0;
      for (Parameter part : parts) {
        int to = from + part.shape().dim(0);
        part.assign(next.slice(0, from, to));
        from = to;
      }
    }
  }

  /** A constant. */
  record Ignored(Tensor value) implements Slot {

    @Override
    public Shape shape() {
      return value.shape();
    }

    @Override
    public DType dtype() {
      return value.dtype();
    }

    @Override
    public boolean isOptional() {
      return true;
    }

    @Override
    public void assign(Tensor next) {
      // Nothing in the model depends on it.
    }
  }
}
