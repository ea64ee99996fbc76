package io.gatehouse.codes.symbol.hard;

/** What makes a picture hard to read. Each picture has one of these at a random strength, and a little of blur, noise and turn besides. */
public enum Degradation {
    /** Out of focus by 0.3 to 0.75 of a module. */
    BLUR,
    /** Moved by 0.6 to 2.1 modules while it was taken. */
    MOTION,
    /** Spots of light on the symbol that leave no contrast in their middle. */
    GLARE,
    /** A hard shadow across the symbol, and light that falls off. */
    SHADOW,
    /** Seen from 30 to 68 degrees aside. */
    PERSPECTIVE,
    /** 1.2 to 2.4 pixels a module. */
    LOW_RESOLUTION,
    /** Scratches and stains over 1 to 11 % of the symbol, finder patterns included. */
    DAMAGE,
    /** Light on dark ground. */
    INVERTED,
    /** Sensor noise, lost pixels and strong JPEG compression. */
    NOISE,
    /** Squares, stripes and rings around it, and hardly a quiet zone. */
    CLUTTER,
    /** 8 to 20 codes of several sizes in one frame. */
    MANY,
    /** Versions 12 to 30 with few pixels a module. */
    HIGH_VERSION,
    /** On a bottle: bent around 60 to 140 degrees. */
    CURVED,
    /** Grey on grey, noisy. */
    LOW_CONTRAST
}
