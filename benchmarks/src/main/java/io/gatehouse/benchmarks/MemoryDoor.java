package io.gatehouse.benchmarks;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.PortalDriver;

/** A door without hardware: it does at once what it is told. */
final class MemoryDoor implements PortalDriver {
    @Override
    public Actuation open() {
        return new Actuation.Done();
    }

    @Override
    public Actuation release() {
        return new Actuation.Done();
    }

    @Override
    public Actuation reset() {
        return new Actuation.Done();
    }
}
