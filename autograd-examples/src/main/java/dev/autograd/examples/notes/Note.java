package dev.autograd.examples.notes;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Equations of one note.
 *
 * @param title the note, the equations and the network
 * @param equations each gradient that the note names
 */
public record Note(String title, List<Equation> equations) {

  /** Takes what cannot change afterwards. */
  public Note {
    equations = List.copyOf(equations);
  }

  /** Returns the five notes, on numbers drawn by lot. */
  public static List<Note> all(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    return List.of(
        new Note(
            "First note, eqs. 6 to 11: one example, 3 inputs, 4 tanh, 1 sigmoid",
            FirstNote.draw(random, 1).equations()),
        new Note(
            "First note, eqs. 13 to 23: five examples as columns, the cost averaged",
            FirstNote.draw(random, 5).equations()),
        new Note(
            "Second note, eqs. 1 to 3: three layers of relu without biases, output alpha' z",
            SecondNote.draw(random).equations()),
        new Note(
            "Third note, appendix: one layer of tanh, half the squared error of four samples",
            ThirdNote.draw(random).equations()),
        new Note(
            "Third note, closing remarks: one weight in two layers of sigmoid",
            TiedLayers.draw(random).equations()),
        new Note(
            "Fourth note, eqs. 1 to 6 and 24 to 29: six examples as rows, 2 inputs, 4 tanh, 1 sigmoid",
            FourthNote.draw(random).equations()),
        new Note(
            "Fifth note: one neuron of a single number", FifthNoteNeuron.draw(random).equations()),
        new Note(
            "Fifth note, steps 1 to 5: 2 inputs, 3 relu, 1 sigmoid",
            FifthNote.draw(random).equations()));
  }
}
