package io.gatehouse.core.place;

/**
 * Names a zone, uniquely in an installation (not a time zone: that is {@link java.time.ZoneId}). Immutable and thread-safe.
 *
 * @param value 1 to 64 lower-case letters, digits, {@code . _ -}
 */
public record ZoneCode(String value) {
    /** Everything beyond the site's fence. */
    public static final ZoneCode OUTSIDE = new ZoneCode("outside");

    public ZoneCode {
        PlaceId.require("zone code", value);
    }

    public static ZoneCode of(String value) {
        return new ZoneCode(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
