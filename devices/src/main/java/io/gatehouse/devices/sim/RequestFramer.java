package io.gatehouse.devices.sim;

import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.modbus.ModbusSlaveCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds requests in a stream of bytes by their length and CRC. Links in memory have no gaps to tell frames apart, so it
 * slides over what is no request byte by byte. Not thread-safe.
 */
final class RequestFramer {
    private byte[] begun = {};

    /** The requests that are whole now. Nothing at all is a silence: what was begun is given up. */
    List<ModbusRequest> feed(byte[] bytes) {
        if (bytes.length == 0) {
            begun = new byte[0];
            return List.of();
        }
        byte[] joined = Arrays.copyOf(begun, begun.length + bytes.length);
        System.arraycopy(bytes, 0, joined, begun.length, bytes.length);
        List<ModbusRequest> found = new ArrayList<>();
        int from = 0;
        while (from < joined.length) {
            byte[] rest = Arrays.copyOfRange(joined, from, Math.min(joined.length, from + ModbusSlaveCodec.MAX_FRAME));
            int expected = ModbusSlaveCodec.expectedLength(rest);
            if (expected > rest.length && expected <= ModbusSlaveCodec.MAX_FRAME) {
                break;
            }
            Optional<ModbusRequest> request = expected == 0 || expected > rest.length
                    ? Optional.empty()
                    : ModbusSlaveCodec.decode(Arrays.copyOf(rest, expected));
            request.ifPresent(found::add);
            from += request.isPresent() ? expected : 1;
        }
        begun = Arrays.copyOfRange(joined, from, joined.length);
        return found;
    }
}
