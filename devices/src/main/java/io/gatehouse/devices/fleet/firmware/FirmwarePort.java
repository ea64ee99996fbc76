package io.gatehouse.devices.fleet.firmware;

import java.io.IOException;

/**
 * Port to a device that can be given new firmware. It keeps the old one until it is told otherwise. Each call ends within
 * a bounded time. Not used by two threads at once.
 */
public interface FirmwarePort {
    /** What kind of device it is. */
    String kind();

    /**
     * What runs now.
     *
     * @throws IOException if it does not say
     */
    FirmwareVersion running() throws IOException;

    /** Takes an image beside the one that runs. */
    void stage(FirmwareImage image) throws IOException;

    /** Starts what was staged; returns when it answers again, or when it should. */
    void activate() throws IOException;

    /** Whether it does its work: what the device's own test says. */
    boolean isHealthy() throws IOException;

    /** Starts again what ran before. */
    void rollBack() throws IOException;
}
