package io.gatehouse.codes.symbol;

/**
 * A point of a picture. Immutable and thread-safe.
 *
 * @param x pixels from the left edge
 * @param y pixels from the upper edge
 */
public record Corner(double x, double y) {}
