package io.gatehouse.codes.redeem;

import java.io.IOException;
import java.util.List;

/**
 * Port: the far end of gates that worked off line. {@link RedemptionConflicts} is one; a vendor's client, which carries
 * the reports to a server and makes sure that they come from that gate, is another. Thread-safe.
 */
@FunctionalInterface
public interface RedemptionReceiver {
    /**
     * Takes reports, however often they are sent. When this returns they are durable and the gate sends them no more.
     *
     * @throws IOException if they, or a conflict among them, could not be kept or recorded; then they come again
     */
    void receive(List<RedemptionReport> reports) throws IOException;
}
