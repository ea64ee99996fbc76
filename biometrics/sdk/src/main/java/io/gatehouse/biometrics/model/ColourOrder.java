package io.gatehouse.biometrics.model;

/** The channels that a network takes, in their order. */
public enum ColourOrder {
    RGB(3),
    BGR(3),
    GREY(1);

    private final int channels;

    ColourOrder(int channels) {
        this.channels = channels;
    }

    public int channels() {
        return channels;
    }
}
