package io.gatehouse.devices.scan;

import java.io.IOException;
import java.util.List;

/** How bytes of a scanner become codes. For one thread. */
interface ScanProtocol {
    /** @throws IOException if an answer to the scanner cannot be sent */
    List<Frame> feed(byte[] bytes) throws IOException;

    /** Nothing came for the idle gap. */
    List<Frame> idle() throws IOException;
}
