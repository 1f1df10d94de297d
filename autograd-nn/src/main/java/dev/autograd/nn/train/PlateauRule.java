package dev.autograd.nn.train;

import dev.autograd.nn.optim.PlateauSchedule;

/**
 * A learning rate that is told a value after each epoch.
 *
 * @param schedule the rate
 * @param value the name of the value
 */
record PlateauRule(PlateauSchedule schedule, String value) {

  void observe(Epoch epoch) {
    schedule.observe(epoch.value(value));
  }
}
