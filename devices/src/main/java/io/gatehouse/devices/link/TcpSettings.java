package io.gatehouse.devices.link;

import java.util.Set;

/** The parameters of a TCP link. */
record TcpSettings(String url, String host, int port, int connectMillis) {
    private static final int MAX_CONNECT_MILLIS = 60_000;

    static TcpSettings of(LinkUrl url) {
        url.requireOnly(Set.of("connectMillis"));
        int colon = url.address().lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("a TCP link is written tcp:host:port, not " + url.text());
        }
        return new TcpSettings(
                url.text(),
                url.address().substring(0, colon),
                LinkUrl.number(url.text(), "port", url.address().substring(colon + 1), 1, 65_535),
                url.number("connectMillis", 3_000, 1, MAX_CONNECT_MILLIS));
    }
}
