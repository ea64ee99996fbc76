package io.gatehouse.devices.link;

import java.util.List;
import java.util.Set;

/** The parameters of a serial link, checked together. */
record SerialSettings(String url, String path, int baud, int dataBits, String parity, String stopBits, String flow) {
    private static final Set<String> NAMES = Set.of("baud", "dataBits", "parity", "stopBits", "flow");

    static SerialSettings of(LinkUrl url) {
        url.requireOnly(NAMES);
        SerialSettings settings = new SerialSettings(
                url.text(),
                url.address(),
                url.number("baud", 9_600, 50, 4_000_000),
                url.number("dataBits", 8, 5, 8),
                url.word("parity", List.of("none", "even", "odd", "mark", "space")),
                url.word("stopBits", List.of("1", "1.5", "2")),
                url.word("flow", List.of("none", "rtscts", "xonxoff")));
        settings.requireNoContradiction();
        return settings;
    }

    private void requireNoContradiction() {
        if (stopBits.equals("1.5") != (dataBits == 5 && !stopBits.equals("1"))) {
            throw new IllegalArgumentException("stopBits=" + stopBits + " contradicts dataBits=" + dataBits + " in "
                    + url + "; valid are 1 and 1.5 with 5 data bits, 1 and 2 with 6 to 8");
        }
        if (flow.equals("xonxoff") && dataBits < 7) {
            throw new IllegalArgumentException("flow=xonxoff contradicts dataBits=" + dataBits + " in " + url
                    + "; its characters need 7 or 8 data bits");
        }
    }
}
