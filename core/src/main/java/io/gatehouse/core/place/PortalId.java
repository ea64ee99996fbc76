package io.gatehouse.core.place;

/**
 * Names a portal, uniquely in an installation. Immutable and thread-safe.
 *
 * @param value 1 to 64 lower-case letters, digits, {@code . _ -}
 */
public record PortalId(String value) {
    public PortalId {
        PlaceId.require("portal id", value);
    }

    public static PortalId of(String value) {
        return new PortalId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
