package io.gatehouse.devices.scan;

/**
 * Where one code ends and the next begins. A code that holds a CR or LF itself survives {@link #STX_ETX} and {@link #IDLE_GAP} only:
 * the others have no way to tell it from an end.
 */
public enum ScanFraming {
    /** A carriage return ends a code; a line feed is part of it. */
    CR,
    /** A line feed ends a code; a carriage return is part of it. */
    LF,
    /** Both, one after the other, end a code; one of them alone is part of it. */
    CRLF,
    /** STX (02) begins a code and ETX (03) ends it; what is between codes is not looked at. */
    STX_ETX,
    /** Silence ends a code. */
    IDLE_GAP
}
