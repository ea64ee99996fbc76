package io.gatehouse.examples.evaluate;

import io.gatehouse.biometrics.evaluate.SubjectBootstrap;
import java.util.Map;

/**
 * What is measured and how.
 *
 * @param falseMatchRate the rate that the threshold is asked for as
 * @param bootstrap      for the intervals
 * @param groups         groups of people; empty if none were given
 */
record Settings(double falseMatchRate, SubjectBootstrap bootstrap, Map<String, String> groups) {
    Settings {
        groups = Map.copyOf(groups);
    }
}
